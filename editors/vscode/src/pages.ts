// Texts that are shown and not edited: scores, plans, the long story of a message. They are kept in memory, not in files.
import * as vscode from "vscode";

const scheme = "journey-page";

export class Pages implements vscode.TextDocumentContentProvider, vscode.Disposable {
  private readonly texts = new Map<string, string>(); // few: a page of the same name takes the place of the one before
  private readonly changed = new vscode.EventEmitter<vscode.Uri>();
  private readonly registered = [
    this.changed,
    vscode.workspace.registerTextDocumentContentProvider(scheme, this),
  ];
  readonly onDidChange = this.changed.event;

  provideTextDocumentContent(uri: vscode.Uri): string {
    return this.texts.get(uri.toString()) ?? "This page is gone. Ask for it again.";
  }

  /** Shows Markdown. `about` tells pages of the same name apart. */
  async show(name: string, about: string, text: string): Promise<void> {
    const uri = vscode.Uri.from({ scheme, path: `/${name.replace(/[/\\?#]/g, " ")}.md`, query: about });
    this.texts.set(uri.toString(), text);
    this.changed.fire(uri);
    await vscode.commands.executeCommand("markdown.showPreview", uri);
  }

  dispose(): void {
    for (const one of this.registered) one.dispose();
  }
}
