// The language status item: how the server is.
import * as vscode from "vscode";
import type { Server, State } from "./server";

interface Words {
  text: string;
  detail?: string;
  severity?: vscode.LanguageStatusSeverity;
  command?: vscode.Command;
}

const { Error: bad, Warning: warn, Information: fine } = vscode.LanguageStatusSeverity;
const restart = { command: "journey.restartServer", title: "Restart" };
const tryAgain = { command: "journey.restartServer", title: "Try Again" };
const log = { command: "journey.showLog", title: "Show Log" };
const trust = { command: "workbench.trust.manage", title: "Manage Trust" };

function words(state: State): Words {
  switch (state.is) {
    case "running":
      return state.restricted
        ? { text: "restricted", detail: "its own numbers and checks come when the folder is trusted", severity: warn, command: trust }
        : { text: `journey ${state.version}`, detail: state.path, command: log };
    case "trouble":
      return { text: state.what, detail: state.detail, severity: bad, command: state.trouble === "dying" ? restart : tryAgain };
    case "virtual":
      return { text: "colours and snippets only", detail: "this workspace lies on no disk that journey could read" };
    default:
      return { text: "journey is starting" };
  }
}

export function languageStatus(server: Server): vscode.Disposable {
  const item = vscode.languages.createLanguageStatusItem("journey.server", { language: "journey" });
  item.name = "Journey server";
  const draw = (state: State) => {
    const { text, detail, severity, command } = words(state);
    item.text = text;
    item.detail = detail;
    item.severity = severity ?? fine;
    item.command = command;
    item.busy = state.is === "starting";
  };
  draw(server.state);
  return vscode.Disposable.from(item, server.onDidChangeState(draw));
}
