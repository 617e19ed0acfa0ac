// What happens when the first map is opened, or the first command is called.
import * as vscode from "vscode";
import { registerCommands } from "./commands";
import { showPage } from "./commands/pages";
import { languageStatus } from "./language";
import { makeMiddleware } from "./middleware";
import { watchTrouble } from "./notify";
import { Pages } from "./pages";
import { registerPreview } from "./preview/panel";
import { Report } from "./report";
import { Server } from "./server";
import { registerSnippets } from "./snippets";
import { StatusBar } from "./status";

let server: Server | undefined;

export function activate(context: vscode.ExtensionContext): void {
  const log = vscode.window.createOutputChannel("Journey", { log: true });
  const shelf = { pages: new Pages(), report: new Report() };
  const middleware = makeMiddleware((kind, uri, journey) => showPage(mine, shelf, kind, uri, journey));
  const mine = (server = new Server(context.extensionPath, log, middleware));
  context.subscriptions.push(
    log,
    shelf.pages,
    shelf.report,
    mine,
    watchTrouble(mine),
    registerSnippets(() => mine.client !== undefined),
    languageStatus(mine),
    new StatusBar(mine),
    mine.onDidChangeState((state) => void vscode.commands.executeCommand("setContext", "journey.running", state.is === "running")),
    vscode.workspace.onDidGrantWorkspaceTrust(() => mine.restart()),
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration("journey.server")) void mine.restart();
    }),
  );
  registerCommands(context, mine, shelf);
  registerPreview(context, mine);
  void mine.restart(); // not awaited: what waits for the extension should not wait for the program
}

export const deactivate = (): Promise<void> | undefined => server?.stop();
