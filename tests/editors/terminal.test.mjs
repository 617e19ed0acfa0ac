// The terminal of the other tests is one: what is typed is seen, in the folder that was asked for.
import test from "node:test";
import { folder, program } from "./lib/places.mjs";
import { Terminal } from "./lib/terminal.mjs";

test("what is typed is seen", { skip: !program("tmux") && "tmux is not installed" }, async (t) => {
  const at = folder(t, { "a map.journey": "" });
  const terminal = new Terminal(t, ["sh", "-c", 'ls; read -r line; echo "$line is $0"; exec cat', "it's"], { folder: at });
  await terminal.sees("a map.journey");
  terminal.type("who");
  terminal.keys("Enter");
  await terminal.sees("who is it's");
});
