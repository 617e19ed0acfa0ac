// The long story of a message: what its code leads to.
import { tmpdir } from "node:os";
import * as vscode from "vscode";
import type { Pages } from "../pages";
import { firstLine, runProgram } from "../program";
import { runningClient } from "../ready";
import type { Server } from "../server";

const ofTheProgram = /^[EWH]\d{4}$/;

/** A command as the address of a diagnostic's code. */
export function explanation(code: string): vscode.Uri {
  return vscode.Uri.parse(`command:journey.explain?${encodeURIComponent(JSON.stringify([code]))}`);
}

/** The codes of what is wrong in the editor in front: what somebody may want to know more about. */
async function askForCode(): Promise<string | undefined> {
  const editor = vscode.window.activeTextEditor;
  const found = editor ? vscode.languages.getDiagnostics(editor.document.uri).filter((one) => one.source === "journey") : [];
  const items = new Map<string, vscode.QuickPickItem>();
  for (const one of found) {
    const code = String(typeof one.code === "object" ? one.code.value : one.code);
    if (!items.has(code)) items.set(code, { label: code, description: one.message.split("\n")[0] ?? "" });
  }
  if (items.size > 0) return (await vscode.window.showQuickPick([...items.values()], { title: "Explain which message?" }))?.label;
  return vscode.window.showInputBox({ title: "Explain which message?", placeHolder: "W0501" });
}

export async function explain(server: Server, pages: Pages, given?: unknown): Promise<void> {
  if (!(await runningClient(server))) return;
  const code = typeof given === "string" ? given : await askForCode();
  if (!code) return;
  const document = vscode.window.activeTextEditor?.document;
  const folder = document?.uri.scheme === "file" && !ofTheProgram.test(code) ? vscode.Uri.joinPath(document.uri, "..").fsPath : tmpdir();
  const ran = await runProgram(server, ["explain", "--", code], folder);
  if (ran.code === 0) await pages.show(code, ran.out);
  else void vscode.window.showErrorMessage(`${code} was not explained: ${firstLine(ran)}`);
}
