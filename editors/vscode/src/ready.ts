// What commands need: a server that runs, a map to be about, one of its journeys.
import * as vscode from "vscode";
import type { LanguageClient, Range } from "vscode-languageclient/node";
import { sayTrouble } from "./notify";
import type { Server } from "./server";

export interface JourneyStatus {
  journey: string;
  title: string;
  range: Range;
  stages: number;
  steps: number;
  numbers: { title: string; words: string; target?: string }[];
}

const onNoDisk = "This map lies on no disk: journey can't read it. Colours and snippets work.";

export const isMap = (document: vscode.TextDocument | undefined): document is vscode.TextDocument =>
  document?.languageId === "journey" && ["file", "untitled"].includes(document.uri.scheme);

/** The client of a server that runs, for which a start is awaited; undefined after saying why there is none. */
export async function runningClient(server: Server): Promise<LanguageClient | undefined> {
  if (server.state.is === "starting" || server.state.is === "off")
    await vscode.window.withProgress({ location: vscode.ProgressLocation.Window, title: "Journey: starting" }, () => settled(server));
  if (server.client) return server.client;
  if (server.state.is === "trouble") void sayTrouble(server, server.state);
  else if (server.state.is === "virtual")
    void vscode.window.showInformationMessage(onNoDisk);
  return undefined;
}

function settled(server: Server): Promise<void> {
  return new Promise((done) => {
    const over = () => !["starting", "off"].includes(server.state.is);
    if (over()) return done();
    const watch = server.onDidChangeState(() => {
      if (!over()) return;
      watch.dispose();
      done();
    });
  });
}

/** The map that is meant: the named one, else that of the editor in front, else the only one that is to be seen. */
export async function mapDocument(named?: vscode.Uri): Promise<vscode.TextDocument | undefined> {
  if (named) return vscode.workspace.openTextDocument(named);
  const seen = [vscode.window.activeTextEditor, ...vscode.window.visibleTextEditors].map((editor) => editor?.document);
  const map = seen.find(isMap);
  if (!map) {
    const isElsewhere = vscode.window.activeTextEditor?.document.languageId === "journey";
    void vscode.window.showInformationMessage(isElsewhere ? onNoDisk : "Open a map first: a file that ends in .journey.");
  }
  return map;
}

export async function journeysOf(client: LanguageClient, document: vscode.TextDocument): Promise<JourneyStatus[]> {
  const answer = await client.sendRequest<{ journeys: JourneyStatus[] } | null>("journey/status", {
    textDocument: { uri: client.code2ProtocolConverter.asUri(document.uri) },
  });
  return answer?.journeys ?? [];
}

/** The only journey, or the one that its user picks; undefined after saying that there is none. */
export async function pickJourney(journeys: JourneyStatus[], question: string): Promise<JourneyStatus | undefined> {
  if (journeys.length === 0)
    void vscode.window.showInformationMessage("There is no journey in this file; a map begins with: journey \"Title\" { … }");
  if (journeys.length < 2) return journeys[0];
  const items = journeys.map((journey) => ({ label: journey.title, description: journey.journey, journey }));
  return (await vscode.window.showQuickPick(items, { title: question, matchOnDescription: true }))?.journey;
}
