// The text that a map is drawn from, and the editor in which it stands.
import * as vscode from "vscode";

const isOf = (uri: vscode.Uri) => (editor: vscode.TextEditor) => editor.document.uri.toString() === uri.toString();

/** The editor of a file: the one with the cursor before any other that can be seen. */
export function editorOf(uri: vscode.Uri): vscode.TextEditor | undefined {
  const active = vscode.window.activeTextEditor;
  return active && isOf(uri)(active) ? active : vscode.window.visibleTextEditors.find(isOf(uri));
}

/** The column of a file that is open in one, seen or not; else one that the preview isn't in. */
function columnOf(uri: vscode.Uri, preview: vscode.ViewColumn | undefined): vscode.ViewColumn {
  const seen = editorOf(uri)?.viewColumn;
  if (seen) return seen;
  const groups = vscode.window.tabGroups.all;
  const holds = ({ tabs }: vscode.TabGroup) => tabs.some(({ input }) => input instanceof vscode.TabInputText && input.uri.toString() === uri.toString());
  const group = groups.find(holds) ?? groups.find(({ viewColumn }) => viewColumn !== preview);
  return group?.viewColumn ?? vscode.ViewColumn.Beside;
}

/** The line in which somebody landed, for as long as it takes to find it. */
const landed = vscode.window.createTextEditorDecorationType({
  isWholeLine: true,
  backgroundColor: new vscode.ThemeColor("editor.rangeHighlightBackground"),
  borderColor: new vscode.ThemeColor("editor.rangeHighlightBorder"),
});
const shownFor = 1500;

/** Opens the file where it is, with the cursor at the beginning of the range. */
export async function reveal(uri: vscode.Uri, range: vscode.Range, preview: vscode.ViewColumn | undefined): Promise<void> {
  const editor = await vscode.window.showTextDocument(uri, { viewColumn: columnOf(uri, preview), preserveFocus: false });
  editor.selection = new vscode.Selection(range.start, range.start);
  editor.revealRange(range, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
  editor.setDecorations(landed, [range]);
  setTimeout(() => editor.setDecorations(landed, []), shownFor);
}

export async function show(uri: vscode.Uri, preview: vscode.ViewColumn | undefined): Promise<vscode.TextEditor> {
  return vscode.window.showTextDocument(uri, { viewColumn: columnOf(uri, preview), preserveFocus: false });
}

/** Errors that the editor shows in this file. */
export const errorsIn = (uri: vscode.Uri): number =>
  vscode.languages.getDiagnostics(uri).filter(({ severity }) => severity === vscode.DiagnosticSeverity.Error).length;

/** Tells when a file goes or comes back on its disk. */
export function watchFile(uri: vscode.Uri, went: () => void, came: () => void): vscode.Disposable {
  if (uri.scheme !== "file") return new vscode.Disposable(() => undefined);
  const name = (uri.path.split("/").pop() ?? "").replace(/[[\]{}*?]/g, "?"); // in a pattern these would mean something
  const watcher = vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(vscode.Uri.joinPath(uri, ".."), name));
  watcher.onDidDelete(went);
  watcher.onDidCreate(came);
  watcher.onDidChange(came);
  return watcher;
}

/** Where a file is after others were renamed; undefined where it stayed. */
export function renamed(uri: vscode.Uri, files: readonly { oldUri: vscode.Uri; newUri: vscode.Uri }[]): vscode.Uri | undefined {
  for (const { oldUri, newUri } of files) {
    if (uri.toString() === oldUri.toString()) return newUri;
    if (uri.scheme === oldUri.scheme && uri.path.startsWith(`${oldUri.path}/`))
      return newUri.with({ path: newUri.path + uri.path.slice(oldUri.path.length) });
  }
  return undefined;
}
