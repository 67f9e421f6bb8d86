/** What a person waits for in between: after an edit of a large layer, and after the drop of a large folder. */

import { drop as dropped } from "../tests/e2e/support/drop.js";
import { CONTENDERS } from "./contenders.js";
import { watchMemory } from "./memory.js";
import { copied } from "./scale.js";
import { Tab } from "./tab.js";

const layerdrop = CONTENDERS.find(({ id }) => id === "layerdrop");
/** Edits that are timed. */
const EDITS = 9;

/**
 * From the call to its answer, which comes when the plan is made anew; also the whole plan, and the memory that the layer takes.
 * @param {import("./sets.js").Set} set
 * @param {any} stage
 */
export async function edit(set, stage) {
  const folder = await copied("files", set.scale, Math.max(...set.scale.copies));
  const tab = new Tab(layerdrop, { folder, settings: set.settings }, stage);
  await tab.open();
  try {
    const memory = await watchMemory(await stage.browser());
    const found = await tab.page.evaluate(async (edits) => {
      const { element } = await import("../contenders/layerdrop.js");
      const timed = async (action) => {
        const start = performance.now();
        const value = await action();
        return { took: performance.now() - start, value };
      };
      const added = await timed(() => element.addFiles(bench.files()));
      const planned = await timed(() => element.plan());
      const { entries } = planned.value;
      const times = [];
      for (let index = 0; index < edits; index += 1) {
        const { path } = entries[Math.floor((index * entries.length) / edits)];
        times.push((await timed(() => element.apply({ op: "exclude", path }))).took);
      }
      return { files: entries.length, add: added.took, plan: planned.took, times };
    }, EDITS);
    return { ...found, peak: memory.stop() };
  } finally {
    await tab.close();
  }
}

/**
 * From the browser's event to the element's, as a hand would drop the folder: the walk through it is part of that.
 * @param {import("./sets.js").Set} set
 * @param {any} stage
 */
export async function drop(set, stage) {
  const rounds = [];
  for (let round = 0; round <= Math.min(stage.rounds, 2); round += 1) {
    const tab = new Tab(layerdrop, set, stage);
    await tab.open();
    try {
      const told = tab.page.evaluateHandle(() => {
        const { promise, resolve } = Promise.withResolvers();
        let start = 0;
        let walked = 0;
        addEventListener("drop", () => (start = performance.now()), { capture: true, once: true });
        addEventListener("layerdrop-progress", () => (walked ||= performance.now()));
        addEventListener("layerdrop-change", ({ detail }) => {
          const took = performance.now() - start;
          resolve({ took, walk: walked - start, files: detail.entryCount });
        });
        return { promise };
      });
      const heard = await told;
      await dropped(tab.page, [set.folder], "layer-drop");
      rounds.push(await heard.evaluate(({ promise }) => promise));
    } finally {
      await tab.close();
    }
  }
  const [cold, ...warm] = rounds;
  return { files: cold.files, cold: cold.took, times: warm.map(({ took }) => took), walks: rounds.map(({ walk }) => walk) };
}
