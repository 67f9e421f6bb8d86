/**
 * The tree with keys alone in every engine: what assistive technology is told of it, and where the focus is at every step.
 */

import assert from "node:assert/strict";
import { after, before, beforeEach, describe, it } from "node:test";
import { serveSite } from "../e2e/support/site.js";
import { REQUESTS, wheels } from "../e2e/support/wheels.js";
import { inEveryEngine } from "./support/page.js";

describe("the tree", { timeout: 900_000 }, () => {
  /** @type {Awaited<ReturnType<typeof serveSite>>} */
  let site;
  /** @type {string[]} */
  let files = [];
  before(async () => {
    [site, files] = await Promise.all([serveSite(), wheels(REQUESTS.slice(0, 3))]);
  });
  after(() => site?.close());

  inEveryEngine((page) => {
    const paths = () => page.run(async (element) => (await element.plan()).entries.map(({ path }) => path));

    /** Waits until the row of a path has the focus, and looks as it should. @param {string} path @param {object} [looks] */
    const onRow = (path, looks = {}) => page.until(rowFocused, path, looks);

    beforeEach(async () => {
      await page.goto(site.url);
      await page.choose(files);
      await page.text('[data-path="python"]');
      await page.click('[part~="filter"]');
      // From the filter the arrow goes down to the tree.
      await page.press("ArrowDown");
      await onRow("python");
    });

    it("says what it is: a tree of items with level, size of the set, position, and whether they are open", async () => {
      const { role, multiselectable, rows } = await page.until(describedTree, 7);
      assert.deepEqual([role, multiselectable], ["tree", "true"]);
      assert.deepEqual(rows.slice(0, 3), [
        { role: "treeitem", path: "python", level: "1", setsize: "1", posinset: "1", expanded: "true" },
        { role: "treeitem", path: "python/certifi", level: "2", setsize: "6", posinset: "1", expanded: "false" },
        { role: "treeitem", path: "python/certifi-2024.8.30.dist-info", level: "2", setsize: "6", posinset: "2", expanded: "false" },
      ]);
      assert.ok(rows.every(({ role }) => role === "treeitem"));
    });

    it("is walked, opened and closed with arrows, Home and End", async () => {
      await page.press("ArrowDown");
      await onRow("python/certifi", { expanded: "false", selected: "true" });
      await page.press("ArrowRight");
      await onRow("python/certifi", { expanded: "true" });
      await page.press("ArrowRight");
      await onRow("python/certifi/__init__.py");
      await page.press("ArrowDown");
      await onRow("python/certifi/__main__.py");
      await page.press("ArrowLeft");
      await onRow("python/certifi", { expanded: "true" });
      await page.press("ArrowLeft");
      await onRow("python/certifi", { expanded: "false" });
      await page.press("End");
      await onRow("python/requests-2.32.3.dist-info");
      await page.press("Home");
      await onRow("python");
      assert.deepEqual(await page.uncaught(), []);
    });

    it("renames with F2, and undo gives the old name back; the focus stays on the row", async () => {
      const all = await paths();
      await page.press("ArrowDown");
      await onRow("python/certifi", { selected: "true" });
      await page.press("F2");
      await page.until(fieldFocused, "certifi");
      await page.press("Control+a");
      await page.type("renamed");
      await page.changing(() => page.press("Enter"));
      await onRow("python/renamed");
      assert.deepEqual(await paths(), all.map((path) => path.replace("python/certifi/", "python/renamed/")).sort());
      await page.changing(() => page.press("Control+z"));
      assert.deepEqual(await paths(), all);
      assert.equal(await page.run((element) => element.shadowRoot.activeElement?.role), "treeitem");
      assert.deepEqual(await page.uncaught(), []);
    });

    it("leaves out with Delete, and undo takes it back", async () => {
      const all = await paths();
      await page.press("ArrowDown");
      await onRow("python/certifi", { selected: "true" });
      await page.changing(() => page.press("Delete"));
      await onRow("python/certifi", { excluded: true });
      assert.deepEqual(
        await paths(),
        all.filter((path) => !path.startsWith("python/certifi/")),
      );
      await page.changing(() => page.press("Control+z"));
      await onRow("python/certifi", { excluded: false });
      assert.deepEqual(await paths(), all);
      assert.deepEqual(await page.uncaught(), []);
    });
  });
});

/**
 * @param {any} element
 * @param {string} path
 * @param {{ expanded?: string, selected?: string, excluded?: boolean }} looks
 */
function rowFocused(element, path, { expanded, selected, excluded }) {
  const row = element.shadowRoot.activeElement;
  return (
    row?.dataset.path === path &&
    (expanded ?? row.ariaExpanded) === row.ariaExpanded &&
    (selected ?? row.ariaSelected) === row.ariaSelected &&
    (excluded ?? row.classList.contains("excluded")) === row.classList.contains("excluded")
  );
}

/** @param {any} element @param {string} value */
function fieldFocused(element, value) {
  const field = element.shadowRoot.activeElement;
  return field?.matches("input") && field.value === value;
}

/** What the tree says of itself, once so many rows say their paths. @param {any} element @param {number} count */
function describedTree(element, count) {
  const tree = element.shadowRoot.querySelector("layer-tree");
  const rows = [...tree.querySelectorAll("[data-path]")].map((row) => ({
    role: row.getAttribute("role"),
    path: row.dataset.path,
    level: row.getAttribute("aria-level"),
    setsize: row.getAttribute("aria-setsize"),
    posinset: row.getAttribute("aria-posinset"),
    expanded: row.getAttribute("aria-expanded"),
  }));
  if (rows.length < count) return null;
  return { role: tree.getAttribute("role"), multiselectable: tree.getAttribute("aria-multiselectable"), rows };
}
