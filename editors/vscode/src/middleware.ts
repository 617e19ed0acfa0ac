// What is done otherwise than the server and the library would: its commands lead to places in this window, and the code
// of each message to its long story.
import * as vscode from "vscode";
import { vsdiag, type Middleware } from "vscode-languageclient/node";
import { explanation } from "./commands/explain";
import type { Kind } from "./commands/pages";

const printing = /^journey\.(score|plan|report)$/;

function linked(diagnostics: vscode.Diagnostic[]): vscode.Diagnostic[] {
  for (const one of diagnostics) {
    const code = typeof one.code === "object" ? one.code.value : one.code;
    if (code !== undefined) one.code = { value: code, target: explanation(String(code)) };
  }
  return diagnostics;
}

function linkedReport<Report extends { kind: vsdiag.DocumentDiagnosticReportKind }>(report: Report): Report {
  if (report.kind === vsdiag.DocumentDiagnosticReportKind.full) linked((report as unknown as { items: vscode.Diagnostic[] }).items);
  return report;
}

export function makeMiddleware(show: (kind: Kind, uri?: vscode.Uri, journey?: string) => unknown): Middleware {
  return {
    executeCommand: (command, args, next) => {
      const uri = typeof args[0] === "string" ? vscode.Uri.parse(args[0]) : undefined;
      const journey = typeof args[1] === "string" ? args[1] : undefined;
      if (command === "journey.preview") return vscode.commands.executeCommand("journey.showPreviewToSide", uri, journey);
      const kind = printing.exec(command)?.[1] as Kind | undefined;
      return kind ? show(kind, uri, journey) : next(command, args);
    },
    handleDiagnostics: (uri, diagnostics, next) => next(uri, linked(diagnostics)),
    provideDiagnostics: async (document, previous, token, next) => {
      const report = await next(document, previous, token);
      return report && linkedReport(report);
    },
    provideWorkspaceDiagnostics: (previous, token, reporter, next) =>
      next(previous, token, (chunk) => {
        chunk?.items.forEach(linkedReport);
        reporter(chunk);
      }),
  };
}
