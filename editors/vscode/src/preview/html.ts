// The page of a preview, before anything is shown in it. Nothing may be loaded but its own script and style, which carry a word that
// is another each time.
import { randomBytes } from "node:crypto";
import * as vscode from "vscode";

const icon = (path: string) => `<svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true"><path d="${path}"/></svg>`;
const icons = {
  smaller: "M3.5 8h9",
  larger: "M3.5 8h9M8 3.5v9",
  fit: "M2.5 5V2.5H5M11 2.5h2.5V5M13.5 11v2.5H11M5 13.5H2.5V11M4.5 8h7M6 6 4.5 8 6 10M10 6l1.5 2L10 10",
  export: "M8 9.5v-7M5.5 5 8 2.5 10.5 5M4.5 7.5h-1v6h9v-6h-1",
  lock: "M4.5 7.5v-2a3.5 3.5 0 0 1 7 0v2M3.5 7.5h9v6h-9zM8 10v1.5",
  source: "M9.5 2.5h-6v11h9v-8zM9.5 2.5v3h3M5.5 8h5M5.5 10.5h5",
};

const button = (action: keyof typeof icons, label: string, more = "") =>
  `<button type="button" data-action="${action}" title="${label}" aria-label="${label}"${more}>${icon(icons[action])}</button>`;

export function pageHtml(webview: vscode.Webview, extension: vscode.Uri): string {
  const nonce = randomBytes(16).toString("base64");
  const dist = (name: string) => webview.asWebviewUri(vscode.Uri.joinPath(extension, "dist", name)).toString();
  const policy = `default-src 'none'; base-uri 'none'; form-action 'none'; script-src 'nonce-${nonce}'; style-src 'nonce-${nonce}'`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Journey map</title>
<link rel="stylesheet" nonce="${nonce}" href="${dist("preview.css")}">
</head>
<body data-journey-preview>
<div id="bar" role="toolbar" aria-label="Map">
  <span id="name"></span>
  <label id="which" hidden><span class="unseen">Journey</span><select data-action="choose" title="Which journey of the file"></select></label>
  <span id="restricted" hidden><button type="button" class="words" data-action="trust" title="Nothing that lies in this folder is run until you trust it: its own metrics and checks are left out">Restricted</button></span>
  <span class="space"></span>
  ${button("smaller", "Zoom out (-)")}
  <button type="button" class="words" data-action="natural" title="Natural size (0)">100 %</button>
  ${button("larger", "Zoom in (+)")}
  ${button("fit", "Fit the width (f)", ' aria-pressed="false"')}
  <span class="line" role="separator"></span>
  ${button("source", "Show the text")}
  ${button("export", "Export…")}
  ${button("lock", "Keep to this file", ' aria-pressed="false"')}
</div>
<div id="busy" role="progressbar" aria-label="The map is being drawn" hidden></div>
<div id="notice" role="status" hidden></div>
<div id="map" tabindex="-1"></div>
<script nonce="${nonce}" src="${dist("preview.js")}"></script>
</body>
</html>`;
}
