// The talk between editor and server, written into the log when the setting asks for it. The client library writes it only
// to a channel whose level is "trace", which people would have to set in a second place: here the setting is that level.
import * as vscode from "vscode";
import { traced } from "./settings";

export function traceChannel(log: vscode.LogOutputChannel, disposables: vscode.Disposable[]): vscode.LogOutputChannel {
  const changed = new vscode.EventEmitter<vscode.LogLevel>();
  const level = () => (traced() ? vscode.LogLevel.Trace : vscode.LogLevel.Info);
  const channel = {
    name: log.name,
    get logLevel() {
      return level();
    },
    onDidChangeLogLevel: changed.event,
    trace: (message: string) => log.info(message),
    debug: (message: string) => log.info(message),
    info: (message: string) => log.info(message),
    warn: (message: string) => log.warn(message),
    error: (message: string | Error) => log.error(message),
    append: (text: string) => log.append(text),
    appendLine: (text: string) => log.appendLine(text),
    replace: (text: string) => log.replace(text),
    clear: () => log.clear(),
    show: () => log.show(true),
    hide: () => log.hide(),
    dispose: () => undefined,
  } satisfies vscode.LogOutputChannel;
  disposables.push(
    changed,
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration("journey.trace.server")) changed.fire(level());
    }),
  );
  return channel;
}
