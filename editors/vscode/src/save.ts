// Writing a file, never without being told where.
import * as vscode from "vscode";

/** Asks where to, writes, and offers to open it. False where its user thought better of it. */
export async function saveAs(content: Uint8Array, name: string, ending: string, kind: string, folder: vscode.Uri | undefined): Promise<boolean> {
  const base = folder ?? vscode.workspace.workspaceFolders?.[0]?.uri;
  const defaultUri = base ? vscode.Uri.joinPath(base, `${name}.${ending}`) : vscode.Uri.file(`${name}.${ending}`);
  const target = await vscode.window.showSaveDialog({ defaultUri, filters: { [kind]: [ending] }, saveLabel: "Export", title: `Export: ${kind}` });
  if (!target) return false;
  try {
    await vscode.workspace.fs.writeFile(target, content);
  } catch (error) {
    void vscode.window.showErrorMessage(`${target.fsPath} was not written: ${(error as Error).message}`);
    return false;
  }
  void offerToOpen(target, ending);
  return true;
}

async function offerToOpen(target: vscode.Uri, ending: string): Promise<void> {
  const open = "Open";
  const inBrowser = ["html", "pdf"].includes(ending) && !vscode.env.remoteName && vscode.env.uiKind === vscode.UIKind.Desktop;
  const pressed = await vscode.window.showInformationMessage(`Written: ${vscode.workspace.asRelativePath(target)}`, open);
  if (pressed !== open) return;
  if (inBrowser) await vscode.env.openExternal(target);
  else await vscode.commands.executeCommand("vscode.open", target);
}
