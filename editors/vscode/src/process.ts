// The server's process: started, its last words written down, ended for certain.
import { spawn, type ChildProcessWithoutNullStreams } from "node:child_process";
import type * as vscode from "vscode";

/** Resolves when the process runs; rejects where it can't be started. */
export function startProcess(path: string, args: string[], log: vscode.LogOutputChannel): Promise<ChildProcessWithoutNullStreams> {
  log.info(`starting ${path} ${args.join(" ")}`);
  const child = spawn(path, args, { stdio: "pipe", windowsHide: true });
  child.stdin.on("error", () => undefined); // a server that died says so by its end
  child.on("exit", (code, signal) => log.info(`process ${child.pid} ended ${signal ? `by ${signal}` : `with ${code}`}`));
  return new Promise((started, failed) => {
    child.once("spawn", () => started(child));
    child.once("error", failed);
  });
}

export const hasEnded = (child: ChildProcessWithoutNullStreams): boolean => child.exitCode !== null || child.signalCode !== null;

/** Kills what has not ended by itself after `grace` milliseconds. */
export async function endProcess(child: ChildProcessWithoutNullStreams, grace: number): Promise<void> {
  if (hasEnded(child)) return;
  const gone = new Promise((done) => child.once("exit", done));
  const timer = setTimeout(() => child.kill("SIGKILL"), grace);
  await gone;
  clearTimeout(timer);
}

/** Rejects when the process ends, or when its first words are none of a language server; else it is never settled. */
export function failure(child: ChildProcessWithoutNullStreams): Promise<never> {
  return new Promise((_, fail) => {
    let last = "";
    child.stderr.on("data", (text: Buffer | string) => (last = `${last}${text}`.slice(-500)));
    child.once("exit", (code, signal) => {
      const said = last.trim().split("\n").pop();
      fail(new Error(`It ended ${signal ? `by ${signal}` : `with ${code}`}${said ? `: ${said}` : "."}`));
    });
    child.stdout.once("data", (head: Buffer) => {
      const text = head.toString("latin1", 0, 60);
      if (!/^content-/i.test(text)) fail(new Error(`It says “${text.replace(/[^\x20-\x7e]+/g, " ").trim()}”.`));
    });
  });
}
