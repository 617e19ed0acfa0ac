// Colours a text as VS Code does: with its own library for TextMate grammars.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { root } from "./places.mjs";

const require = createRequire(import.meta.url);

/** The grammar of journey; of Markdown, whatever there is, with ours injected. */
export async function grammar() {
  const { default: textmate } = await import("vscode-textmate");
  const { default: oniguruma } = await import("vscode-oniguruma");
  await oniguruma.loadWASM(readFileSync(require.resolve("vscode-oniguruma/release/onig.wasm")));
  const registry = new textmate.Registry({
    onigLib: Promise.resolve({
      createOnigScanner: (sources) => new oniguruma.OnigScanner(sources),
      createOnigString: (text) => new oniguruma.OnigString(text),
    }),
    loadGrammar: async (scope) => {
      if (scope === "text.html.markdown") return { scopeName: scope, patterns: [{ match: "[^`]+" }], repository: {} };
      const file = scope === "source.journey" ? "journey" : "markdown";
      return textmate.parseRawGrammar(readFileSync(join(root, `editors/vscode/syntaxes/${file}.tmLanguage.json`), "utf8"), `${file}.json`);
    },
    getInjections: (scope) => (scope === "text.html.markdown" ? ["markdown.journey.codeblock"] : undefined),
  });
  const colour = (grammar) => (text) => {
    let state = textmate.INITIAL;
    return text.split(/\r\n|\r|\n/).map((line) => {
      const { tokens, ruleStack, stoppedEarly } = grammar.tokenizeLine(line, state);
      if (stoppedEarly) throw new Error(`too long for one line: ${line}`);
      state = ruleStack;
      return tokens;
    });
  };
  return {
    journey: colour(await registry.loadGrammar("source.journey")),
    markdown: colour(await registry.loadGrammar("text.html.markdown")),
  };
}

/** Its innermost scope at a place of a line. */
export function scopeAt(tokens, column) {
  const token = tokens.find(({ startIndex, endIndex }) => startIndex <= column && column < endIndex);
  return token?.scopes.slice(1) ?? [];
}
