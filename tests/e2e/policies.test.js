/**
 * Content-Security-Policies that a portal may have, as headers: the page works, or says which directive stands in the way.
 */

import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { startBrowser } from "./support/browser.js";
import { LayerPage } from "./support/page.js";
import { PLACES, POLICIES, PORTAL } from "./support/policies.js";
import { serveSite } from "./support/site.js";
import { REQUESTS, wheels } from "./support/wheels.js";


describe("policies of the page", { timeout: 600_000 }, () => {
  /** @type {import("playwright-core").Browser} */
  let browser;
  /** @type {string[]} */
  let files = [];
  before(async () => {
    [browser, files] = await Promise.all([startBrowser(), wheels(REQUESTS)]);
  });
  after(() => browser?.close());

  /**
   * @param {Parameters<typeof serveSite>[0]} options
   * @param {string} name
   * @param {(page: LayerPage) => Promise<void>} look
   */
  async function onPage(options, name, look) {
    const site = await serveSite({ ...options, pages: { "portal.html": PORTAL } });
    const context = await browser.newContext();
    try {
      const page = new LayerPage(await context.newPage());
      await page.page.goto(site.url + name);
      await look(page);
      assert.deepEqual(page.errors, []);
    } finally {
      await context.close();
      await site.close();
    }
  }

  let reference = "";
  for (const { what, site, page: name = "", worker } of PLACES) {
    it(`${what}: the job is done in a ${worker} worker`, () =>
      onPage(site, name, async (page) => {
        assert.equal((await page.ready()).worker, worker);
        assert.equal(page.worker().url().startsWith("blob:"), worker === "blob");
        await page.drop(files);
        await page.set({ runtimes: ["python3.11"] });
        const { codeSha256, digest } = await page.build();
        assert.equal(codeSha256, digest);
        assert.equal(digest, (reference ||= digest), "the same layer under every policy");
      }));
  }

  for (const row of POLICIES) {
    const { policy } = row;
    if ("worker" in row) {
      it(`"${policy}": the job is done in a ${row.worker} worker`, () =>
        onPage({ policy }, "portal.html", async (page) => {
          await page.ready();
          assert.equal((await page.ready()).worker, row.worker);
          await page.drop(files);
          await page.set({ runtimes: ["python3.11"] });
          const { digest } = await page.build();
          assert.equal(digest, (reference ||= digest), "the same layer under every policy");
        }));
      continue;
    }
    it(`"${policy}": the message says "expected ${row.expected}"`, () =>
      onPage({ policy }, "portal.html", async (page) => {
        const refusal = await whyNotReady(page);
        assert.equal(refusal?.name, "WorkerBlockedError", JSON.stringify(refusal));
        assert.ok(refusal.message.includes(`found "${row.found}"`) && refusal.message.endsWith(`expected ${row.expected}`), refusal.message);
        // A person reads the same, and later calls and events say it again instead of nothing.
        assert.equal(await page.part("alert").innerText(), refusal.message);
        const told = await page.hearing("layerdrop-error", async () => {
          assert.equal((await page.refusal("plan")).message, refusal.message);
        });
        assert.deepEqual([told.name, told.message], [refusal.name, refusal.message]);
      }));
  }

  it("a file of the site that is missing is named", () =>
    onPage({}, "portal.html", async (page) => {
      await page.page.route("**/pkg/layerdrop_bg.wasm", (route) => route.fulfill({ status: 404, body: "" }));
      await page.page.reload();
      const refusal = await whyNotReady(page);
      assert.equal(refusal?.name, "EngineLoadError");
      assert.match(refusal.message, /layerdrop_bg\.wasm: found HTTP status 404, expected 200/);
    }));
});

/** @param {LayerPage} page @returns {Promise<{ name: string, message: string } | null>} */
function whyNotReady(page) {
  return page.element.evaluate((element) =>
    element.ready.then(
      () => null,
      ({ name, message }) => ({ name, message }),
    ),
  );
}
