// How to get the program: a page of this extension, since it must be there without one.
import * as vscode from "vscode";

export async function howToInstall(context: vscode.ExtensionContext): Promise<void> {
  await vscode.commands.executeCommand("markdown.showPreview", vscode.Uri.joinPath(context.extensionUri, "media", "install.md"));
}
