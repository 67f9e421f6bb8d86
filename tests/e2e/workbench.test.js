/**
 * The workbench: its panes, how they are linked, and what can be done in them with a pointer alone.
 */

import assert from "node:assert/strict";
import { before, describe, it } from "node:test";
import { stage } from "./support/stage.js";
import { REQUESTS, wheel, wheels } from "./support/wheels.js";

describe("the workbench", { timeout: 600_000 }, () => {
  const on = stage({
    pages: {
      "narrow.html":
        '<!doctype html><script type="module" src="layer-drop.js"></script><style>body{width:600px}</style><layer-drop></layer-drop>',
    },
  });
  /** @type {string[]} */
  let files = [];
  before(async () => {
    files = await wheels(REQUESTS.slice(0, 3));
  });

  /** @param {Parameters<typeof on.open>[0]} [options] */
  async function filled(options) {
    const page = await on.open(options);
    await page.drop(files);
    await page.part("row").first().waitFor();
    return page;
  }

  /** A row of the tree. @param {import("./support/page.js").LayerPage} page @param {string} path */
  const row = (page, path) => page.part("row").and(page.page.locator(`[data-path="${path}"]`));

  it("says on an empty page what it does, that files stay, and how to see that they do", async () => {
    const page = await on.open();
    const privacy = page.part("privacy");
    await privacy.getByText("not uploaded").click();
    await privacy.getByText("network panel").waitFor();
    for (const way of ["choose-files", "choose-folder"]) assert.ok(await page.part(way).isVisible(), way);
    assert.equal(await page.part("contents").isVisible(), false);
  });

  it("has as many columns as its container, not the window, has room for", async () => {
    /** @type {[Parameters<typeof on.open>[0], number][]} */
    const rooms = [
      [{ context: { viewport: { width: 1440, height: 900 } } }, 3],
      [{ context: { viewport: { width: 1000, height: 900 } } }, 2],
      [{ context: { viewport: { width: 400, height: 900 } } }, 1],
      [{ url: "narrow.html", context: { viewport: { width: 1440, height: 900 } } }, 1],
    ];
    for (const [options, columns] of rooms) {
      const page = await filled(options);
      const places = await Promise.all(
        ["contents", "findings", "layer"].map(async (part) => Math.floor((await page.part(part).boundingBox()).x / 100)),
      );
      assert.equal(new Set(places).size, columns, `${JSON.stringify(options)}: ${places}`);
    }
  });

  it("says what the layer works without, and leaves it out and takes it back", async () => {
    const page = await on.open();
    await page.set({ runtimes: ["python3.12"] });
    await page.add([
      { path: "pkg/__init__.py", text: "" },
      { path: "pkg/__init__.pyi", text: "" },
      { path: "pkg/tests/test_pkg.py", text: "import pkg\n" },
    ]);
    await page.part("slimming").locator("summary").first().click();
    const group = (/** @type {string} */ id) => page.part("saving").and(page.page.locator(`[data-group=${id}]`));
    await group("type-stubs").waitFor();
    await group("tests").getByText("11 B in 1 file").waitFor();
    const paths = async () => (await page.plan()).entries.map(({ path }) => path);
    await group("tests").locator("[part=slim]").click();
    await group("tests").waitFor({ state: "detached" });
    assert.deepEqual(await paths(), ["python/pkg/__init__.py", "python/pkg/__init__.pyi"]);
    await page.part("undo").click();
    await group("tests").waitFor();
    assert.deepEqual((await page.plan()).slimming.groups.map(({ id, kind }) => [id, kind]), [
      ["tests", "safe"],
      ["type-stubs", "safe"],
    ]);
  });

  it("shows of a row where it came from, its sizes and facts, and lets it be made executable", async () => {
    const page = await filled();
    await row(page, "python/certifi").click();
    await row(page, "python/certifi/__main__.py").click();
    const details = page.part("details");
    await details.getByText("/opt/python/certifi/__main__.py").waitFor();
    await details.getByText(REQUESTS[1], { exact: true }).waitFor();
    await details.getByText(/in the zip/).waitFor();
    await details.getByText("Recognised as").waitFor();
    const mode = async () =>
      (await page.plan()).entries.find(({ path }) => path === "python/certifi/__main__.py")?.mode.toString(8);
    assert.equal(await mode(), "644");
    await page.hearing("layerdrop-change", () => page.part("chmod").click());
    assert.equal(await mode(), "755");
    await details.getByText("0755").waitFor();
    await page.part("chmod").getByText("Not executable").waitFor();
    await page.hearing("layerdrop-change", () => page.part("exclude").click());
    assert.equal(await mode(), undefined);
    await page.part("exclude").getByText("Include").waitFor();
  });

  it("links findings with rows, both ways", async () => {
    const page = await filled();
    await page.set({ runtimes: ["python3.12"], architectures: ["arm64"] });
    await page.drop([await wheel(REQUESTS[4])]);
    const finding = page.part("findings").locator("[data-rule=wrong-python-version]");
    await finding.locator("[part~=show]").click();
    const focused = page.element.locator("[role=treeitem]:focus");
    await focused.waitFor();
    const path = await focused.getAttribute("data-path");
    assert.match(path, /^python\/charset_normalizer/);
    await page.part("details").getByText(`/opt/${path}`, { exact: true }).waitFor();
    await page.part("row-findings").getByRole("button", { name: /python3\.12 cannot load it/ }).click();
    await finding.locator("summary:focus").waitFor();
  });

  it("fixes all that is safe to fix as one step, and lists the checks that passed", async () => {
    const page = await filled();
    await page.set({ layerName: "two words", runtimes: [] });
    const rules = async () => (await page.plan()).findings.map(({ rule }) => rule);
    const earlier = await rules();
    assert.ok(earlier.includes("invalid-layer-name"), `${earlier}`);
    const all = page.part("fix-all");
    await all.waitFor();
    await all.focus();
    await page.hearing("layerdrop-change", () => page.page.keyboard.press("Enter"));
    await all.waitFor({ state: "hidden" });
    await page.element.getByRole("heading", { name: "Findings" }).and(page.page.locator(":focus")).waitFor();
    const safe = (await page.plan()).findings.filter(({ fixes }) => fixes.some(({ kind }) => kind === "safe"));
    assert.deepEqual(safe, []);
    await page.hearing("layerdrop-change", () => page.part("undo").click());
    assert.deepEqual(await rules(), earlier);
    const passed = page.part("passed");
    const said = Number.parseInt(await passed.locator("summary").innerText());
    await passed.locator("summary").click();
    assert.ok(said > 0);
    assert.equal(await passed.getByRole("listitem").count(), said);
    await passed.getByText("3 archives").first().waitFor();
  });

  /** @param {import("./support/page.js").LayerPage} page @param {...string} keys */
  async function press(page, ...keys) {
    for (const key of keys) await page.page.keyboard.press(key);
  }

  /** Waits until that row has the focus. @param {import("./support/page.js").LayerPage} page @param {string} path */
  const focusOn = (page, path) => row(page, path).and(page.page.locator(":focus")).waitFor();

  it("filters by name, marks what matches, and takes the filter back", async () => {
    const page = await filled();
    const filter = page.part("filter");
    await filter.fill("pem");
    await page.part("filter-count").getByText("1 file").waitFor();
    const found = row(page, "python/certifi/cacert.pem");
    await found.waitFor();
    assert.equal(await found.locator("mark").innerText(), "pem");
    await page.part("status").getByText("1 file found.").waitFor();
    await filter.press("ArrowDown");
    await press(page, "End");
    await focusOn(page, "python/certifi/cacert.pem");
    // What changes meanwhile is filtered too.
    await page.hearing("layerdrop-change", () => press(page, "Delete"));
    await filter.press("Escape");
    assert.equal(await filter.inputValue(), "");
    await row(page, "python/requests").waitFor();
    await filter.fill("nothing is called so");
    await page.element.getByText("No name matches.").waitFor();
  });

  it("opens single folders in folders as one row, and folders beside with *", async () => {
    const page = await on.open();
    await page.add([
      { path: "deep/a/b/c/one.py", text: "x = 1\n" },
      { path: "other/two.py", text: "x = 1\n" },
    ]);
    const names = () => page.part("row").evaluateAll((rows) => rows.map((row) => row.dataset.path));
    await page.part("row").first().click();
    await press(page, "Home", "ArrowRight", "*");
    await page.element.getByRole("treeitem", { name: /one\.py/ }).waitFor();
    const paths = await names();
    assert.ok(!paths.some((path) => path.endsWith("/a") || path.endsWith("/b")), `${paths}`);
  });

  it("goes to what is typed", async () => {
    const page = await filled();
    await row(page, "python").focus();
    await page.page.keyboard.type("req");
    await focusOn(page, "python/requests");
    await page.part("details").getByText("/opt/python/requests", { exact: true }).waitFor();
  });

  it("selects several rows, leaves them out and moves them as one step", async () => {
    const page = await filled();
    await row(page, "python/certifi").click();
    await row(page, "python/certifi/py.typed").waitFor();
    await row(page, "python/certifi/__init__.py").click();
    await press(page, "Shift+ArrowDown", "Shift+ArrowDown");
    await page.part("exclude").getByText("Exclude all 3").waitFor();
    await press(page, "Control+ArrowUp", "Control+ArrowUp", "Shift+Space");
    await page.part("exclude").getByText("Exclude", { exact: true }).waitFor();
    await press(page, "Control+ArrowDown", "Control+ArrowDown", "Shift+Space");
    await page.part("exclude").getByText("Exclude all 3").waitFor();
    assert.equal(await page.element.locator('[role=treeitem][aria-selected="true"]').count(), 3);
    const all = await page.paths();
    await page.hearing("layerdrop-change", () => press(page, "Delete"));
    assert.equal((await page.paths()).length, all.length - 3);
    await page.hearing("layerdrop-change", () => press(page, "Control+z"));
    assert.deepEqual(await page.paths(), all);

    await row(page, "python/certifi/__main__.py").click();
    await row(page, "python/certifi/cacert.pem").click({ modifiers: ["Control"] });
    await page.part("exclude").getByText("Exclude all 2").waitFor();
    await press(page, "Control+x");
    await row(page, "python/idna").focus();
    await page.hearing("layerdrop-change", () => press(page, "Control+v"));
    const moved = await page.paths();
    for (const name of ["__main__.py", "cacert.pem"]) assert.ok(moved.includes(`python/idna/${name}`), `${moved}`);
    await page.hearing("layerdrop-change", () => press(page, "Control+z"));
    assert.deepEqual(await page.paths(), all);
  });

  it("renames with F2 in place, and moves by a path", async () => {
    const page = await filled();
    await row(page, "python/certifi").click();
    await row(page, "python/certifi/cacert.pem").click();
    await press(page, "F2");
    const field = page.part("rename");
    assert.equal(await field.inputValue(), "cacert.pem");
    await press(page, "Escape");
    await focusOn(page, "python/certifi/cacert.pem");
    await press(page, "F2");
    await page.page.keyboard.type("roots");
    await page.hearing("layerdrop-change", () => press(page, "Enter"));
    assert.ok((await page.paths()).includes("python/certifi/roots.pem"));
    await row(page, "python/certifi/roots.pem").click();
    await page.part("path").fill("python/shared/ca.pem");
    await page.hearing("layerdrop-change", () => page.part("move").click());
    await focusOn(page, "python/shared/ca.pem");
    assert.ok((await page.paths()).includes("python/shared/ca.pem"));
  });

  it("moves by dragging", async () => {
    const page = await filled();
    await row(page, "python/certifi").click();
    await page.hearing("layerdrop-change", () =>
      row(page, "python/certifi/cacert.pem").dragTo(row(page, "python/idna")),
    );
    assert.ok((await page.paths()).includes("python/idna/cacert.pem"));
  });

  it("draws a map of sizes, says the same as a list, and leads from both to the tree", async () => {
    const page = await filled();
    await page.element.getByRole("tab", { name: "Size map" }).click();
    const tile = page.element.locator('.tile[data-path="python/certifi/cacert.pem"]');
    const size = async () => tile.boundingBox().then(({ width, height }) => width * height);
    const unzipped = await size();
    await page.part("map").getByText("In the zip").click();
    await page.page.waitForFunction(
      ([area]) => {
        const tile = document.querySelector("layer-drop").shadowRoot.querySelector('.tile[data-path$="cacert.pem"]');
        return tile && Math.abs(tile.offsetWidth * tile.offsetHeight - area) > 100;
      },
      [unzipped],
    );
    await tile.click();
    await focusOn(page, "python/certifi/cacert.pem");
    await page.part("details").getByText("/opt/python/certifi/cacert.pem").waitFor();
    await page.element.getByRole("tab", { name: "Tree" }).focus();
    await press(page, "End");
    const rows = page.part("list").getByRole("row");
    await rows.nth(1).waitFor();
    const entries = (await page.plan()).entries;
    const largest = entries.reduce((most, entry) => (entry.size > most.size ? entry : most));
    await rows.nth(1).getByRole("button", { name: largest.path }).click();
    await focusOn(page, largest.path);
    assert.equal(await rows.count(), 0, "hidden again");
  });

  it("offers to take back what was done by hand, as long as that is the last step", async () => {
    const page = await filled();
    const all = await page.paths();
    await row(page, "python/certifi").click();
    const exclude = () => page.hearing("layerdrop-change", () => page.part("exclude").click());
    await exclude();
    await page.part("status").getByText("Done: exclude python/certifi.").waitFor();
    await page.hearing("layerdrop-change", () => page.part("take-back").click());
    assert.deepEqual(await page.paths(), all);
    await page.part("status").getByText("Undone: exclude python/certifi.").waitFor();
    await page.part("take-back").waitFor({ state: "hidden" });
    await exclude();
    await page.part("take-back").waitFor();
    await page.call("apply", { op: "exclude", path: "python/idna" });
    await page.part("take-back").waitFor({ state: "hidden" });
    await page.hearing("layerdrop-change", () => page.part("start-over").click());
    await page.part("status").getByText("Started over.").waitFor();
    await page.hearing("layerdrop-change", () => page.part("take-back").click());
    assert.ok((await page.paths()).length > 0);
  });

  it("shows its keys on ?, goes to the filter on / and to findings on F8, but not where text is typed", async () => {
    const page = await filled();
    await page.set({ runtimes: ["python9.9"], layerName: "two words" });
    await page.plan();
    const sheet = page.part("shortcuts");
    await page.element.getByRole("textbox", { name: "Layer name" }).focus();
    await press(page, "?");
    assert.equal(await sheet.isVisible(), false);
    await row(page, "python").focus();
    await press(page, "?");
    await sheet.waitFor();
    await press(page, "Escape");
    await focusOn(page, "python");
    await press(page, "/");
    await page.part("filter").and(page.page.locator(":focus")).waitFor();
    await row(page, "python").focus();
    const finding = (index) => page.element.locator(`[data-finding="${index}"] summary:focus`).waitFor();
    await press(page, "F8");
    await finding(0);
    await press(page, "F8");
    await finding(1);
    await press(page, "Shift+F8", "Shift+F8");
    await finding((await page.plan()).findings.length - 1);
  });

  it("has samples to try: two that work after the safe fixes, one that would fail", async () => {
    for (const [sample, path, rules] of [
      ["python", "python/greetings/__init__.py", []],
      ["node", "nodejs/node_modules/greetings/index.js", []],
      ["wrong", "python/colours/__init__.py", ["foreign-binary"]],
    ]) {
      const page = await on.open();
      await page.hearing("layerdrop-change", () => page.part(`sample-${sample}`).click());
      assert.ok((await page.paths()).includes(path), sample);
      if (sample !== "wrong") await page.call("apply", { op: "fixAll" });
      const bad = (await page.plan()).findings.filter(({ severity }) => severity === "error").map(({ rule }) => rule);
      assert.ok(
        rules.length > 0 ? rules.every((rule) => bad.includes(rule)) : bad.length === 0,
        `${sample}: ${JSON.stringify((await page.plan()).findings.map(({ rule, message }) => [rule, message]))}`,
      );
      assert.equal(await page.part(`sample-${sample}`).isVisible(), false, "only on an empty page");
    }
  });
});
