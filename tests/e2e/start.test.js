/**
 * The page can be worked with before its engine is there, and little has to travel for that.
 */

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { gzipSync } from "node:zlib";
import { LayerPage } from "./support/page.js";
import { allowed } from "./support/promised.js";
import { stage } from "./support/stage.js";

describe("before the engine is there", { timeout: 200_000 }, () => {
  const on = stage();

  it("the page answers, and what is added waits for the engine", async (test) => {
    const context = await on.browser.newContext();
    const page = new LayerPage(await context.newPage());
    /** @type {(() => void)[]} */
    const held = [];
    let holds = true;
    // Worker and wasm never come until they are let through.
    await page.page.route(/worker\.js|\.wasm/, (route) => (holds ? void held.push(() => void route.continue()) : route.continue()));
    /** @type {Map<string, number>} */
    const sizes = new Map();
    page.page.on("response", async (response) => {
      const body = await response.body().catch(() => null);
      if (body) sizes.set(new URL(response.url()).pathname, gzipSync(body, { level: 9 }).length);
    });
    await page.page.goto(on.site.url);

    const chooser = page.page.waitForEvent("filechooser");
    await page.part("choose-files").click();
    await chooser;
    await page.part("privacy").locator("summary").click();
    await page.part("privacy").getByText("See for yourself").waitFor();
    await page.part("sample-python").click();
    await page.part("progress").getByText("Reading").waitFor();
    const total = [...sizes.values()].reduce((sum, size) => sum + size, 0);
    test.diagnostic(`${total} bytes: ${[...sizes].map((one) => one.join(" ")).join(", ")}`);
    assert.ok(total > 20_000 && sizes.has("/layer-drop-element.js"), `${[...sizes.keys()]}`);
    assert.ok(total <= allowed("of them, until the page can be worked with"), `${total} bytes`);

    holds = false;
    await page.hearing("layerdrop-change", async () => held.forEach((go) => go()));
    assert.ok((await page.paths()).includes("python/greetings/__init__.py"));
    assert.deepEqual(page.errors, []);
    await context.close();
  });
});
