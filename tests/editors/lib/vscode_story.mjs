// Stories of what somebody does in VS Code, told step by step.
import assert from "node:assert/strict";
import test, { after, before, describe } from "node:test";
import { rmSync } from "node:fs";
import { folder } from "./places.mjs";

const all = [];

/**
 * A story: its project, {name: text}, its steps, and the user's settings where they differ. `tell(step)` is called with
 * `step(name, (scene) => …)`; a scene has `code`, `window`, `project`, the folder, and `say`, for figures. What comes after a step that failed
 * is not tried.
 */
export function story(name, { files = {}, settings = {}, opened = true }, tell) {
  all.push({ name, files, settings, opened, tell });
}

/** The stories with `part` in their name, each a function to call where VS Code is, in `whose.code`. */
export function stories(part) {
  return all.filter(({ name }) => name.includes(part)).map((one) => (whose) => {
    describe(one.name, () => {
      const scene = {};
      let failed;
      before(async () => {
        scene.code = whose.code;
        scene.project = folder(null, one.files);
        scene.code.findable();
        scene.code.settings(one.settings);
        if (one.opened) scene.window = await scene.code.window(scene.project);
      });
      after(async () => {
        await Promise.all(scene.code.windows.map((window) => window.close()));
        await scene.code.quiet();
        rmSync(scene.project, { recursive: true, force: true });
      });
      one.tell((step, act) =>
        test(step, async (t) => {
          scene.say = (text) => t.diagnostic(text);
          assert.ok(!failed, `not tried, as "${failed}" failed`);
          try {
            await act(scene);
          } catch (error) {
            failed = step;
            await scene.code.keep(`${one.name} ${step}`);
            throw error;
          }
        }),
      );
    });
  });
}
