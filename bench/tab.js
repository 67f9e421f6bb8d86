/** A contender in the browser: a page of its own, on a site of its own and so in a process of its own. */

import { filesOf } from "./cache.js";

/** Milliseconds that the browser may take to open the page and list the files. */
const PATIENCE = 60_000;
/** … and to close it. */
const CLOSING = 10_000;

export class Tab {
  /**
   * @param {import("./contenders.js").Contender} contender
   * @param {{ kind?: string, folder: string, settings: object }} set
   * @param {any} stage
   */
  constructor(contender, set, stage) {
    this.id = contender.id;
    this.title = contender.title;
    this.key = contender.key;
    this.contender = contender;
    this.set = set;
    this.stage = stage;
  }

  /** Opens the page and gives it the files; the reason if it can't be measured. */
  async open() {
    const context = await (await this.stage.browser()).newContext();
    this.page = await context.newPage();
    this.page.setDefaultTimeout(PATIENCE);
    await this.page.goto(this.stage.site.url(this.contender.id));
    await this.page.waitForFunction(() => globalThis.bench);
    const unable = await this.page.evaluate((settings) => bench.prepare(settings), this.set.settings);
    if (unable) return unable;
    await this.page.locator("body > input").setInputFiles(this.set.folder);
    const count = (await filesOf(this.set.folder)).length;
    // The browser lists the folder by itself, after it was told which.
    await this.page.waitForFunction((count) => document.querySelector("input").files.length === count, count);
    Object.assign(this, await this.page.evaluate(() => bench.take()));
  }

  /** @returns {Promise<{ took: number, held: { task: number, gap: number }, size: number, sha256: string, parts: object }>} */
  async run() {
    if (this.page.isClosed()) await this.open(); // Another contender took the browser down.
    return this.page.evaluate((kind) => bench.run(kind), this.set.kind ?? "tree");
  }

  /** Saves what was packed last. @returns {Promise<string>} where */
  async archive() {
    await this.page.evaluate((name) => bench.upload(name), this.id);
    return this.stage.site.archive(this.id);
  }

  /** @returns {Promise<string[]>} */
  leftOut() {
    return this.page.evaluate(() => bench.leftOut());
  }

  /** Forgets what was packed, so that the next contender finds the memory free. */
  async reset() {
    await this.page.evaluate(() => bench.reset());
    const session = await this.page.context().newCDPSession(this.page);
    await session.send("HeapProfiler.collectGarbage");
    await session.detach();
  }

  /** Also where the browser is gone: what was measured before is not lost. */
  async close() {
    const closed = this.page?.context().close().catch(() => {});
    await Promise.race([closed, new Promise((resolve) => setTimeout(resolve, CLOSING).unref())]);
  }
}
