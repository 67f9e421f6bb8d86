/**
 * What a suite needs: a site, a browser and an empty folder, there before its tests and gone after them.
 */

import assert from "node:assert/strict";
import { after, afterEach, before } from "node:test";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startBrowser } from "./browser.js";
import { LayerPage } from "./page.js";
import { serveSite } from "./site.js";

/**
 * @param {Parameters<typeof serveSite>[0]} [options]
 */
export function stage(options) {
  /** @type {Stage} */
  const stage = new Stage();
  before(async () => {
    stage.folder = await mkdtemp(join(tmpdir(), "layerdrop-"));
    stage.site = await serveSite(options);
    stage.browser = await startBrowser();
  });
  afterEach(() => stage.closePages());
  after(async () => {
    await stage.closePages({ all: true }).finally(async () => {
      await stage.browser?.close();
      await stage.site?.close();
      await rm(stage.folder, { recursive: true, force: true });
    });
  });
  return stage;
}

class Stage {
  folder = "";
  /** @type {Awaited<ReturnType<typeof serveSite>>} */
  site = null;
  /** @type {import("playwright-core").Browser} */
  browser = null;
  /** @type {LayerPage[]} */
  #open = [];
  /** Those that stay for the whole suite. @type {LayerPage[]} */
  #kept = [];

  /**
   * A page in a fresh profile, with the element ready unless `ready` is false.
   * @param {object} [options]
   * @param {string} [options.url]  relative to the site's own
   * @param {string} [options.selector]  the element's
   * @param {boolean} [options.ready]
   * @param {boolean} [options.keep]  for all tests of the suite
   * @param {() => void} [options.first]  runs in the page before any of its own scripts
   * @param {import("playwright-core").BrowserContextOptions} [options.context]
   */
  async open({ url = "", selector, ready = true, keep = false, first, context = {} } = {}) {
    const page = await (await this.browser.newContext(context)).newPage();
    const opened = new LayerPage(page, selector);
    (keep ? this.#kept : this.#open).push(opened);
    if (first) await page.addInitScript(first);
    await page.goto(new URL(url, this.site.url).href);
    if (ready) await opened.ready();
    return opened;
  }

  /** After each test; an error that nothing caught is a defect wherever it happens. */
  async closePages({ all = false } = {}) {
    const pages = this.#open.splice(0).concat(all ? this.#kept.splice(0) : []);
    const errors = pages.flatMap((page) => page.errors);
    await Promise.all(pages.map(({ page }) => page.context().close()));
    assert.deepEqual(errors, [], "errors that the page did not catch");
  }
}
