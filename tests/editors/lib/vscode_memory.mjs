// An extension with a workspace that lies on no disk, at memory:/.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const manifest = {
  name: "memory",
  publisher: "test",
  version: "0.0.1",
  engines: { vscode: "^1.91.0" },
  main: "extension.js",
  activationEvents: ["onFileSystem:memory"],
  capabilities: { virtualWorkspaces: true, untrustedWorkspaces: { supported: true } },
};
const program = `const vscode = require("vscode");
const text = Buffer.from('journey trip "A trip" {\\n  persona nobody\\n}\\n');
const missing = (uri) => vscode.FileSystemError.FileNotFound(uri);
exports.activate = () =>
  vscode.workspace.registerFileSystemProvider("memory", {
    onDidChangeFile: new vscode.EventEmitter().event,
    watch: () => ({ dispose() {} }),
    stat(uri) {
      if (uri.path === "/") return { type: 2, ctime: 0, mtime: 0, size: 0 };
      if (uri.path === "/trip.journey") return { type: 1, ctime: 0, mtime: 0, size: text.length };
      throw missing(uri);
    },
    readDirectory: () => [["trip.journey", 1]],
    readFile(uri) {
      if (uri.path === "/trip.journey") return text;
      throw missing(uri);
    },
    writeFile() {}, createDirectory() {}, delete() {}, rename() {},
  });
`;

/** Puts it where VS Code finds extensions when it starts for the first time. */
export function installMemory(extensions) {
  const at = join(extensions, "test.memory-0.0.1");
  mkdirSync(at, { recursive: true });
  writeFileSync(join(at, "package.json"), JSON.stringify(manifest));
  writeFileSync(join(at, "extension.js"), program);
}
