// One run of the program, for what the server does not do.
import { execFile } from "node:child_process";
import type { Server } from "./server";

export interface Ran {
  code: number;
  out: string;
  err: string;
}

/** Runs `journey ARGS`. Never longer than a minute; what it says is at most 64 MB. */
export function runProgram(server: Server, args: string[], cwd: string, stdin?: string): Promise<Ran> {
  const program = server.program;
  if (!program) return Promise.resolve({ code: -1, out: "", err: "the program journey is not there" });
  return new Promise((done) => {
    const child = execFile(program, args, { cwd, timeout: 60_000, maxBuffer: 64 << 20, windowsHide: true }, (error, out, err) => {
      const code = error ? (typeof error.code === "number" ? error.code : -1) : 0;
      if (code !== 0) server.log.warn(`journey ${args.join(" ")}: ${(err || out || String(error)).trim()}`);
      done({ code, out, err: err || (code === -1 ? String(error) : "") });
    });
    child.stdin?.on("error", () => undefined); // a program that reads nothing closes it
    child.stdin?.end(stdin ?? "");
  });
}

/** What went wrong, in one line. */
export function firstLine(ran: Ran): string {
  const said = (ran.err || ran.out).trim().split("\n").map((line) => line.trim()).find((line) => line !== "");
  return (said ?? `journey ended with ${ran.code}`).replace(/^journey: /, "");
}
