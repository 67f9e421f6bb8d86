/**
 * What axe finds wrong for those who use the page by other senses or with other colours: nothing, in any state, light or dark, wide or narrow.
 */

import assert from "node:assert/strict";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { before, describe, it } from "node:test";
import { stage } from "./support/stage.js";
import { REQUESTS, wheels } from "./support/wheels.js";

describe("accessibility", { timeout: 600_000 }, () => {
  const on = stage();
  let axe = "";
  /** @type {string[]} */
  let files = [];
  before(async () => {
    axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
    files = await wheels(REQUESTS);
  });

  /** @param {import("./support/page.js").LayerPage} page @param {string} state */
  async function isClean(page, state) {
    // Evaluated rather than added as a script, which the page's policy forbids.
    await page.page.evaluate(axe);
    const violations = await page.page.evaluate(async () => (await globalThis.axe.run()).violations);
    const told = violations.map(
      ({ id, help, nodes }) =>
        `${id}: ${help}\n${nodes.map((node) => `  ${node.html.slice(0, 150)} ${node.failureSummary}`).join("\n")}`,
    );
    assert.deepEqual(told, [], `what axe finds when the page is ${state}`);
  }

  for (const colorScheme of ["light", "dark"]) {
    for (const width of [1280, 320]) {
      it(`on a ${colorScheme} page ${width} pixels wide`, async () => {
        const page = await on.open({ context: { colorScheme, reducedMotion: "reduce", viewport: { width, height: 800 } } });
        await isClean(page, "empty");
        const folder = join(on.folder, `${colorScheme}-${width}`);
        await mkdir(folder);
        const broken = join(folder, "broken-1.0-py3-none-any.whl");
        await writeFile(broken, "no zip at all");
        await page.drop([...files, broken]);
        await page.set({ runtimes: ["python3.12"] });
        await page.plan();
        await page.part("row").first().click();
        await page.part("exclude").waitFor();
        await isClean(page, "filled, with findings");
        await page.part("actions").click();
        await isClean(page, "showing the menu of a row");
        await page.part("menu-move").click();
        await isClean(page, "having no folder to offer");
        await page.part("move-folder").fill("shared");
        await page.part("move-folders").getByRole("option").first().waitFor();
        await isClean(page, "asking for a folder");
        await page.part("move-to-close").click();
        await page.part("actions").click();
        await page.part("menu-file").click();
        await isClean(page, "asking for a new file");
        await page.part("write-close").click();
        await page.part("filter").fill("cer");
        await page.part("filter-count").getByText("file").waitFor();
        await isClean(page, "filtered");
        await page.part("filter").fill("");
        for (const [tab, shown] of [
          ["Size map", ".tile"],
          ["Largest files", "td"],
        ]) {
          await page.element.getByRole("tab", { name: tab }).click();
          await page.element.locator(shown).first().waitFor();
          await isClean(page, `showing the ${tab}`);
        }
        await page.element.getByRole("tab", { name: "Tree" }).click();
        await page.part("keys").click();
        await isClean(page, "showing its keys");
        await page.part("close").click();
        await page.part("tools").locator("summary").click();
        await page.part("message").fill("No module named 'certifi'");
        await page.part("explain").click();
        await page.part("explanation").waitFor();
        await isClean(page, "explaining an error");
        await page.part("build").click();
        await page.part("result").waitFor();
        await isClean(page, "done");
        const module = join(folder, "gone.py");
        await writeFile(module, "x = 1\n");
        await page.drop([module]);
        await rm(module);
        await page.part("build").click();
        await page.part("alert").getByText("gone.py").waitFor();
        await isClean(page, "telling of an error");
        // The page is never wider than the window: nobody scrolls sideways to read.
        const overhang = await page.page.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        );
        assert.equal(overhang, 0);
      });
    }
  }
});
