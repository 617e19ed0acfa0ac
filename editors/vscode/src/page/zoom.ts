// How large the map is shown.

export type Zoom = number | "fit";
export const least = 0.1;
export const most = 4;
const steps = [0.1, 0.17, 0.25, 0.33, 0.5, 0.67, 0.75, 0.9, 1, 1.1, 1.25, 1.5, 1.75, 2, 2.5, 3, 4];

/** The next step that is larger or smaller than what is shown. */
export function step(shown: number, direction: 1 | -1): number {
  const near = 0.005; // what is on a step already goes to the next
  const next = direction > 0 ? steps.find((one) => one > shown + near) : [...steps].reverse().find((one) => one < shown - near);
  return next ?? (direction > 0 ? most : least);
}

/** After a turn of the wheel, or a pinch, which browsers tell as one. */
export const turned = (shown: number, delta: number): number => Math.min(most, Math.max(least, shown * Math.exp(-Math.max(-18, Math.min(18, delta)) / 100)));

export const words = (shown: number): string => `${Math.round(shown * 100)} %`;
