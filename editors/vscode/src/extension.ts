// What happens when the first map is opened, or the first command is called.
import * as vscode from "vscode";
import { watchTrouble } from "./notify";
import { registerPreview } from "./preview/panel";
import { Server } from "./server";
import { registerSnippets } from "./snippets";

let server: Server | undefined;

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const log = vscode.window.createOutputChannel("Journey", { log: true });
  const mine = (server = new Server(context.extensionPath, log, {}));
  context.subscriptions.push(
    log,
    mine,
    watchTrouble(mine),
    registerSnippets(() => mine.client !== undefined),
    vscode.commands.registerCommand("journey.restartServer", () => mine.restart()),
    vscode.commands.registerCommand("journey.showLog", () => log.show(true)),
    vscode.workspace.onDidGrantWorkspaceTrust(() => mine.restart()),
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration("journey.server")) void mine.restart();
    }),
  );
  registerPreview(context, () => mine.client, mine.onDidStart);
  await mine.restart();
}

export const deactivate = (): Promise<void> | undefined => server?.stop();
