// Which command does what.
import * as vscode from "vscode";
import type { Location, Position } from "vscode-languageclient/node";
import type { Server } from "../server";
import { explain } from "./explain";
import { exportMap } from "./export";
import { howToInstall } from "./install";
import { newFromTemplate } from "./new";
import { showPage, type Shelf } from "./pages";
import { checkProject } from "./project";

/** What the server's lenses call: [uri, position, locations]. */
async function showReferences(server: Server, uri: string, position: Position, locations: Location[]): Promise<void> {
  const convert = server.client?.protocol2CodeConverter;
  if (!convert) return;
  const places = locations.map((one) => convert.asLocation(one));
  await vscode.commands.executeCommand("editor.action.showReferences", convert.asUri(uri), convert.asPosition(position), places);
}

/** The status bar item: to what is wrong first, then to the numbers. */
async function statusClicked(server: Server, shelf: Shelf, hasErrors: boolean): Promise<void> {
  if (server.state.is === "running" && !hasErrors) await showPage(server, shelf, "score");
  else if (server.state.is === "running") await vscode.commands.executeCommand("workbench.actions.view.problems");
  else server.log.show(true);
}

const uriOf = (given: unknown) => (given instanceof vscode.Uri ? given : undefined);

export function registerCommands(context: vscode.ExtensionContext, server: Server, shelf: Shelf): void {
  const commands: Record<string, (...args: any[]) => unknown> = {
    "journey.newFromTemplate": (clicked) => newFromTemplate(server, uriOf(clicked)),
    "journey.showScore": (uri) => showPage(server, shelf, "score", uriOf(uri)),
    "journey.showPlan": (uri) => showPage(server, shelf, "plan", uriOf(uri)),
    "journey.showReport": (uri) => showPage(server, shelf, "report", uriOf(uri)),
    "journey.saveReport": () => shelf.report.save(),
    "journey.export": (uri, journey) => exportMap(server, uriOf(uri), typeof journey === "string" ? journey : undefined),
    "journey.checkProject": () => checkProject(server),
    "journey.explain": (code) => explain(server, shelf.pages, code),
    "journey.howToInstall": () => howToInstall(context),
    "journey.restartServer": () => server.restart(),
    "journey.showLog": () => server.log.show(true),
    "journey.showReferences": (uri, position, locations) => showReferences(server, uri, position, locations),
    "journey.statusClicked": (hasErrors) => statusClicked(server, shelf, Boolean(hasErrors)),
  };
  for (const [name, run] of Object.entries(commands)) context.subscriptions.push(vscode.commands.registerCommand(name, run));
}
