/**
 * The workbench: its panes, how they are linked, and what can be done in them with a pointer alone.
 */

import assert from "node:assert/strict";
import { before, describe, it } from "node:test";
import { stage } from "./support/stage.js";
import { REQUESTS, wheel, wheels } from "./support/wheels.js";

describe("the workbench", { timeout: 120_000 }, () => {
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
});
