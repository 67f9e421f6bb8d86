/**
 * A tree of 50,000 rows: shown at once, and smooth wherever it is scrolled to.
 */

import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, it } from "node:test";
import { stage } from "./support/stage.js";
import { LONG, ms, stall, tasks } from "./support/tasks.js";
import { zip } from "./support/zip.js";

const ROWS = 50_000;
const JUMPS = 20;
/** Milliseconds of work, of page and worker together, from the click that opens the folder to the frame that shows its rows. */
const PAINT = 100;
/** A busy machine can hold up any one attempt; a tree that is slow is slow in all of them. */
const ATTEMPTS = 3;

describe("a tree of 50,000 rows", { timeout: 300_000 }, () => {
  const on = stage();

  it("is there at once and scrolls smoothly", async (test) => {
    const members = Array.from({ length: ROWS }, (_, at) => ({ name: `python/data/${String(at).padStart(5, "0")}.txt`, text: "" }));
    const file = join(on.folder, "layer.zip");
    await writeFile(file, zip(members));
    const page = await on.open();
    const control = await tasks(page, () => page.page.evaluate(stall));
    assert.ok(control.took > LONG && control.worked > 0 && control.all >= control.worked, "a page that does stall is noticed");
    await page.drop([file]);
    await page.part("row").and(page.page.locator('[data-path="python/data/00000.txt"]')).waitFor();
    await page.element.evaluate(closeFolder);

    const [paints, jumps] = [[], []];
    while (paints.length < ATTEMPTS && !(paints.some(({ all }) => all <= PAINT) && jumps.some(({ worked }) => worked <= LONG))) {
      let took = 0;
      const paint = await tasks(page, async () => void (took = await page.element.evaluate(openFolder)));
      paints.push({ ...paint, took });
      jumps.push(await tasks(page, () => page.element.evaluate(jump, JUMPS)));
      const drawn = await page.element.locator("[role=treeitem]").count();
      assert.ok(drawn < 200, `${drawn} rows are in the document`);
      await page.element.evaluate(closeFolder);
    }
    for (const [what, all] of [["first paint", paints.map(({ took, all }) => [took, all])], [`longest task in ${JUMPS} far jumps`, jumps.map(({ took, worked }) => [took, worked])]])
      test.diagnostic(`${what}: ${all.map(([took, worked]) => `${ms(took)} by the clock, ${ms(worked)} at work`).join("; ")}`);
    assert.ok(paints.some(({ all }) => all <= PAINT), JSON.stringify(paints));
    assert.ok(jumps.some(({ worked }) => worked <= LONG), JSON.stringify(jumps));
  });
});

/** Opens the folder, and waits for the frame after its rows are there. @param {Element} element */
async function openFolder(element) {
  const root = element.shadowRoot;
  const start = performance.now();
  root.querySelector('[data-path="python/data"]').click();
  while (!root.querySelector('[data-path="python/data/00000.txt"]')) await new Promise(requestAnimationFrame);
  return performance.now() - start;
}

/** @param {Element} element */
async function closeFolder(element) {
  const root = element.shadowRoot;
  root.querySelector("layer-tree").scrollTo({ top: 0 });
  while (!root.querySelector('[data-path="python/data"]')) await new Promise(requestAnimationFrame);
  root.querySelector('[data-path="python/data"]').click();
  while (root.querySelector('[data-path="python/data/00000.txt"]')) await new Promise(requestAnimationFrame);
}

/** Far jumps, back and forth, each until its rows are drawn. @param {Element} element @param {number} jumps */
async function jump(element, jumps) {
  const tree = element.shadowRoot.querySelector("layer-tree");
  for (let at = 0; at < jumps; at += 1) {
    const share = at % 2 === 0 ? (at + 1) / jumps : 1 - at / jumps;
    tree.scrollTo({ top: share * (tree.scrollHeight - tree.clientHeight) });
    const middle = tree.getBoundingClientRect().top + tree.clientHeight / 2;
    const there = () => [...tree.querySelectorAll("[data-path]")].some((row) => Math.abs(row.getBoundingClientRect().top - middle) < 40);
    do await new Promise(requestAnimationFrame);
    while (!there());
  }
}
