/**
 * Without a mouse: every step of the job can be reached with Tab and done with keys, and the focus is never lost.
 */

import assert from "node:assert/strict";
import { before, describe, it } from "node:test";
import { stage } from "./support/stage.js";
import { REQUESTS, wheels } from "./support/wheels.js";

/** @typedef {import("./support/page.js").LayerPage} LayerPage */

describe("with the keyboard alone", { timeout: 600_000 }, () => {
  const on = stage();
  /** @type {string[]} */
  let files = [];
  before(async () => {
    files = await wheels(REQUESTS.slice(0, 3));
  });

  /** @param {LayerPage} page @param {...string} keys */
  const press = (page, ...keys) =>
    keys.reduce((before, key) => before.then(() => page.page.keyboard.press(key)), Promise.resolve());

  /** What has the focus, inside shadow roots too. @param {LayerPage} page */
  const focused = (page) =>
    page.page.evaluate(() => {
      let active = document.activeElement;
      while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
      const attribute = (name) => active?.getAttribute(name) ?? null;
      return {
        part: attribute("part"),
        field: attribute("name"),
        value: attribute("value"),
        path: attribute("data-path"),
        open: attribute("aria-expanded"),
      };
    });

  /**
   * Presses Tab until something has the focus that fits.
   * @param {LayerPage} page
   * @param {(active: Awaited<ReturnType<typeof focused>>) => boolean} fits
   */
  async function tabTo(page, fits) {
    for (let pressed = 0; pressed < 150; pressed += 1) {
      await press(page, "Tab");
      if (fits(await focused(page))) return;
    }
    assert.fail("Tab never got there");
  }

  /** The paths of the tree's rows, after the tree has shown them. @param {LayerPage} page */
  async function rows(page) {
    return page.part("row").evaluateAll((rows) => rows.map((row) => row.dataset.path));
  }

  it("the whole job: choose files, set the runtime, name the layer, build, download", async () => {
    const page = await on.open();
    await tabTo(page, ({ part }) => part === "choose-files");
    const chooser = page.page.waitForEvent("filechooser");
    await page.hearing("layerdrop-change", async () => {
      await press(page, "Enter");
      await (await chooser).setFiles(files);
    });
    await tabTo(page, ({ value }) => value === "python3.11");
    await page.hearing("layerdrop-change", () => press(page, "Space"));
    await tabTo(page, ({ field }) => field === "layerName");
    await page.page.keyboard.type("by-keys");
    await page.hearing("layerdrop-change", () => press(page, "Enter"));
    const { runtimes, layerName } = await page.settings();
    assert.deepEqual({ runtimes, layerName }, { runtimes: ["python3.11"], layerName: "by-keys" });
    await tabTo(page, ({ part }) => part === "build");
    await press(page, "Enter");
    await page.part("result").waitFor();
    assert.equal((await focused(page)).part, "build", "the focus stays while the layer is built");
    await tabTo(page, ({ part }) => part === "download");
    const download = page.page.waitForEvent("download");
    await press(page, "Space");
    assert.equal((await download).suggestedFilename(), "by-keys.zip");
    await tabTo(page, ({ part }) => part === "tab-sh");
    await press(page, "ArrowRight");
    assert.equal((await focused(page)).part, "tab-powershell");
    assert.match(await page.part("command").innerText(), /`\n/, "PowerShell's way to go on in the next line");
  });

  async function inTree() {
    const page = await on.open();
    await page.drop(files);
    await page.part("row").first().waitFor();
    await tabTo(page, ({ part }) => part === "row");
    return page;
  }

  it("the tree is walked, opened and closed with arrows, Home and End", async () => {
    const page = await inTree();
    assert.equal((await focused(page)).path, "python");
    await press(page, "ArrowDown");
    assert.equal((await focused(page)).path, "python/certifi");
    assert.equal((await focused(page)).open, "false");
    await press(page, "ArrowRight");
    await page.part("row").and(page.page.locator('[data-path="python/certifi/cacert.pem"]')).waitFor();
    assert.deepEqual([(await focused(page)).path, (await focused(page)).open], ["python/certifi", "true"]);
    await press(page, "ArrowRight", "ArrowDown");
    assert.equal((await focused(page)).path, "python/certifi/__main__.py");
    await press(page, "ArrowLeft");
    await page.part("row").and(page.page.locator('[data-path="python/certifi"]:focus')).waitFor();
    await press(page, "ArrowLeft");
    await page
      .part("row")
      .and(page.page.locator('[data-path="python/certifi/cacert.pem"]'))
      .waitFor({ state: "detached" });
    await press(page, "End");
    assert.equal((await focused(page)).path, (await rows(page)).at(-1));
    await press(page, "Home");
    assert.equal((await focused(page)).path, "python");
    // What is found in the folder comes in a moment later, and brings buttons before the ones that are there.
    await page.part("row-findings").waitFor();
    await press(page, "Tab", "Shift+Tab");
    assert.equal((await focused(page)).path, "python", "Tab leaves the tree and comes back to the same row");
  });

  it("Delete leaves out, Delete again takes back, and both are undone and done again", async () => {
    const page = await inTree();
    const all = await page.paths();
    const without = all.filter((path) => !path.startsWith("python/certifi/"));
    await press(page, "ArrowDown");
    const change = (keys) => page.hearing("layerdrop-change", () => press(page, keys));
    const expect = async (paths) => {
      assert.deepEqual(await page.paths(), paths);
      assert.equal((await focused(page)).path, "python/certifi", "the focus stays on the row");
    };
    await change("Delete");
    await expect(without);
    await page.part("row").and(page.page.locator('.excluded[data-path="python/certifi"]')).waitFor();
    await change("Delete");
    await expect(all);
    await change("Control+z");
    await expect(without);
    await change("Control+z");
    await expect(all);
    await change("Control+Shift+Z");
    await expect(without);
    await change("Control+y");
    await expect(all);
  });

  it("what a key did is said, for those who don't see it", async () => {
    const page = await inTree();
    await press(page, "ArrowDown");
    await page.hearing("layerdrop-change", () => press(page, "Delete"));
    await page.element.getByRole("treeitem", { name: /certifi.*excluded/ }).waitFor();
    await press(page, "Control+z");
    await page.part("status").getByText("Undone: exclude python/certifi").waitFor();
  });

  it("in a text field Ctrl+Z is the field's own", async () => {
    const page = await inTree();
    for (const part of [page.element.getByRole("textbox", { name: "Layer name" }), page.part("filter")]) {
      await part.fill("half a name");
      await press(page, "Control+z");
      assert.notDeepEqual(await page.paths(), []);
    }
  });
});
