// What changed from one text to the next: a key changes little of a page, and the rest need not be sent again.

/** `text` instead of what stands from `start` to `end` places before the end. */
export interface Patch {
  start: number;
  end: number;
  text: string;
}

export function patchOf(before: string, now: string): Patch {
  const most = Math.min(before.length, now.length);
  let start = 0, end = 0;
  while (start < most && before.charCodeAt(start) === now.charCodeAt(start)) start++;
  while (end < most - start && before.charCodeAt(before.length - 1 - end) === now.charCodeAt(now.length - 1 - end)) end++;
  return { start, end, text: now.slice(start, now.length - end) };
}

export const patched = (before: string, { start, end, text }: Patch): string => before.slice(0, start) + text + before.slice(before.length - end);
