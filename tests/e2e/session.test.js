/**
 * The session outlives the page: with its files and all its steps, where the browser keeps them; else with its recipe.
 */

import assert from "node:assert/strict";
import { before, describe, it } from "node:test";
import { kept, until } from "./support/kept.js";
import { stage } from "./support/stage.js";
import { REQUESTS, wheels } from "./support/wheels.js";

const embedded = (/** @type {string} */ attributes) =>
  `<!doctype html><html lang="en"><script type="module" src="layer-drop.js"></script><layer-drop${attributes}></layer-drop></html>`;

describe("the session", { timeout: 200_000 }, () => {
  const on = stage({ pages: { "embedded.html": embedded(""), "keeping.html": embedded(" keep-session") } });
  /** @type {string[]} */
  let files = [];
  before(async () => {
    files = await wheels(REQUESTS.slice(0, 2));
  });

  async function worked(page) {
    await page.set({ layerName: "kept" });
    await page.drop(files);
    await page.call("apply", { op: "exclude", path: "python/certifi/cacert.pem" });
    await page.call("apply", { op: "rename", path: "python/certifi/py.typed", name: "typed" });
    await page.call("undo");
  }

  /** The same page at a later visit. @param {import("./support/page.js").LayerPage} page */
  async function again(page) {
    const url = page.page.url();
    await page.page.goto("about:blank");
    await page.page.goto(url);
    await page.ready();
  }

  it("comes back after a reload with its files, its steps, and what was undone", async () => {
    const page = await on.open();
    await worked(page);
    const [before, { codeSha256 }] = [await page.plan(), await page.build()];
    await page.part("start-over").click();
    await until(page, ({ steps }) => steps.some(({ call }) => call === "clear"));
    await page.page.reload();
    await page.part("status").getByText("The last session is back").waitFor();
    assert.deepEqual(await page.paths(), [], "it was started over");
    await page.hearing("layerdrop-change", () => page.part("undo").click());
    const after = await page.plan();
    assert.deepEqual(after.entries, before.entries);
    assert.deepEqual(after.excluded, before.excluded);
    assert.equal((await page.settings()).layerName, "kept");
    assert.equal((await page.build()).codeSha256, codeSha256);
    await page.hearing("layerdrop-change", () => page.part("undo").click());
    assert.ok((await page.paths()).includes("python/certifi/cacert.pem"));
  });

  it("is offered to a later visit, and gives way to what is dropped there", async () => {
    const page = await on.open();
    await worked(page);
    const paths = await page.paths();
    await until(page, ({ steps }) => steps.some(({ call }) => call === "undo"));
    await again(page);
    await page.part("restore").waitFor();
    assert.deepEqual(await page.paths(), [], "only offered");
    await page.hearing("layerdrop-change", () => page.part("restore").click());
    assert.deepEqual(await page.paths(), paths);
    await again(page);
    await page.part("restore").waitFor();
    await page.drop(files.slice(0, 1));
    assert.equal(await page.part("restore").isVisible(), false);
  });

  it("stays as it was kept where taking it up again is cancelled half-way, and is offered again", async () => {
    const page = await on.open();
    await page.drop(files.slice(0, 1));
    await page.drop(files.slice(1));
    await page.call("apply", { op: "exclude", path: "python/certifi/cacert.pem" });
    const paths = await page.paths();
    await until(page, ({ steps }) => steps.some(({ call }) => call === "apply"));
    const before = await kept(page);
    await again(page);
    await page.part("restore").waitFor();
    // The second drop takes for ever.
    await page.worker().evaluate(() => {
      const add = wasm_bindgen.Session.prototype.add;
      let drops = 0;
      wasm_bindgen.Session.prototype.add = function (...args) {
        for (drops += 1; drops > 1; );
        return add.apply(this, args);
      };
    });
    await page.part("restore").click();
    await page.part("cancel").click();
    await page.part("status").getByText("The last session is still kept.").waitFor();
    assert.deepEqual(await page.paths(), [], "nothing of it is on the page");
    assert.deepEqual(await kept(page), before);
    await page.hearing("layerdrop-change", () => page.part("restore").click());
    assert.deepEqual(await page.paths(), paths);
  });

  it("that its page did not survive is not taken up by itself again", async () => {
    const page = await on.open();
    await worked(page);
    await until(page, ({ steps }) => steps.some(({ call }) => call === "undo"));
    // As it is left when the page dies meanwhile.
    await page.page.evaluate(() => sessionStorage.setItem("layerdrop-restoring", "1"));
    await page.page.reload();
    await page.part("restore").waitFor();
    assert.deepEqual(await page.paths(), []);
  });

  it("is forgotten when that is wanted, before it is taken up again and after", async () => {
    const page = await on.open();
    await worked(page);
    await until(page, ({ steps }) => steps.some(({ call }) => call === "undo"));
    await again(page);
    await page.part("forget-session").click();
    await page.part("status").getByText("Forgotten.").waitFor();
    assert.equal(await kept(page), null);
    await page.drop(files);
    await page.plan();
    await again(page);
    assert.equal(await page.part("restore").isVisible(), false, "nor is it kept any longer on this page");
    await worked(page);
    await until(page, ({ steps }) => steps.some(({ call }) => call === "undo"));
    await page.page.reload();
    await page.part("status").getByText("The last session is back").waitFor();
    await page.part("keep").click();
    await page.part("stop-keeping").click();
    await page.part("status").getByText("Forgotten.").waitFor();
    assert.equal(await kept(page), null);
    await page.part("stop-keeping").waitFor({ state: "hidden" });
  });

  it("asks for the same files where the browser does not keep them, and knows them by their content", async () => {
    const page = await on.open({
      first: () => {
        const put = IDBObjectStore.prototype.put;
        IDBObjectStore.prototype.put = function (value, key) {
          if (Array.isArray(value)) throw new DOMException("no files here", "DataCloneError");
          return put.call(this, value, key);
        };
      },
    });
    await worked(page);
    const paths = await page.paths();
    await until(page, ({ recipe }) => recipe?.includes("cacert.pem"));
    await page.page.reload();
    await page.part("alert").getByText(/Add them again: certifi.*, requests/).waitFor();
    await page.drop(files.slice(0, 1));
    await page.part("status").getByText(/^Recipe applied\. Not among the files: certifi/).waitFor();
    await page.drop(files.slice(1));
    await page.part("status").getByText(/^Recipe applied\.$/).waitFor();
    assert.deepEqual(await page.paths(), paths);
    assert.equal((await page.settings()).layerName, "kept");
  });

  it("is kept on other people's pages only where they say so", async () => {
    const page = await on.open({ url: "keeping.html" });
    await worked(page);
    await until(page, ({ steps }) => steps.some(({ call }) => call === "undo"));
    await page.page.goto(new URL("embedded.html", on.site.url).href);
    await page.ready();
    await page.drop(files);
    await page.part("keep").click();
    assert.equal(await page.part("stop-keeping").isVisible(), false);
    assert.equal(await kept(page), null);
  });
});
