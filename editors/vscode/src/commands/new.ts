// A map to start from.
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as vscode from "vscode";
import { firstLine, runProgram } from "../program";
import { runningClient } from "../ready";
import type { Server } from "../server";

interface Template {
  name: string;
  about: string;
}

async function templates(server: Server): Promise<Template[] | undefined> {
  const ran = await runProgram(server, ["new", "--list", "--format", "json"], tmpdir());
  if (ran.code === 0) return JSON.parse(ran.out) as Template[];
  void vscode.window.showErrorMessage(`The templates could not be listed: ${firstLine(ran)}`);
  return undefined;
}

async function textOf(server: Server, template: string): Promise<string | undefined> {
  const folder = await mkdtemp(join(tmpdir(), "journey-new-"));
  try {
    const ran = await runProgram(server, ["new", template, folder], folder);
    const [made] = await readdir(folder);
    if (ran.code === 0 && made) return await readFile(join(folder, made), "utf8");
    void vscode.window.showErrorMessage(`The template could not be fetched: ${firstLine(ran)}`);
    return undefined;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const spelt: Record<string, string> = { saas: "SaaS", buyers: "Buyer’s" };
function titled(name: string): string {
  const words = name.split("-").map((word) => spelt[word] ?? word).join(" ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}

const exists = (uri: vscode.Uri) =>
  vscode.workspace.fs.stat(uri).then(
    () => true,
    () => false,
  );

/** The folder that was clicked, or in which the clicked file lies. */
async function folderOf(clicked: vscode.Uri): Promise<vscode.Uri> {
  const stat = await vscode.workspace.fs.stat(clicked);
  return stat.type & vscode.FileType.Directory ? clicked : vscode.Uri.joinPath(clicked, "..");
}

/** Where the new file goes: a name is asked for, and one that is taken is refused. Null: nowhere, its user left. */
async function place(clicked: vscode.Uri | undefined, template: string): Promise<vscode.Uri | undefined | null> {
  const beside = vscode.window.activeTextEditor?.document.uri;
  const around = beside?.scheme === "file" && vscode.workspace.getWorkspaceFolder(beside) ? vscode.Uri.joinPath(beside, "..") : undefined;
  const folder = clicked ? await folderOf(clicked) : (around ?? vscode.workspace.workspaceFolders?.[0]?.uri);
  if (!folder) return undefined;
  const whole = vscode.workspace.getWorkspaceFolder(folder);
  const name = await vscode.window.showInputBox({
    title: "The name of the new map",
    prompt: `In ${whole?.uri.toString() === folder.toString() ? whole.name : vscode.workspace.asRelativePath(folder)}`,
    value: `${template}.journey`,
    valueSelection: [0, template.length],
    validateInput: async (typed) => {
      if (!/^[^/\\]+\.journey$/.test(typed)) return "A name that ends in .journey";
      return (await exists(vscode.Uri.joinPath(folder, typed))) ? "There is such a file already" : undefined;
    },
  });
  return name === undefined ? null : vscode.Uri.joinPath(folder, name);
}

export async function newFromTemplate(server: Server, clicked?: vscode.Uri): Promise<void> {
  if (!(await runningClient(server))) return;
  const list = await templates(server);
  if (!list) return;
  const items = list.map((one) => ({ label: titled(one.name), detail: one.about, name: one.name }));
  const picked = await vscode.window.showQuickPick(items, { title: "New map from a template", matchOnDetail: true, placeHolder: "Which is most like yours?" });
  if (!picked) return;
  const target = await place(clicked, picked.name);
  if (target === null) return;
  const text = await textOf(server, picked.name);
  if (text === undefined) return;
  if (target) await vscode.workspace.fs.writeFile(target, Buffer.from(text));
  const document = await (target ? vscode.workspace.openTextDocument(target) : vscode.workspace.openTextDocument({ language: "journey", content: text }));
  await vscode.window.showTextDocument(document, { preview: false });
}
