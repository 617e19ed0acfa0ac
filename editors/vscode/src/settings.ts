// What the user's settings say, read anew each time.
import { homedir } from "node:os";
import * as vscode from "vscode";

const all = () => vscode.workspace.getConfiguration("journey");

/** What was written for the program's path, with `~` and `${workspaceFolder}` filled in; empty: look for it. */
export function serverPath(): string {
  const said = all().get<string>("server.path", "").trim();
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? "";
  return said.replace(/^~(?=[/\\]|$)/, () => homedir()).replaceAll("${workspaceFolder}", () => folder);
}

export const traced = (): boolean => all().get<string>("trace.server", "off") !== "off";
export const statusBarShown = (): boolean => all().get<boolean>("statusBar.enable", true);
