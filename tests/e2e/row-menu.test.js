/**
 * All that can be done with rows without dragging: their menu, moving by a folder picker, new folders and files.
 */

import assert from "node:assert/strict";
import { before, describe, it } from "node:test";
import { stage } from "./support/stage.js";
import { REQUESTS, wheels } from "./support/wheels.js";

describe("the menu of rows", { timeout: 600_000 }, () => {
  const on = stage();
  /** @type {string[]} */
  let files = [];
  before(async () => {
    files = await wheels(REQUESTS.slice(0, 3));
  });

  async function filled() {
    const page = await on.open();
    await page.drop(files);
    await row(page, "python/certifi").click();
    await row(page, "python/certifi/cacert.pem").waitFor();
    return page;
  }

  /** @typedef {import("./support/page.js").LayerPage} LayerPage */
  const row = (/** @type {LayerPage} */ page, /** @type {string} */ path) =>
    page.part("row").and(page.page.locator(`[data-path="${path}"]`));
  const focused = (/** @type {LayerPage} */ page, /** @type {string} */ path) =>
    row(page, path).and(page.page.locator(":focus")).waitFor();
  const items = (/** @type {LayerPage} */ page) => page.part("menu").getByRole("menuitem").allInnerTexts();

  it("opens by right click, Shift+F10, the menu key, a button, and a spot in the row; Escape gives the focus back", async () => {
    const page = await filled();
    const file = row(page, "python/certifi/cacert.pem");
    const menu = page.part("menu");
    /** @type {[string, () => Promise<void>][]} */
    const ways = [
      ["right click", () => file.click({ button: "right" })],
      ["Shift+F10", () => page.page.keyboard.press("Shift+F10")],
      ["the menu key", () => page.page.keyboard.press("ContextMenu")],
      ["the row's spot", () => file.locator(".more").click()],
    ];
    for (const [way, open] of ways) {
      await open();
      await menu.waitFor();
      await menu.getByRole("menuitem", { name: "Rename…" }).and(page.page.locator(":focus")).waitFor();
      await page.page.keyboard.press("Escape");
      await menu.waitFor({ state: "hidden" });
      await focused(page, "python/certifi/cacert.pem");
      assert.ok(way);
    }
    const button = page.part("actions");
    const { width, height } = await button.boundingBox();
    assert.ok(width >= 24 && height >= 24);
    await button.click();
    assert.equal(await button.getAttribute("aria-expanded"), "true");
    assert.deepEqual(await items(page), ["Rename…\nF2", "Move to…", "Copy path\nCtrl+C", "Cut\nCtrl+X", "Exclude\nDelete", "Make executable", "New folder…", "New text file…"]);
    for (const [key, name] of [
      ["End", "New text file…"],
      ["ArrowDown", "Rename…"],
      ["m", "Move to…"],
      ["ArrowUp", "Rename…"],
    ]) {
      await page.page.keyboard.press(key);
      await menu.getByRole("menuitem", { name }).and(page.page.locator(":focus")).waitFor();
    }
    await page.page.keyboard.press("Escape");
    await button.and(page.page.locator(":focus")).waitFor();
    assert.equal(await button.getAttribute("aria-expanded"), null);
  });

  it("moves to a folder that is found by typing, by the keyboard alone", async () => {
    const page = await filled();
    await row(page, "python/certifi/cacert.pem").click();
    await page.page.keyboard.press("Shift+F10");
    await page.part("menu-move").press("Enter");
    const dialog = page.part("move-to");
    await dialog.getByRole("heading", { name: "Move cacert.pem to…" }).waitFor();
    const field = page.part("move-folder");
    await field.and(page.page.locator(":focus")).waitFor();
    assert.equal(await dialog.getByRole("option", { name: "/opt/python/certifi", exact: true }).count(), 0, "it is there already");
    await page.page.keyboard.type("idna");
    const chosen = dialog.getByRole("option", { selected: true });
    assert.equal(await chosen.innerText(), "/opt/python/idna");
    await page.hearing("layerdrop-change", () => page.page.keyboard.press("Enter"));
    await focused(page, "python/idna/cacert.pem");
    assert.ok((await page.paths()).includes("python/idna/cacert.pem"));
  });

  it("moves several rows into a folder that is new, with the pointer alone, as one step", async () => {
    const page = await filled();
    const all = await page.paths();
    await row(page, "python/certifi/__main__.py").click();
    await row(page, "python/certifi/cacert.pem").click({ modifiers: ["Control"] });
    await row(page, "python/certifi/cacert.pem").click({ button: "right" });
    assert.ok((await items(page)).includes("Exclude all 2\nDelete"));
    await page.part("menu-move").click();
    await page.part("move-folder").fill("/opt/python/shared/");
    await page.part("move-to").getByRole("option", { name: "New folder /opt/python/shared" }).click();
    await page.hearing("layerdrop-change", () => page.part("move-to-send").click());
    const moved = await page.paths();
    for (const name of ["__main__.py", "cacert.pem"]) assert.ok(moved.includes(`python/shared/${name}`), `${moved}`);
    await page.hearing("layerdrop-change", () => page.part("undo").click());
    assert.deepEqual(await page.paths(), all);
  });

  it("copies the paths of what is selected, by Ctrl+C as well, which leaves a selected text alone", async () => {
    const page = await on.open({ context: { permissions: ["clipboard-read", "clipboard-write"] } });
    await page.drop(files);
    await row(page, "python/certifi").click();
    const copied = () => page.page.evaluate(() => navigator.clipboard.readText());
    await row(page, "python/certifi/cacert.pem").click();
    await page.page.keyboard.press("Control+c");
    await page.part("status").getByText("1 path copied.").waitFor();
    assert.equal(await copied(), "/opt/python/certifi/cacert.pem");
    await row(page, "python/certifi/core.py").click({ modifiers: ["Control"] });
    await page.part("actions").click();
    await page.part("menu-copy-path").getByText("Copy paths").click();
    await page.part("status").getByText("2 paths copied.").waitFor();
    assert.equal(await copied(), "/opt/python/certifi/cacert.pem\n/opt/python/certifi/core.py");
    await row(page, "python/certifi/core.py").focus();
    await page.page.evaluate(() => {
      const text = document.body.appendChild(document.createElement("p"));
      text.textContent = "a text beside";
      getSelection().selectAllChildren(text);
    });
    await page.page.keyboard.press("Control+c");
    assert.equal(await copied(), "a text beside");
  });

  it("cuts and pastes, and makes executable", async () => {
    const page = await filled();
    await row(page, "python/certifi/cacert.pem").click({ button: "right" });
    await page.part("menu-cut").click();
    await page.part("status").getByText("1 row cut.").waitFor();
    await row(page, "python/idna").click({ button: "right" });
    await page.hearing("layerdrop-change", () => page.part("menu-paste").click());
    assert.ok((await page.paths()).includes("python/idna/cacert.pem"));
    await row(page, "python/certifi/__main__.py").click({ button: "right" });
    await page.hearing("layerdrop-change", () => page.part("menu-chmod").click());
    const entry = (await page.plan()).entries.find(({ path }) => path === "python/certifi/__main__.py");
    assert.equal(entry.mode.toString(8), "755");
  });

  it("makes a folder and a small text file beside the row", async () => {
    const page = await filled();
    await row(page, "python/certifi").click({ button: "right" });
    await page.part("menu-file").click();
    const path = page.part("write-path");
    assert.equal(await path.inputValue(), "python/certifi/");
    await path.pressSequentially("note.txt");
    await page.part("write-text").fill("first\nsecond ✓\n");
    await page.hearing("layerdrop-change", () => page.part("write-send").click());
    await focused(page, "python/certifi/note.txt");
    const entry = (await page.plan()).entries.find((entry) => entry.path === "python/certifi/note.txt");
    assert.equal(entry?.size, new TextEncoder().encode("first\nsecond ✓\n").length);
    await page.part("actions").click();
    await page.part("menu-folder").click();
    await page.part("write-text").waitFor({ state: "hidden" });
    await path.fill("python/certifi/empty");
    await page.hearing("layerdrop-change", () => path.press("Enter"));
    await focused(page, "python/certifi/empty");
    await page.hearing("layerdrop-change", () => page.part("undo").click());
    await row(page, "python/certifi/empty").waitFor({ state: "hidden" });
  });

  it("keeps a selection of several rows over a change", async () => {
    const page = await filled();
    await row(page, "python/certifi/__main__.py").click();
    await row(page, "python/certifi/cacert.pem").click({ modifiers: ["Control"] });
    await page.hearing("layerdrop-change", () => page.page.keyboard.press("Delete"));
    const selected = page.element.locator('[role=treeitem][aria-selected="true"]');
    await page.part("exclude").getByText("Include all 2").waitFor();
    assert.equal(await selected.count(), 2);
    await page.hearing("layerdrop-change", () => page.page.keyboard.press("Delete"));
    await page.part("exclude").getByText("Exclude all 2").waitFor();
    assert.equal(await selected.count(), 2);
  });
});
