// Score, plan and report: what the server prints of a map or a project.
import * as vscode from "vscode";
import { ExecuteCommandRequest } from "vscode-languageclient/node";
import type { Pages } from "../pages";
import { journeysOf, mapDocument, pickJourney, runningClient } from "../ready";
import type { Report } from "../report";
import type { Server } from "../server";

export type Kind = "score" | "plan" | "report";
interface Printed {
  format: "html" | "md" | "txt";
  title: string;
  content: string;
}

const names: Record<Kind, string> = { score: "Score", plan: "Plan", report: "Report" };

const tableWidth = 140; // columns of letters: seven stages beside each other; the page scrolls where it is narrower

/** Where pages are shown. */
export interface Shelf {
  pages: Pages;
  report: Report;
}

/** A table in columns of letters, as a page. */
const asMarkdown = (text: string) => `\`\`\`text\n${text.trimEnd()}\n\`\`\`\n`;
const heading = (markdown: string) => /^# (.+)$/m.exec(markdown)?.[1];

/** Shows it; `journey` is an id, asked for where the score needs one and the file has several. */
export async function showPage(server: Server, shelf: Shelf, kind: Kind, named?: vscode.Uri, journey?: string): Promise<void> {
  const document = await mapDocument(named);
  const client = document && (await runningClient(server));
  if (!document || !client) return;
  const uri = client.code2ProtocolConverter.asUri(document.uri);
  try {
    let id = journey;
    if (kind === "score" && id === undefined) {
      const picked = await pickJourney(await journeysOf(client, document), "The score of which journey?");
      if (!picked) return;
      id = picked.journey;
    }
    const params = { command: `journey.${kind}`, arguments: id === undefined ? [uri] : [uri, id, tableWidth] };
    const work = () => client.sendRequest(ExecuteCommandRequest.type, params) as Promise<Printed>;
    const printed = await vscode.window.withProgress({ location: vscode.ProgressLocation.Window, title: `Journey: ${names[kind]}` }, work);
    const folder = vscode.workspace.getWorkspaceFolder(document.uri);
    const title = printed.title || folder?.name || document.uri.path.replace(/^.*\//, "");
    const name = `${names[kind]}: ${title}`;
    if (printed.format === "html") shelf.report.show(name, printed.content, folder?.uri);
    else if (printed.format === "txt") await shelf.pages.show(name, asMarkdown(printed.content));
    else await shelf.pages.show(heading(printed.content) ?? name, printed.content);
  } catch (error) {
    void vscode.window.showErrorMessage(`Journey: ${(error as Error).message}`);
  }
}
