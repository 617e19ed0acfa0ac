// What the buttons of a preview do elsewhere in VS Code.
import * as vscode from "vscode";
import type { Action } from "./messages";
import { show } from "./source";

/** A map to be filled, at the end of the text. */
async function begin(uri: vscode.Uri, preview: vscode.ViewColumn | undefined): Promise<void> {
  const editor = await show(uri, preview);
  const end = editor.document.lineAt(editor.document.lineCount - 1).range.end;
  editor.selection = new vscode.Selection(end, end);
  await vscode.commands.executeCommand("editor.action.insertSnippet", { langId: "journey", name: "journey: a whole map, to be filled" });
}

export async function act(action: Exclude<Action, "lock" | "close" | "draw">, uri: vscode.Uri, journey: string | undefined, preview: vscode.ViewColumn | undefined): Promise<void> {
  const run = vscode.commands.executeCommand;
  switch (action) {
    case "export":
      return run("journey.export", uri, journey);
    case "source":
      return void (await show(uri, preview));
    case "begin":
      return begin(uri, preview);
    case "problems":
      return run("workbench.actions.view.problems");
    case "trust":
      return run("workbench.trust.manage");
    case "restart":
      return run("journey.restartServer");
    case "log":
      return run("journey.showLog");
    case "install":
      return run("journey.howToInstall");
  }
}
