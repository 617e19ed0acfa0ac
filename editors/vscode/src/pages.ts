// Texts that are shown and not edited: scores, plans, the long story of a message. They are kept in memory, not in files.
import * as vscode from "vscode";

const scheme = "journey-page";
const kept = 20;

export class Pages implements vscode.TextDocumentContentProvider, vscode.Disposable {
  private readonly texts = new Map<string, string>(); // the last that were shown
  private readonly registered = vscode.workspace.registerTextDocumentContentProvider(scheme, this);

  provideTextDocumentContent(uri: vscode.Uri): string {
    return this.texts.get(uri.toString()) ?? "This page is gone. Ask for it again.";
  }

  /** Shows Markdown, where the page before was shown. Its path is its own, for VS Code's preview doesn't read one again. */
  async show(name: string, text: string): Promise<void> {
    const uri = vscode.Uri.from({ scheme, path: `/${Date.now()}/${name.replace(/[/\\?#]/g, " ")}.md` });
    this.texts.set(uri.toString(), text);
    for (const old of [...this.texts.keys()].slice(0, -kept)) this.texts.delete(old);
    await vscode.commands.executeCommand("markdown.showPreview", uri);
  }

  dispose(): void {
    this.registered.dispose();
  }
}
