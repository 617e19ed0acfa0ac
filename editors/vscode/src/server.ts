// The life of the server: looked for, started, watched, ended. Everything that can be wrong with it is a state, and said once.
import type { ChildProcessWithoutNullStreams } from "node:child_process";
import * as vscode from "vscode";
import type { LanguageClient, Middleware } from "vscode-languageclient/node";
import { makeClient } from "./client";
import { find } from "./find";
import { probe } from "./probe";
import { endProcess, failure, hasEnded, startProcess } from "./process";
import { Restarts } from "./restarts";
import { serverPath } from "./settings";
import { traceChannel } from "./trace";

export type Trouble = "missing" | "locked" | "old" | "unusable" | "failed" | "dying";
export type State =
  | { is: "off" }
  | { is: "virtual" }
  | { is: "starting" }
  | { is: "running"; version: string; path: string; restricted: boolean }
  | { is: "trouble"; trouble: Trouble; what: string; detail: string };

const startsWithin = 60_000; // on a busy machine; one that ends, or says what no server says, is known at once

export class Server implements vscode.Disposable {
  state: State = { is: "off" };
  private readonly changed = new vscode.EventEmitter<State>();
  private readonly started = new vscode.EventEmitter<LanguageClient>();
  readonly onDidChangeState = this.changed.event;
  /** A server is up: the first, and each that comes after it. */
  readonly onDidStart = this.started.event;
  private readonly restarts = new Restarts();
  private readonly disposables: vscode.Disposable[] = [this.changed, this.started];
  private readonly trace: vscode.LogOutputChannel;
  private current: { client: LanguageClient; process?: ChildProcessWithoutNullStreams } | undefined;
  private about = ""; // what the log says of the program already
  private turn: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly extension: string,
    readonly log: vscode.LogOutputChannel,
    private readonly middleware: Middleware,
  ) {
    this.trace = traceChannel(log, this.disposables);
  }

  /** The client of a server that runs. */
  get client(): LanguageClient | undefined {
    return this.state.is === "running" ? this.current?.client : undefined;
  }
  /** The program, once it was found and said that it is journey; also when its server does not run. */
  program: string | undefined;

  /** Ends what runs, looks for the program again and starts it. Calls that come meanwhile wait for their turn. */
  restart(): Promise<void> {
    this.restarts.forget();
    return this.inTurn(async () => {
      await this.end();
      await this.start();
    });
  }
  stop(): Promise<void> {
    return this.inTurn(() => this.end());
  }
  dispose(): void {
    for (const one of this.disposables) one.dispose();
  }

  private inTurn(work: () => Promise<void>): Promise<void> {
    const next = this.turn.then(work);
    this.turn = next.catch((error) => this.log.error(String(error)));
    return next;
  }
  private become(state: State): void {
    this.state = state;
    if (state.is === "trouble") this.log.error(`${state.what} ${state.detail}`);
    this.changed.fire(state);
  }
  private fail(trouble: Trouble, what: string, detail = ""): void {
    this.become({ is: "trouble", trouble, what, detail });
  }

  private async start(): Promise<void> {
    this.program = undefined;
    if (isVirtual()) {
      this.become({ is: "virtual" });
      return;
    }
    this.become({ is: "starting" });
    const found = find({
      said: serverPath(),
      folder: vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? process.cwd(),
      path: process.env.PATH ?? "",
      extension: this.extension,
      windows: process.platform === "win32",
    });
    if (!("place" in found)) {
      this.log.error(`looked for ${found.looked.join("; ")}`);
      if (found.locked) this.fail("locked", `${found.locked} may not be run.`, "chmod +x makes it a program.");
      else this.fail("missing", "The program journey was not found.", `Looked for ${found.looked.map(shortened).join("; ")}.`);
      return;
    }
    const { path } = found.place;
    const answer = await probe(path);
    if ("wrong" in answer) {
      this.fail(answer.wrong, `${path} can't be used: ${answer.why}.`);
      return;
    }
    const about = `${path}: ${answer.about}`;
    if (about !== this.about) this.log.info(about);
    this.about = about;
    this.program = path;
    await this.run(path, answer.version);
  }

  private async run(path: string, version: string): Promise<void> {
    const restricted = !vscode.workspace.isTrusted;
    const args = ["lsp", ...(restricted ? ["--no-scripts"] : [])];
    let fail: (why: unknown) => void = () => undefined;
    const failed = new Promise<never>((_, reject) => (fail = reject));
    const mine: NonNullable<typeof this.current> = {
      client: makeClient({
        process: async () => {
          mine.process = await startProcess(path, args, this.log);
          failure(mine.process).catch(fail);
          mine.process.once("exit", () => this.closed(mine));
          return mine.process;
        },
        isOver: () => mine.process !== undefined && hasEnded(mine.process),
        closed: () => this.closed(mine),
        log: this.log,
        trace: this.trace,
        middleware: this.middleware,
      }),
    };
    this.current = mine;
    failed.catch(() => undefined);
    try {
      // What the process did says more than the pipe that broke on account of it, and may come a little later.
      const start = mine.client.start().catch(async (error) => Promise.race([failed, pause(500).then(() => Promise.reject(error))]));
      await inTime(Promise.race([start, failed]), startsWithin);
    } catch (error) {
      if (mine.process) await endProcess(mine.process, 0);
      await this.end();
      this.fail("failed", `${path} was started, but is no language server.`, message(error));
      return;
    }
    if (this.current !== mine) return;
    this.log.info(`process ${mine.process?.pid} answers`);
    this.become({ is: "running", version, path, restricted });
    this.started.fire(mine.client);
  }

  /** The server went by itself: another is started, unless that happens all the time. */
  private closed(which: typeof this.current): void {
    if (!which || this.current !== which || this.state.is !== "running") return;
    this.current = undefined;
    if (this.restarts.died(Date.now())) {
      this.fail("dying", "The journey server ended five times within a minute, and was not started again.");
      return;
    }
    this.log.warn("the server ended by itself; it is started again");
    this.become({ is: "starting" });
    void this.inTurn(() => (this.state.is === "starting" && !this.current ? this.start() : Promise.resolve()));
  }

  private async end(): Promise<void> {
    const mine = this.current;
    this.current = undefined;
    if (!mine) return;
    try {
      if (mine.client.needsStop()) await inTime(mine.client.stop(2000), 3000);
    } catch (error) {
      this.log.info(`the server was not ended in good order: ${message(error)}`);
    }
    if (mine.process) await endProcess(mine.process, 1000);
    await mine.client.dispose(0).catch(() => undefined);
    this.become({ is: "off" });
  }
}

/** A window in which no folder lies on a disk: there is nothing that a program could read. */
function isVirtual(): boolean {
  const folders = vscode.workspace.workspaceFolders ?? [];
  return folders.length > 0 && folders.every((folder) => folder.uri.scheme !== "file");
}

/** The log has all of it; a notification has room for less. */
const shortened = (looked: string) => looked.replace(/ \(.*[:;].*\)$/, "");

const pause = (time: number) => new Promise((done) => setTimeout(done, time));
const message = (error: unknown) => (error instanceof Error ? error.message : String(error));

function inTime<T>(work: Promise<T>, most: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, fail) => {
    timer = setTimeout(() => fail(new Error(`no answer within ${most / 1000} seconds`)), most);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}
