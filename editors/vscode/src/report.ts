// The report of a project, a page with a little script of its own, shown where nothing else can be loaded or sent.
import { randomBytes } from "node:crypto";
import * as vscode from "vscode";
import { saveAs } from "./save";

interface Shown {
  panel: vscode.WebviewPanel;
  html: string;
  folder: vscode.Uri | undefined;
}

/** As the page says for the window's theme, not for the system's; and without the editor's own colours for webviews. */
function themed(html: string): string {
  const { Dark, HighContrast } = vscode.ColorThemeKind;
  const dark = [Dark, HighContrast].includes(vscode.window.activeColorTheme.kind);
  const when = (holds: boolean) => (holds ? "(min-width:0)" : "(max-width:0)");
  return html
    .replace(/\(prefers-color-scheme:\s*dark\)/g, when(dark))
    .replace(/\(prefers-color-scheme:\s*light\)/g, when(!dark));
}

function guarded(html: string): string {
  const nonce = randomBytes(16).toString("base64url");
  const policy = `default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; script-src 'nonce-${nonce}'`;
  const head = `<meta http-equiv="Content-Security-Policy" content="${policy}"><style>body{color:inherit;background:inherit;font:inherit}</style>`;
  const page = themed(html).replace(/<script(?=[\s>])/g, `<script nonce="${nonce}"`);
  return /<head[^>]*>/.test(page) ? page.replace(/<head[^>]*>/, (tag) => tag + head) : head + page;
}

/** One panel in the window, with the report that was asked for last. */
export class Report implements vscode.Disposable {
  private shown: Shown | undefined;
  private readonly watch = vscode.window.onDidChangeActiveColorTheme(() => {
    if (this.shown) this.shown.panel.webview.html = guarded(this.shown.html);
  });

  show(title: string, html: string, folder: vscode.Uri | undefined): void {
    const panel = this.shown?.panel ?? this.open(title);
    this.shown = { panel, html, folder };
    panel.title = title;
    panel.webview.html = guarded(html);
    panel.reveal(undefined, false);
  }

  async save(): Promise<void> {
    if (this.shown) await saveAs(Buffer.from(this.shown.html), "report", "html", "Page", this.shown.folder);
  }

  private open(title: string): vscode.WebviewPanel {
    const panel = vscode.window.createWebviewPanel("journey.report", title, vscode.ViewColumn.Active, {
      enableScripts: true,
      enableFindWidget: true,
      localResourceRoots: [],
    });
    panel.onDidDispose(() => (this.shown = undefined));
    return panel;
  }

  dispose(): void {
    this.watch.dispose();
    this.shown?.panel.dispose();
  }
}
