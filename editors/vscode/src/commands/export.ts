// A map in another form. What is exported is what stands in the editors, saved or not; for pictures other files are saved first.
import { mkdtemp, readFile, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import * as vscode from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
import { firstLine, runProgram } from "../program";
import { journeysOf, mapDocument, pickJourney, runningClient, type JourneyStatus } from "../ready";
import { saveAs } from "../save";
import type { Server } from "../server";

interface Format {
  label: string;
  detail: string;
  format: string;
  ending: string;
  /** Made by the program, not by the server. */
  picture?: true;
}
const formats: Format[] = [
  { label: "Page", detail: "One file that opens in every browser, prints, and can be sent", format: "html", ending: "html" },
  { label: "PDF", detail: "For print and mail", format: "pdf", ending: "pdf", picture: true },
  { label: "PNG picture", detail: "For slides and chats", format: "png", ending: "png", picture: true },
  { label: "SVG drawing", detail: "For slides and documents, sharp at every size", format: "svg", ending: "svg" },
  { label: "Markdown", detail: "For a wiki", format: "md", ending: "md" },
  { label: "Mermaid", detail: "A small diagram for pages that draw Mermaid", format: "mermaid", ending: "mmd" },
  { label: "JSON", detail: "The model, for programs", format: "json", ending: "json" },
];

async function drawn(client: LanguageClient, document: vscode.TextDocument, journey: JourneyStatus, format: Format): Promise<Uint8Array> {
  const answer = await client.sendRequest<{ content: string } | null>("journey/preview", {
    textDocument: { uri: client.code2ProtocolConverter.asUri(document.uri) },
    journey: journey.journey,
    format: format.format,
  });
  if (!answer) throw new Error("the journey is not there any more");
  return Buffer.from(answer.content);
}

/** The program draws into a folder of its own, from the text in the editor; other files are read from the disk. */
async function painted(server: Server, document: vscode.TextDocument, journey: JourneyStatus, format: Format): Promise<Uint8Array> {
  const folder = await mkdtemp(join(tmpdir(), "journey-export-"));
  const path = document.uri.scheme === "file" ? document.uri.fsPath : join(folder, "untitled.journey");
  const scripts = vscode.workspace.isTrusted ? [] : ["--no-scripts"];
  try {
    const args = ["build", "--format", format.format, "-o", folder, ...scripts, "--stdin-path", path, "-"];
    const ran = await runProgram(server, args, dirname(path), document.getText());
    if (ran.code !== 0) throw new Error(firstLine(ran));
    const made = (await readdir(folder)).filter((name) => name.endsWith(`.${format.ending}`));
    const mine = made.find((name) => name === `${journey.journey}.${format.ending}`) ?? made[0];
    if (!mine) throw new Error("nothing was drawn");
    return await readFile(join(folder, mine));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Maps with errors are drawn as far as they are understood, by the server; whether that is wanted is asked. The program
 * paints no picture of them. */
async function mayBeBroken(document: vscode.TextDocument, format: Format): Promise<boolean> {
  const errors = vscode.languages.getDiagnostics(document.uri).filter((one) => one.source === "journey" && one.severity === vscode.DiagnosticSeverity.Error);
  if (errors.length === 0) return true;
  const anyway = "Export Anyway";
  const problems = "Show Problems";
  const text = errors.length === 1 ? "There is an error in this map." : `There are ${errors.length} errors in this map.`;
  const detail = format.picture ? "Mend it first, or export a page: pictures are made of maps without errors." : "What is wrong will be missing in what is exported.";
  const pressed = await vscode.window.showWarningMessage(text, { modal: true, detail }, ...(format.picture ? [problems] : [anyway, problems]));
  if (pressed === problems) await vscode.commands.executeCommand("workbench.actions.view.problems");
  return pressed === anyway;
}

/** The program that paints pictures gets this map as it stands in its editor; what it imports is read from the disk, where the
 * preview shows what isn't saved yet. */
async function otherFilesSaved(document: vscode.TextDocument, format: Format): Promise<boolean> {
  const isOther = (one: vscode.TextDocument) => one !== document && one.isDirty && one.uri.scheme === "file" && ["journey", "lua"].includes(one.languageId);
  const others = format.picture ? vscode.workspace.textDocuments.filter(isOther) : [];
  if (others.length === 0) return true;
  const save = others.length === 1 ? "Save It and Export" : "Save Them and Export";
  const asIs = "Export as Saved";
  const names = others.map((one) => vscode.workspace.asRelativePath(one.uri));
  const text = names.length === 1 ? `${names[0]} isn’t saved.` : `${names.length} other files aren’t saved.`;
  const detail = `A ${format.label.replace(" picture", "")} shows this map as it stands here, and what it imports as it was saved last.`;
  const pressed = await vscode.window.showWarningMessage(text, { modal: true, detail: names.length === 1 ? detail : `${names.join("\n")}\n\n${detail}` }, save, asIs);
  if (pressed !== save) return pressed === asIs;
  for (const one of others) if (!(await one.save())) throw new Error(`${vscode.workspace.asRelativePath(one.uri)} could not be saved`);
  return true;
}

export async function exportMap(server: Server, named?: vscode.Uri, chosen?: string): Promise<void> {
  const document = await mapDocument(named);
  const client = document && (await runningClient(server));
  if (!document || !client) return;
  try {
    const journeys = await journeysOf(client, document);
    const journey = journeys.find((one) => one.journey === chosen) ?? (await pickJourney(journeys, "Export which journey?"));
    const format = journey && (await vscode.window.showQuickPick(formats, { title: `Export “${journey.title}” as`, matchOnDetail: true }));
    if (!journey || !format || !(await mayBeBroken(document, format)) || !(await otherFilesSaved(document, format))) return;
    const work = () => (format.picture ? painted(server, document, journey, format) : drawn(client, document, journey, format));
    const content = await vscode.window.withProgress({ location: vscode.ProgressLocation.Window, title: "Journey: drawing" }, work);
    const name = journey.journey || basename(document.uri.path, ".journey");
    const folder = document.uri.scheme === "file" ? vscode.Uri.joinPath(document.uri, "..") : undefined;
    await saveAs(content, name, format.ending, format.label, folder);
  } catch (error) {
    const showLog = "Show Log";
    const pressed = await vscode.window.showErrorMessage(`The map was not exported: ${(error as Error).message}`, showLog);
    if (pressed === showLog) server.log.show(true);
  }
}
