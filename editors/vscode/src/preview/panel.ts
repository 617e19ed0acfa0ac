// The previews that are open: one that goes with the editor, and those that were told to keep to their file.
import * as vscode from "vscode";
import type { Server } from "../server";
import type { Kept } from "./messages";
import { Preview } from "./preview";

const viewType = "journey.preview";

/** A file of people or evidence has none: the map that they belong to stays. An empty one may be about to get one. */
const mayHaveMap = (text: string) => text.trim() === "" || /(^|[\n{}])\s*journey\b/.test(text);

class Previews implements vscode.Disposable, vscode.WebviewPanelSerializer<Partial<Kept>> {
  private readonly all = new Set<Preview>();

  constructor(
    private readonly context: vscode.ExtensionContext,
    private readonly server: Server,
  ) {}

  dispose(): void {
    for (const preview of [...this.all]) preview.panel.dispose();
  }

  /** The preview of a file: the one that goes with the editor, or one that keeps to this file. */
  show(uri: vscode.Uri | undefined, beside: boolean, journey?: string): void {
    if (!uri) {
      void vscode.window.showInformationMessage("Open a .journey file first: its map is shown beside it.");
      return;
    }
    const column = beside ? vscode.ViewColumn.Beside : (vscode.window.activeTextEditor?.viewColumn ?? vscode.ViewColumn.Active);
    const found = [...this.all].find((one) => !one.isLocked) ?? [...this.all].find((one) => one.isMine(uri));
    if (found) {
      found.show(uri, journey);
      found.panel.reveal(beside ? found.panel.viewColumn : column, beside);
      return;
    }
    const panel = vscode.window.createWebviewPanel(viewType, "Map", { viewColumn: column, preserveFocus: beside }, { enableFindWidget: true });
    this.add(panel, uri, journey, false, true);
  }

  async deserializeWebviewPanel(panel: vscode.WebviewPanel, kept: Partial<Kept> | undefined): Promise<void> {
    if (kept?.uri) this.add(panel, vscode.Uri.parse(kept.uri), kept.journey, kept.isLocked === true, false);
    else panel.dispose();
  }

  /** The preview that has the focus. */
  get active(): Preview | undefined {
    return [...this.all].find(({ panel }) => panel.active);
  }

  /** Those that keep to no file go with the editor. */
  follow(editor: vscode.TextEditor | undefined): void {
    if (editor?.document.languageId !== "journey" || !mayHaveMap(editor.document.getText())) return;
    for (const preview of this.all) if (!preview.isLocked) preview.show(editor.document.uri);
  }

  outdated(uri: vscode.Uri): void {
    for (const preview of this.all) preview.outdated(uri);
  }

  private add(panel: vscode.WebviewPanel, uri: vscode.Uri, journey: string | undefined, isLocked: boolean, isFresh: boolean): void {
    const preview = new Preview(panel, this.context, this.server, uri, journey, isLocked, isFresh);
    this.all.add(preview);
    preview.onDidDispose(() => this.all.delete(preview));
  }
}

export function registerPreview(context: vscode.ExtensionContext, server: Server): void {
  const previews = new Previews(context, server);
  const here = () => {
    const editor = vscode.window.activeTextEditor;
    return editor?.document.languageId === "journey" ? editor.document.uri : undefined;
  };
  const show = (beside: boolean) => (uri?: unknown, journey?: unknown) =>
    previews.show(uri instanceof vscode.Uri ? uri : here(), beside, typeof journey === "string" ? journey : undefined);
  const command = vscode.commands.registerCommand;
  context.subscriptions.push(
    previews,
    vscode.window.registerWebviewPanelSerializer(viewType, previews),
    vscode.window.onDidChangeActiveTextEditor((editor) => previews.follow(editor)),
    server.onDidStart((client) => {
      client.onNotification("journey/previewChanged", ({ uri }: { uri: string }) => previews.outdated(client.protocol2CodeConverter.asUri(uri)));
    }),
    command("journey.showPreview", show(false)),
    command("journey.showPreviewToSide", show(true)),
    command("journey.showSource", () => previews.active?.showSource()),
    command("journey.togglePreviewLock", () => previews.active?.lock()),
  );
}
