// What is wrong in all maps of the window, also in those that nobody opened.
import * as vscode from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
import { runningClient } from "../ready";
import type { Server } from "../server";

interface Report {
  items: { kind: "full" | "unchanged"; items?: { severity?: number }[] }[];
}

async function count(client: LanguageClient): Promise<{ errors: number; warnings: number; files: number }> {
  await client.sendRequest("journey/settled");
  const { items } = await client.sendRequest<Report>("workspace/diagnostic", { previousResultIds: [] });
  const found = items.map((file) => file.items ?? []);
  const of = (severity: number) => found.flat().filter((one) => one.severity === severity).length;
  return { errors: of(1), warnings: of(2), files: found.filter((file) => file.some((one) => (one.severity ?? 1) < 3)).length };
}

const many = (number: number, word: string) => `${number === 0 ? "no" : number} ${word}${number === 1 ? "" : "s"}`;

export async function checkProject(server: Server): Promise<void> {
  const client = await runningClient(server);
  if (!client) return;
  try {
    const work = () => count(client);
    const found = await vscode.window.withProgress({ location: vscode.ProgressLocation.Window, title: "Journey: checking all maps" }, work);
    const clean = found.errors + found.warnings === 0;
    const where = clean ? "" : ` in ${many(found.files, "file")}`;
    const restricted = vscode.workspace.isTrusted ? "" : " The folder's own numbers and checks come when it is trusted.";
    const text = clean ? "All maps are in order." : `${many(found.errors, "error")} and ${many(found.warnings, "warning")}${where}.`;
    if (!clean) await vscode.commands.executeCommand("workbench.actions.view.problems");
    void vscode.window.showInformationMessage(text.charAt(0).toUpperCase() + text.slice(1) + restricted);
  } catch (error) {
    void vscode.window.showErrorMessage(`The maps were not checked: ${(error as Error).message}`);
  }
}
