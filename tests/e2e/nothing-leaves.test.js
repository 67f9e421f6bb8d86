/**
 * Nothing leaves the page. Two proofs: during a whole job nobody asks for anything, and the worker that reads the files could not if it tried.
 */

import assert from "node:assert/strict";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { serveSink } from "./support/site.js";
import { stage } from "./support/stage.js";
import { tryEverything } from "./support/ways-out.js";
import { REQUESTS, wheels } from "./support/wheels.js";

/** The page of a portal that sends no policy. */
const UNGUARDED = `<!doctype html><script type="module" src="layer-drop.js"></script><layer-drop></layer-drop>`;

/** What belongs to the page and is fetched to start it. */
const PARTS = /\/([\w-]+\.(js|css)|pkg\/layerdrop(\.js|_bg\.wasm)|)$/;

describe("nothing leaves the page", { timeout: 600_000 }, () => {
  const on = stage({ pages: { "unguarded.html": UNGUARDED } });
  /** @type {Awaited<ReturnType<typeof serveSink>>} */
  let sink;
  before(async () => void (sink = await serveSink()));
  after(() => sink?.close());

  it("in a whole job: after the start nobody asks for anything, neither the page nor its worker", async () => {
    const files = await wheels(REQUESTS);
    const page = await on.open();
    const started = on.site.requests.length;
    assert.deepEqual(
      on.site.requests.filter((path) => !PARTS.test(path)),
      [],
    );

    await page.drop(files);
    await page.set({ runtimes: ["python3.11"], layerName: "quiet", description: "http://example.test/ 'quoted'" });
    await page.plan();
    await page.call("apply", { op: "exclude", path: "python/idna" });
    await page.call("undo");
    await page.page.keyboard.press("Tab");
    await page.part("build").click();
    await page.part("result").waitFor();
    const downloads = join(on.folder, "downloads");
    await mkdir(downloads);
    await page.save(page.part("download"), downloads);
    for (const side of await page.part("side-file").all())
      await page.save(side.getByRole("button", { name: "Download" }), downloads);
    await page.part("copy").click();
    await page.call("clear");
    // A worker that was thrown away is replaced without asking again.
    await page.worker().evaluate(
      () =>
        void setTimeout(() => {
          throw new Error("on purpose");
        }),
    );
    await page.drop(files);
    await page.plan();

    assert.deepEqual(on.site.requests.slice(started), [], "what the site was asked for after the start");
    // What a page makes itself, the worker's text, the zip, an empty icon, never leaves the browser.
    const others = page.requests.filter((url) => !url.startsWith(on.site.origin) && !/^(blob|data):/.test(url));
    assert.deepEqual(others, [], "requests to anywhere else");
  });

  it("because it can't: whatever the worker tries is refused by the policy that it inherits", async () => {
    const page = await on.open();
    assert.match(page.worker().url(), /^blob:/);
    const outcomes = await page.worker().evaluate(tryEverything, sink.origin);
    assert.deepEqual(sink.hits, [], "what came through");
    assert.deepEqual(outcomes, {
      fetch: "refused",
      xhr: "refused",
      importScripts: "refused",
      import: "refused",
      webSocket: "refused",
      eventSource: "refused",
      worker: "refused",
    });
  });

  it("and the page itself can't either", async () => {
    const page = await on.open();
    const outcomes = await page.page.evaluate(async (sink) => {
      navigator.sendBeacon(`${sink}/beacon`, "x");
      const image = new Image();
      const loaded = new Promise((...both) => ([image.onload, image.onerror] = both));
      image.src = `${sink}/image`;
      const attempts = await Promise.allSettled([fetch(`${sink}/fetch`), loaded]);
      return attempts.map(({ status }) => status);
    }, sink.origin);
    assert.deepEqual(outcomes, ["rejected", "rejected"]);
    assert.deepEqual(sink.hits, []);
  });

  // But for EventSource and workers of its own, which the worker has put away.
  it("which the same attempts prove by getting through where no policy is in force", async () => {
    const page = await on.open({ url: "unguarded.html" });
    const outcomes = await page.worker().evaluate(tryEverything, sink.origin);
    const ways = sink.hits.map((hit) => hit.replace(/^\w+ \//, "")).sort();
    assert.deepEqual(ways, ["fetch", "import", "importScripts", "webSocket", "xhr"]);
    assert.deepEqual(
      [outcomes.fetch, outcomes.xhr, outcomes.importScripts, outcomes.import],
      ["sent", "sent", "sent", "sent"],
    );
  });
});
