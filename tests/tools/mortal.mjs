// A program that ends with the test that started it, however that ends: also when it is killed.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";

const setpriv = "/usr/bin/setpriv"; // of util-linux; it becomes the program, so that `pid` is the program's

export function mortal(program, args = [], options = {}) {
  return existsSync(setpriv) ? spawn(setpriv, ["--pdeathsig", "TERM", "--", program, ...args], options) : spawn(program, args, options);
}

const endings = new Set();
const endAll = () => {
  for (const end of endings) end();
  endings.clear();
};
process.once("exit", endAll);
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"])
  process.once(signal, () => {
    endAll();
    process.kill(process.pid, signal);
  });

/** Calls `end` when this process ends or is ended; never after what it returns was called. */
export function atTheEnd(end) {
  endings.add(end);
  return () => endings.delete(end);
}
