/**
 * Work that is cancelled: the call is answered at once, the session is as before, and the next build gives the same bytes.
 */

import assert from "node:assert/strict";
import { before, describe, it } from "node:test";
import { stage } from "./support/stage.js";
import { BIG, REQUESTS, wheels } from "./support/wheels.js";

/** Milliseconds in which a cancelled call answers. */
const PROMPT = 200;
/** A busy machine can hold up any one attempt. */
const ATTEMPTS = 3;

describe("cancelled work", { timeout: 600_000 }, () => {
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
    let attempt = await abortedBuild(page);
    for (let tried = 1; tried < ATTEMPTS && attempt.took >= PROMPT; tried += 1) attempt = await abortedBuild(page);
    const { name, took, done } = attempt;
    assert.equal(name, "AbortError");
    assert.ok(done < 1, "it was under way");
    test.diagnostic(`answered ${took.toFixed(1)} ms after the abort, at ${Math.round(done * 100)} %`);
    assert.ok(took < PROMPT, `it took ${took} ms`);
    assert.equal(await page.part("result").isVisible(), false);
    assert.equal(await page.part("error").isVisible(), false, "a cancel is no error");
    assert.deepEqual(await state(page), earlier);
    assert.equal((await page.build()).digest, reference);
  });

  /** A build that is aborted when a quarter is done, and how long the answer took. @param {import("./support/page.js").LayerPage} page */
  function abortedBuild(page) {
    return page.element.evaluate(async (element) => {
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
  }

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

  it("Cancel ends all that waits, too, and the session goes on", async () => {
    const page = await on.open();
    await page.set({ runtimes: ["python3.11"] });
    await page.drop(await wheels(REQUESTS));
    const earlier = await state(page);
    const { digest } = await page.build();
    const slimming = page.part("slimming");
    for (const cancel of [() => page.part("cancel").click(), () => page.page.keyboard.press("Escape")]) {
      // For ever, so that all the rest does wait.
      await Promise.allSettled(page.page.workers().map((worker) => worker.evaluate(endless)));
      await slimming.locator("summary").first().click();
      const waiting = page.element.evaluate((element) =>
        Promise.all(
          [element.plan(), element.apply({ op: "exclude", path: "python/certifi" }), element.build(), element.bundle()].map((call) =>
            call.then(
              () => "done",
              (error) => error.name,
            ),
          ),
        ),
      );
      await page.part("build").click();
      await page.set({ description: "typed meanwhile" });
      await page.part("progress").waitFor();
      await cancel();
      assert.deepEqual(await waiting, Array(4).fill("AbortError"));
      await page.part("progress").waitFor({ state: "hidden" });
      assert.equal(await slimming.evaluate((details) => details.open), false);
      assert.equal(await page.part("error").isVisible(), false, "a cancel is no error");
      const { plan, settings } = await state(page);
      assert.deepEqual(plan.entries, earlier.plan.entries);
      assert.equal(settings.description, "typed meanwhile", "what was typed stays");
    }
    await slimming.locator("summary").first().click();
    await slimming.locator("div > *").first().waitFor();
    assert.equal((await page.build()).digest, digest);
  });

  it("what goes on says how far it is, and how long it will take once its pace tells", async () => {
    const page = await on.open();
    await page.page.clock.install();
    const shown = page.part("progress");
    const show = (phase, done) =>
      shown.evaluate(
        (progress, [phase, done]) => progress.show({ phase, done, total: 4 * 2 ** 20, detail: "python/a.py", files: 7, allFiles: 9 }),
        [phase, done],
      );
    await show("packing", 0);
    await page.page.clock.runFor(1000);
    await show("packing", 2 ** 20);
    await shown.getByText("Packing 1 MB of 4 MB, 7 of 9 files", { exact: true }).waitFor();
    await shown.getByText("python/a.py").waitFor();
    await page.page.clock.runFor(2000);
    await show("packing", 2 ** 20);
    // The real clock goes on under the other one, so how long is not known here.
    await shown.getByText(/^Packing 1 MB of 4 MB, 7 of 9 files; about \d+ (s|min) left$/).waitFor();
    await show("reading", 2 ** 20);
    await shown.getByText("Reading 1,048,576 of 4,194,304 files", { exact: true }).waitFor();
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

  it("an addition that is aborted half-way answers at once, and the session goes on from before it", async (test) => {
    const page = await filled();
    const earlier = await state(page);
    let attempt = await abortedAddition(page);
    for (let tried = 1; tried < ATTEMPTS && attempt.took >= PROMPT; tried += 1) attempt = await abortedAddition(page);
    const { name, took } = attempt;
    assert.equal(name, "AbortError");
    test.diagnostic(`answered ${took.toFixed(1)} ms after the abort`);
    assert.ok(took < PROMPT, `it took ${took} ms`);
    assert.deepEqual(await state(page), earlier);
    assert.equal((await page.build()).digest, reference);
  });

  /** An addition that is aborted while it is read, and how long the answer took. @param {import("./support/page.js").LayerPage} page */
  function abortedAddition(page) {
    return page.element.evaluate(async (element) => {
      const stop = new AbortController();
      let aborted = 0;
      element.addEventListener("layerdrop-progress", ({ detail }) => {
        if (aborted || detail.phase !== "reading") return;
        aborted = performance.now();
        stop.abort();
      });
      const files = Array.from({ length: 5000 }, (_, index) => ({ path: `late/part_${index}`, blob: new Blob(["#!/bin/sh\n"]) }));
      const name = await element.addFiles(files, { signal: stop.signal }).then(
        () => "added",
        (error) => error.name,
      );
      return { name, took: performance.now() - aborted };
    });
  }

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

/** Runs in the workers: there one call never ends. */
function endless() {
  wasm_bindgen.Session.prototype.slimming = () => {
    for (;;);
  };
}
