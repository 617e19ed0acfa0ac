// The map beside its text.
import * as vscode from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";

/** Registers the preview's commands. `onDidStart` tells of each server that comes up, the first included. */
export function registerPreview(
  context: vscode.ExtensionContext,
  client: () => LanguageClient | undefined,
  onDidStart: vscode.Event<LanguageClient>,
): void {
  void client;
  void onDidStart;
  for (const command of ["journey.showPreview", "journey.showPreviewToSide"])
    context.subscriptions.push(
      vscode.commands.registerCommand(command, () => vscode.window.showInformationMessage("The preview is not there yet.")),
    );
}
