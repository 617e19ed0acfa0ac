// The client of the language server: what it tells the server that it can do, and what it does itself.
import type { ChildProcess } from "node:child_process";
import type * as vscode from "vscode";
import {
  CloseAction,
  ErrorAction,
  LanguageClient,
  RevealOutputChannelOn,
  type ClientCapabilities,
  type LanguageClientOptions,
  type Middleware,
  type StaticFeature,
} from "vscode-languageclient/node";

export interface ClientParts {
  process: () => Promise<ChildProcess>;
  /** Whether that process has ended. */
  isOver: () => boolean;
  closed: () => void;
  log: vscode.LogOutputChannel;
  trace: vscode.LogOutputChannel;
  middleware: Middleware;
}

type Listener = (params: unknown) => void;

const echoes = 300; // milliseconds: pipes break a little before a process is known to have ended

/** The messages of the library are for programmers: they go to the log, and server.ts says what happened. The server's own
 * notifications, of which the library takes one listener each, may be listened to by several. */
class OwnClient extends LanguageClient {
  private readonly listeners = new Map<string, Set<Listener>>();

  constructor(
    private readonly parts: ClientParts,
    options: LanguageClientOptions,
  ) {
    super("journey", "Journey", parts.process, options);
  }

  /** What fails because the process has ended is no error of its own: server.ts has said so. */
  override error(message: string, data?: unknown): void {
    setTimeout(() => (this.parts.isOver() ? this.parts.log.debug(message) : super.error(message, data, false)), this.parts.isOver() ? 0 : echoes);
  }
  /* `any` stands for all of the library's overloads. */
  override onNotification(type: any, handler: any): vscode.Disposable {
    if (typeof type !== "string") return super.onNotification(type, handler);
    let all = this.listeners.get(type);
    if (!all) {
      const mine = (all = new Set<Listener>());
      this.listeners.set(type, mine);
      super.onNotification(type, (params: unknown) => mine.forEach((listener) => listener(params)));
    }
    all.add(handler);
    return { dispose: () => void all.delete(handler) };
  }
}

const experimental: StaticFeature = {
  fillClientCapabilities(capabilities: ClientCapabilities) {
    capabilities.experimental = { journeyPreview: true, journeyContent: true, commands: { commands: ["journey.showReferences"] } };
  },
  initialize: () => undefined,
  getState: () => ({ kind: "static" }),
  clear: () => undefined,
};

const selector = [
  { scheme: "file", language: "journey" },
  { scheme: "untitled", language: "journey" },
  { scheme: "file", language: "lua" }, // metrics and checks; of other Lua files the server knows nothing
];

export function makeClient(parts: ClientParts): LanguageClient {
  const options: LanguageClientOptions = {
    documentSelector: selector,
    diagnosticCollectionName: "journey",
    outputChannel: parts.log,
    traceOutputChannel: parts.trace,
    revealOutputChannelOn: RevealOutputChannelOn.Never,
    initializationFailedHandler: () => false,
    synchronize: { configurationSection: "journey" },
    stdioOptions: {
      stdout: () => undefined,
      stderr: (stream) => {
        stream.setEncoding("utf8");
        stream.on("data", (text: string) => parts.log.info(text.trimEnd()));
      },
    },
    errorHandler: {
      // Where many messages were under way to a server that died, the library would stop the client and tell nobody that it is closed.
      error: () => ({ action: ErrorAction.Continue, handled: true }),
      closed: () => {
        parts.closed();
        return { action: CloseAction.DoNotRestart, handled: true, message: "the connection to the server is closed" };
      },
    },
    middleware: parts.middleware,
  };
  const client = new OwnClient(parts, options);
  client.registerFeature(experimental);
  return client;
}
