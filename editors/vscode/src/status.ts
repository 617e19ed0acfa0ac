// The status bar item: the errors of the map in front, and its most telling number. VS Code itself counts what is wrong in all files.
import * as vscode from "vscode";
import { isMap, journeysOf, type JourneyStatus } from "./ready";
import type { Server } from "./server";
import { statusBarShown } from "./settings";

interface Counts {
  errors: number;
  warnings: number;
}

/** In the file; `isAround`: in all files of its folder in the window. */
function countsIn(document: vscode.TextDocument, isAround = false): Counts {
  const folder = vscode.workspace.getWorkspaceFolder(document.uri);
  const counts = { errors: 0, warnings: 0 };
  for (const [uri, diagnostics] of vscode.languages.getDiagnostics()) {
    const isMine = uri.toString() === document.uri.toString();
    if (!isMine && !(isAround && folder && vscode.workspace.getWorkspaceFolder(uri) === folder)) continue;
    for (const one of diagnostics) {
      if (one.source !== "journey") continue;
      if (one.severity === vscode.DiagnosticSeverity.Error) counts.errors++;
      else if (one.severity === vscode.DiagnosticSeverity.Warning) counts.warnings++;
    }
  }
  return counts;
}

const many = (number: number, word: string) => `${number || "no"} ${word}${number === 1 ? "" : "s"}`;
const both = (counts: Counts) => `${many(counts.errors, "error")}, ${many(counts.warnings, "warning")}`;
const escaped = (text: string) => text.replace(/[\\`*_{}[\]()#+\-.!|<>~]/g, "\\$&");

/** The editor in front; that of a map in sight while something else, as its preview, has the focus. */
const inFront = () => vscode.window.activeTextEditor ?? vscode.window.visibleTextEditors.find(({ document }) => isMap(document));

export class StatusBar implements vscode.Disposable {
  private readonly item = vscode.window.createStatusBarItem("journey.status", vscode.StatusBarAlignment.Left, 0);
  private journeys: JourneyStatus[] = [];
  private of: string | undefined;
  private waiting: NodeJS.Timeout | undefined;
  private readonly watches: vscode.Disposable[];

  constructor(private readonly server: Server) {
    this.item.name = "Journey";
    const draw = () => this.draw();
    const ask = () => this.askSoon();
    this.watches = [
      this.item,
      vscode.window.onDidChangeActiveTextEditor(ask),
      vscode.window.onDidChangeTextEditorSelection((change) => change.textEditor === inFront() && draw()),
      vscode.languages.onDidChangeDiagnostics(draw),
      vscode.workspace.onDidChangeConfiguration((change) => change.affectsConfiguration("journey.statusBar") && draw()),
      server.onDidChangeState(ask),
      server.onDidStart((client) => client.onNotification("journey/previewChanged", ask)),
    ];
    draw();
  }

  /** One question for many keys. */
  private askSoon(): void {
    this.draw();
    this.waiting ??= setTimeout(() => {
      this.waiting = undefined;
      void this.ask();
    }, 150);
  }

  private async ask(): Promise<void> {
    const document = inFront()?.document;
    const client = this.server.client;
    if (!client || !isMap(document)) return this.draw();
    try {
      const journeys = await journeysOf(client, document);
      [this.journeys, this.of] = [journeys, document.uri.toString()];
    } catch {
      this.of = undefined; // the server went away; it says so itself
    }
    this.draw();
  }

  /** The journey in which the cursor stands, else the first. */
  private current(editor: vscode.TextEditor): JourneyStatus | undefined {
    if (this.of !== editor.document.uri.toString()) return undefined;
    const line = editor.selection.active.line;
    return this.journeys.find((one) => one.range.start.line <= line && line <= one.range.end.line) ?? this.journeys[0];
  }

  private draw(): void {
    const editor = inFront();
    const state = this.server.state;
    if (!editor || !isMap(editor.document) || !statusBarShown() || state.is === "virtual") return this.item.hide();
    if (state.is === "running") this.drawNumbers(editor);
    else {
      this.item.text = state.is === "trouble" ? "$(warning) Journey" : "$(sync~spin) Journey";
      this.item.tooltip = state.is === "trouble" ? `${state.what} ${state.detail}` : "The journey server is starting";
      this.item.command = { command: "journey.statusClicked", title: "Show", arguments: [true] };
    }
    this.item.show();
  }

  private drawNumbers(editor: vscode.TextEditor): void {
    const counts = countsIn(editor.document);
    const journey = this.current(editor);
    const first = journey?.numbers[0];
    const headline = first ? `${first.title} ${first.words.replace(/, n \S+$/, "")}` : journey && many(journey.steps, "step");
    const wrong = counts.errors > 0 && `${many(counts.errors, "error")} in this file`;
    this.item.text = [wrong && `$(error) ${wrong}`, headline && `$(pulse) ${headline}`].filter(Boolean).join("  ") || "$(check) No errors in this file";
    this.item.tooltip = this.tooltip(editor.document, journey);
    this.item.command = { command: "journey.statusClicked", title: "Show", arguments: [counts.errors > 0] };
    this.item.accessibilityInformation = { label: `Journey: ${[wrong || "no errors in this file", headline].filter(Boolean).join(", ")}` };
  }

  private tooltip(document: vscode.TextDocument, journey: JourneyStatus | undefined): vscode.MarkdownString {
    const text = new vscode.MarkdownString("", true);
    text.isTrusted = { enabledCommands: ["journey.showScore", "journey.showPlan", "workbench.actions.view.problems"] };
    if (journey) {
      text.appendMarkdown(`**${escaped(journey.title)}** · ${many(journey.stages, "stage")}, ${many(journey.steps, "step")}\n\n`);
      const rows = journey.numbers.map((one) => `| ${escaped(one.title)} | ${escaped(one.words)} | ${escaped(one.target ?? "")} |`);
      if (rows.length > 0) text.appendMarkdown(`| | | |\n|---|---:|---|\n${rows.join("\n")}\n\n`);
    }
    text.appendMarkdown(`This file: ${both(countsIn(document))}  \nAll maps here: ${both(countsIn(document, true))}\n\n`);
    if (!vscode.workspace.isTrusted) text.appendMarkdown("Restricted: the folder's own numbers and checks come when it is trusted\n\n");
    text.appendMarkdown("[Problems](command:workbench.actions.view.problems) · [Score](command:journey.showScore) · [Plan](command:journey.showPlan)");
    return text;
  }

  dispose(): void {
    clearTimeout(this.waiting);
    for (const one of this.watches) one.dispose();
  }
}
