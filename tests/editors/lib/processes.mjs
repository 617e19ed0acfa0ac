// The processes that a test has started, by way of an editor, too.
import { readFileSync, readdirSync } from "node:fs";
import { until } from "./places.mjs";

/** The processes below `pid`: [{pid, command}]. */
export function descendants(pid) {
  const all = readdirSync("/proc").filter((name) => /^\d+$/.test(name)).flatMap((name) => {
    try {
      const parent = Number(readFileSync(`/proc/${name}/stat`, "utf8").replace(/^.*\) /s, "").split(" ")[1]);
      return [{ pid: Number(name), parent, command: readFileSync(`/proc/${name}/cmdline`, "utf8").split("\0").slice(0, -1) }];
    } catch {
      return [];
    }
  });
  const below = (top) => all.filter(({ parent }) => parent === top).flatMap((one) => [one, ...below(one.pid)]);
  return below(pid);
}

function isGone(pid) {
  try {
    return readFileSync(`/proc/${pid}/stat`, "utf8").replace(/^.*\) /s, "")[0] === "Z"; // or nobody asks how it ended
  } catch {
    return true;
  }
}

/** Ends these processes, and waits until they have ended: whoever still writes keeps its folder from being removed. */
export async function endProcesses(pids) {
  for (const pid of pids)
    try {
      process.kill(pid, "SIGKILL");
    } catch {} // it has ended
  await until("the end of the processes", () => pids.every(isGone));
}
