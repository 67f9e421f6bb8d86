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
        element: active?.localName,
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

  it("the whole way: add a sample, fix a finding, move a file, undo, copy the command, download", async () => {
    const page = await on.open({ context: { permissions: ["clipboard-read", "clipboard-write"] } });
    const change = (...keys) => page.hearing("layerdrop-change", () => press(page, ...keys));
    const rules = async () => (await page.plan()).findings.map(({ rule }) => rule);
    await tabTo(page, ({ part }) => part === "sample-python");
    await change("Enter");
    const paths = await page.paths();
    assert.ok(paths.includes("python/greetings/words.py"));

    const earlier = await rules();
    await tabTo(page, ({ part }) => part === "fix");
    await change("Enter");
    assert.ok((await rules()).length < earlier.length, "the finding is gone");
    assert.ok(!["body", "layer-drop"].includes((await focused(page)).element), "and the focus is not");

    await tabTo(page, ({ part }) => part === "row");
    const onRow = (path) => page.part("row").and(page.page.locator(`[data-path="${path}"]:focus`)).waitFor();
    await page.page.keyboard.type("greetings");
    await onRow("python/greetings");
    await press(page, "ArrowRight");
    await page.part("row").and(page.page.locator('[data-path="python/greetings/words.py"]')).waitFor();
    await press(page, "ArrowDown", "ArrowDown");
    await onRow("python/greetings/words.py");
    await press(page, "Shift+F10");
    await page.part("menu").getByRole("menuitem").first().and(page.page.locator(":focus")).waitFor();
    await press(page, "ArrowDown", "Enter");
    await page.part("move-folder").and(page.page.locator(":focus")).waitFor();
    await page.page.keyboard.type("python/plurals");
    await page.part("move-to").getByRole("option", { name: "/opt/python/plurals", exact: true, selected: true }).waitFor();
    await change("Enter");
    await onRow("python/plurals/words.py");
    assert.ok((await page.paths()).includes("python/plurals/words.py"));
    await change("Control+z");
    assert.deepEqual(await page.paths(), paths);

    await tabTo(page, ({ part }) => part === "build");
    await press(page, "Enter");
    await page.part("result").waitFor();
    await tabTo(page, ({ part }) => part === "copy");
    await press(page, "Enter");
    await page.part("status").getByText("Command copied.").waitFor();
    const { commands } = await page.build();
    assert.equal(await page.page.evaluate(() => navigator.clipboard.readText()), commands.publish.sh);
    await tabTo(page, ({ part }) => part === "download");
    const download = page.page.waitForEvent("download");
    await press(page, "Enter");
    assert.match((await download).suggestedFilename(), /\.zip$/);
  });

  it("the tree is what assistive technology is told of: items with name, level, position, and what they are", async () => {
    const page = await inTree();
    await press(page, "ArrowDown", "ArrowRight");
    await page.part("row").and(page.page.locator('[data-path="python/certifi/cacert.pem"]')).waitFor();
    const session = await page.page.context().newCDPSession(page.page);
    const { nodes } = await session.send("Accessibility.getFullAXTree");
    const told = nodes
      .filter(({ ignored, role }) => !ignored && ["tree", "treeitem"].includes(role?.value))
      .map(({ role, name, properties }) => {
        const of = Object.fromEntries(properties.map(({ name, value }) => [name, value.value]));
        return { role: role.value, name: name.value, level: of.level, expanded: of.expanded, selected: of.selected, focused: of.focused ?? false };
      });
    const [tree, ...items] = told;
    assert.equal(tree.role, "tree");
    assert.notEqual(tree.name, "");
    assert.equal(items.length, await page.part("row").count(), "every row is an item");
    const item = (path) => items.find(({ name }) => new RegExp(`^${path}\\b`).test(name));
    assert.match(item("python").name, /^python folder .*46 files/);
    const { level, expanded, focused: has } = item("certifi");
    assert.deepEqual([level, expanded, has], [2, true, true]);
    assert.deepEqual([item("cacert.pem").level, item("cacert.pem").expanded], [3, undefined]);
    assert.ok(items.every(({ name }) => name.length > 0));
    // How many there are beside it, and which of them it is: of the rows that are not drawn, too.
    const places = await page.part("row").evaluateAll((rows) => rows.map((row) => [row.ariaPosInSet, row.ariaSetSize].map(Number)));
    assert.ok(places.every(([at, of]) => at >= 1 && at <= of), JSON.stringify(places));
  });

  it("what is said is said in regions that were there before, and stay when it has faded", async () => {
    const page = await on.open();
    await page.page.clock.install();
    const session = await page.page.context().newCDPSession(page.page);
    const regions = async () => {
      const { nodes } = await session.send("Accessibility.getFullAXTree");
      return nodes.filter(({ ignored, role }) => !ignored && role?.value === "status").length;
    };
    assert.equal(await regions(), 1, "before anything was said");
    await page.drop(files);
    await page.part("status").getByText("Added").waitFor();
    await page.page.clock.runFor(30_000);
    await page.element.locator(".toast.past").waitFor({ state: "attached" });
    assert.equal(await regions(), 1, "when it has faded");
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

  it("PageDown and PageUp go on by what is in sight, Enter opens a folder or goes to a file's details, Ctrl+F filters", async () => {
    const page = await inTree();
    const on = (path) => page.part("row").and(page.page.locator(`[data-path="${path}"]:focus`)).waitFor();
    await press(page, "*", "ArrowDown", "Enter");
    await page.part("row").and(page.page.locator('[data-path="python/certifi/cacert.pem"]')).waitFor();
    await press(page, "Home", "PageDown");
    const down = (await focused(page)).path;
    assert.notEqual(down, "python");
    await press(page, "PageUp");
    await on("python");
    await press(page, "ArrowDown", "Enter");
    await page.part("row").and(page.page.locator('[data-path="python/certifi/cacert.pem"]')).waitFor({ state: "detached" });
    await press(page, "Enter");
    await page.part("row").and(page.page.locator('[data-path="python/certifi/cacert.pem"]')).waitFor();
    await press(page, "ArrowDown", "ArrowDown", "ArrowDown");
    const { path } = await focused(page);
    await press(page, "Enter");
    await page.element.locator("#details:focus").waitFor();
    await page.part("details").getByText(`/opt/${path}`).waitFor();
    await tabTo(page, ({ part }) => part === "exclude");
    await press(page, "Escape");
    await on(path);
    await press(page, "Control+f");
    await page.part("filter").and(page.page.locator(":focus")).waitFor();
    await page.page.keyboard.type("cacert");
    await page.part("filter-count").getByText("1 file").waitFor();
    await press(page, "ArrowDown");
    assert.equal((await focused(page)).part, "row");
  });

  it("every dialog closes with Escape, and the focus is where it was", async () => {
    const page = await inTree();
    await press(page, "ArrowDown");
    const back = () => page.part("row").and(page.page.locator('[data-path="python/certifi"]:focus')).waitFor();
    for (const [item, dialog] of [["menu-move", "move-to"], ["menu-folder", "write"], ["menu-file", "write"]]) {
      await press(page, "Shift+F10");
      await page.part(item).press("Enter");
      await page.part(dialog).waitFor();
      assert.equal((await focused(page)).element, "input", `${item} begins where one types`);
      await press(page, "Escape");
      await page.part(dialog).waitFor({ state: "hidden" });
      await back();
    }
    await press(page, "F2");
    await page.part("rename").waitFor();
    await press(page, "Escape");
    await back();
    await press(page, "?");
    await page.part("shortcuts").waitFor();
    await press(page, "Escape");
    await back();
    await page.part("keys").press("Enter");
    await page.part("shortcuts").waitFor();
    await press(page, "Enter"); // Its close button has the focus.
    await page.part("shortcuts").waitFor({ state: "hidden" });
    assert.equal((await focused(page)).part, "keys");
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
