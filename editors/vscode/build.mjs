// Bundles the extension, and the page of its preview, into dist/. --watch builds again after each change.
import { existsSync, rmSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build, context } from "esbuild";

process.chdir(fileURLToPath(new URL(".", import.meta.url)));
const watch = process.argv.includes("--watch");
const common = { bundle: true, minify: !watch, sourcemap: watch && "inline", legalComments: "none", logLevel: "warning", outdir: "dist" };

const bundles = [
  { ...common, entryPoints: ["src/extension.ts"], platform: "node", format: "cjs", target: "node18", external: ["vscode"] },
  { ...common, entryPoints: { preview: "src/page/page.ts" }, platform: "browser", format: "iife", target: "es2022" },
].filter((one) => Object.values(one.entryPoints).every(existsSync));

rmSync("dist", { recursive: true, force: true });
for (const one of bundles) {
  if (watch) await (await context({ ...one, logLevel: "info" })).watch();
  else await build(one);
}
