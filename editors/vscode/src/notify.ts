// What is said when there is no server, and what can be done about it at once.
import * as vscode from "vscode";
import type { Server, State, Trouble } from "./server";

const setPath = "Set Path…";
const howTo = "How to Install";
const tryAgain = "Try Again";
const restart = "Restart";
const showLog = "Show Log";

const buttons: Record<Trouble, string[]> = {
  missing: [setPath, howTo, tryAgain],
  locked: [setPath, tryAgain, showLog],
  old: [howTo, setPath, tryAgain],
  unusable: [setPath, howTo, showLog],
  failed: [tryAgain, setPath, showLog],
  dying: [restart, showLog],
};
const stillThere = "Colours and snippets go on working.";

async function choosePath(): Promise<void> {
  const chosen = await vscode.window.showOpenDialog({ title: "Where is the program journey?", openLabel: "Use This Program", canSelectMany: false });
  if (chosen?.[0])
    await vscode.workspace.getConfiguration("journey").update("server.path", chosen[0].fsPath, vscode.ConfigurationTarget.Global);
}

/** Says it, with what can be done about it. */
export async function sayTrouble(server: Server, state: State & { is: "trouble" }): Promise<void> {
  const act: Record<string, () => unknown> = {
    [setPath]: choosePath,
    [howTo]: () => vscode.commands.executeCommand("journey.howToInstall"),
    [tryAgain]: () => server.restart(),
    [restart]: () => server.restart(),
    [showLog]: () => server.log.show(true),
  };
  const text = [state.what, state.detail, stillThere].filter(Boolean).join(" ");
  const pressed = await vscode.window.showErrorMessage(text, ...buttons[state.trouble]);
  if (pressed) await act[pressed]?.();
}

/** Says each trouble once, when it comes. */
export function watchTrouble(server: Server): vscode.Disposable {
  return server.onDidChangeState((state) => {
    if (state.is === "trouble") void sayTrouble(server, state);
  });
}
