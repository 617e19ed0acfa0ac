// Whole statements while there is no server. With one, its own are offered: they know the place, and the names that there are.
import * as vscode from "vscode";
import snippets from "../snippets/journey.json";

/** What is offered at a place of a line: nothing but at the line's first word. */
function offered(document: vscode.TextDocument, position: vscode.Position): vscode.CompletionItem[] {
  const before = document.lineAt(position).text.slice(0, position.character);
  if (!/^\s*[\w-]*$/.test(before)) return [];
  return Object.entries(snippets).map(([name, { body, description }]) => {
    const word = name.slice(0, name.indexOf(":"));
    const item = new vscode.CompletionItem({ label: `${word} …`, description }, vscode.CompletionItemKind.Snippet);
    item.filterText = word;
    item.insertText = new vscode.SnippetString(body.join("\n"));
    return item;
  });
}

export function registerSnippets(hasServer: () => boolean): vscode.Disposable {
  return vscode.languages.registerCompletionItemProvider("journey", {
    provideCompletionItems: (document, position) => (hasServer() ? [] : offered(document, position)),
  });
}
