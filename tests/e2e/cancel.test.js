/**
 * Work that is cancelled: the call is answered at once, the session is as before, and the next build gives the same bytes.
 */

import assert from "node:assert/strict";
import { before, describe, it } from "node:test";
import { stage } from "./support/stage.js";
import { BIG, REQUESTS, wheels } from "./support/wheels.js";

/** Milliseconds in which a cancelled call answers. */
const PROMPT = 200;

describe("cancelled work", { timeout: 120_000 }, () => {
  const on = stage();
  /** @type {string[]} */
  let files = [];
  let reference = "";

  before(async () => {
    // Enough that a build is still under way when its first progress is heard.
    files = await wheels([...REQUESTS, ...BIG.slice(0, 4)]);
    const page = await filled();
    reference = (await page.build()).digest;
    await on.closePages();
  });

  async function filled() {
    const page = await on.open();
    await page.set({ runtimes: ["python3.11"] });
    await page.drop(files);
    return page;
  }

  /** @param {import("./support/page.js").LayerPage} page */
  async function state(page) {
    return { plan: await page.plan(), settings: await page.settings() };
  }

  it("a build that a signal aborts half-way answers at once and leaves no trace", async (test) => {
    const page = await filled();
    const earlier = await state(page);
    const { name, took, done } = await page.element.evaluate(async (element) => {
      const stop = new AbortController();
      let [aborted, done] = [0, 0];
      element.addEventListener("layerdrop-progress", (event) => {
        const progress = event.detail;
        if (aborted || progress.phase !== "packing" || progress.done < progress.total / 4) return;
        done = progress.done / progress.total;
        aborted = performance.now();
        stop.abort();
      });
      const name = await element.build({ signal: stop.signal }).then(
        () => "built",
        (error) => error.name,
      );
      return { name, took: performance.now() - aborted, done };
    });
    assert.equal(name, "AbortError");
    assert.ok(done < 1, "it was under way");
    test.diagnostic(`answered ${took.toFixed(1)} ms after the abort, at ${Math.round(done * 100)} %`);
    assert.ok(took < PROMPT, `it took ${took} ms`);
    assert.equal(await page.part("result").isVisible(), false);
    assert.equal(await page.part("error").isVisible(), false, "a cancel is no error");
    assert.deepEqual(await state(page), earlier);
    assert.equal((await page.build()).digest, reference);
  });

  it("a person cancels a build with the button, or with Escape", async () => {
    const page = await on.open();
    await page.drop(await wheels(BIG));
    for (const cancel of [() => page.part("cancel").click(), () => page.page.keyboard.press("Escape")]) {
      await page.part("build").click();
      await page.part("progress").waitFor();
      await cancel();
      await page.part("progress").waitFor({ state: "hidden" });
      assert.equal(await page.part("result").isVisible(), false);
      assert.equal(await page.part("build").innerText(), "Build layer");
    }
    assert.equal((await page.plan()).recognised.length, BIG.length);
  });

  it("an addition that is aborted adds nothing", async () => {
    const page = await filled();
    const earlier = await state(page);
    const name = await page.element.evaluate((element) => {
      const stop = new AbortController();
      const adding = element.addFiles([{ path: "late.py", blob: new Blob(["x = 1"]) }], { signal: stop.signal });
      stop.abort();
      return adding.then(
        () => "added",
        (error) => error.name,
      );
    });
    assert.equal(name, "AbortError");
    assert.deepEqual(await state(page), earlier);
  });

  it("a signal that was aborted before refuses at once, and one that waits its turn goes without the others", async () => {
    const page = await filled();
    const outcomes = await page.element.evaluate(async (element) => {
      const outcome = (promise) =>
        promise.then(
          () => "done",
          (error) => error.name,
        );
      const stop = new AbortController();
      const calls = [element.build(), element.build({ signal: stop.signal }), element.plan()].map(outcome);
      stop.abort();
      return Promise.all([...calls, outcome(element.build({ signal: stop.signal }))]);
    });
    assert.deepEqual(outcomes, ["done", "AbortError", "done", "AbortError"]);
  });
});
