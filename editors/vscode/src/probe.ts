// Asks a program what it is, before it is trusted with anything.
import { execFile } from "node:child_process";
import { closeSync, openSync, readSync } from "node:fs";

/** The oldest program that this extension can work with. */
export const oldest = "0.1.0";

export type Answer = { version: string; about: string } | { wrong: "old" | "unusable"; why: string; version?: string };

/** Negative where `a` is the older version; numbers are compared as numbers, and what follows them not at all. */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [a, b].map((text) => text.split(/[.+-]/).slice(0, 3).map((part) => Number.parseInt(part, 10) || 0));
  for (let i = 0; i < 3; i++) {
    const differ = (left?.[i] ?? 0) - (right?.[i] ?? 0);
    if (differ !== 0) return differ;
  }
  return 0;
}

const machines: Record<number, string> = { 3: "ia32", 40: "arm", 62: "x64", 183: "arm64", 243: "riscv64" };

/** For which other kind of machine a program was made, seen from its first bytes; null: it may run on this one. */
export function madeForOther(head: Buffer, platform: string, arch: string): string | null {
  const mach = [0xfeedface, 0xfeedfacf, 0xcefaedfe, 0xcffaedfe, 0xcafebabe];
  if (head.length >= 20 && head.readUInt32BE(0) === 0x7f454c46) {
    if (platform !== "linux") return "Linux";
    const machine = head[5] === 2 ? head.readUInt16BE(18) : head.readUInt16LE(18);
    const made = machines[machine] ?? `machine ${machine}`;
    return made === arch ? null : `another processor (${made}; this machine is ${arch})`;
  }
  if (head.length >= 4 && mach.includes(head.readUInt32BE(0))) return platform === "darwin" ? null : "macOS";
  if (head.length >= 2 && head.toString("latin1", 0, 2) === "MZ") return platform === "win32" ? null : "Windows";
  return null;
}

function headOf(path: string): Buffer {
  const head = Buffer.alloc(20);
  try {
    const file = openSync(path, "r");
    try {
      return head.subarray(0, readSync(file, head, 0, head.length, 0));
    } finally {
      closeSync(file);
    }
  } catch {
    return head.subarray(0, 0);
  }
}

const line = (text: string) => text.replace(/\x1b\[[0-9;]*[A-Za-z]/g, "").replace(/[^\x20-\x7e\u00a0-\uffff]+/g, " ").trim().slice(0, 120);

function whyNot(error: (Error & { code?: unknown; killed?: boolean }) | null, said: string): string {
  if (error?.killed) return "it did not answer within half a minute";
  if (error?.code === "EACCES") return "it may not be run (chmod +x makes it a program)";
  if (error?.code === "ENOENT") return "it, or something that it needs, is not there: it may be made for another system";
  if (typeof error?.code === "string") return `it could not be started (${error.code})`;
  return said === "" ? "it answered nothing when asked for its version" : `asked for its version, it said “${said}”`;
}

/** What `PATH --version` says. Never longer than half a minute, which a busy machine may need. */
export function probe(path: string): Promise<Answer> {
  const other = madeForOther(headOf(path), process.platform, process.arch);
  if (other) return Promise.resolve({ wrong: "unusable", why: `it was made for ${other}` });
  return new Promise((answer) => {
    execFile(path, ["--version"], { timeout: 30_000, killSignal: "SIGKILL", windowsHide: true }, (error, out, err) => {
      const version = /^journey (\d+\.\d+\.\d+\S*)/.exec(out)?.[1];
      if (error || !version) answer({ wrong: "unusable", why: whyNot(error, line(out) || line(err)) });
      else if (compareVersions(version, oldest) < 0)
        answer({ wrong: "old", version, why: `it is journey ${version}; this extension needs ${oldest} or newer` });
      else answer({ version, about: out.trim() });
    });
  });
}
