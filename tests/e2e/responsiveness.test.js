/**
 * 250 MB of real wheels: the page stays responsive while they are opened and planned, and nobody holds them in memory.
 */

import assert from "node:assert/strict";
import { readFile, stat } from "node:fs/promises";
import { describe, it } from "node:test";
import { stage } from "./support/stage.js";
import { BIG, wheels } from "./support/wheels.js";

const MB = 1024 * 1024;

/** Milliseconds: what the browser calls a long task, and what a person begins to notice. */
const LONG = 50;

describe("250 MB of wheels", { timeout: 300_000 }, () => {
  const on = stage();

  it("are opened and planned without a long task on the page, and without being held in memory", async (test) => {
    const files = await wheels(BIG);
    const sizes = await Promise.all(files.map(async (file) => (await stat(file)).size));
    const total = sizes.reduce((sum, size) => sum + size, 0);
    assert.ok(total >= 250e6, `the wheels have ${total} bytes`);

    const page = await on.open();
    const before = await memory(page);
    assert.ok((await longestTask(page, () => page.page.evaluate(stall))) >= LONG, "a page that does stall is noticed");
    const started = performance.now();
    const longest = await longestTask(page, () => page.drop(files));
    test.diagnostic(`${files.length} wheels dropped and planned in ${Math.round(performance.now() - started)} ms; longest task ${longest} ms`);
    assert.ok(longest <= LONG, `the page was held up for ${longest} ms`);

    // Summed up in the page: to carry thousands of entries over to here would be a task of its own.
    const plan = await page.element.evaluate(async (element) => {
      const { entries, recognised, sizes } = await element.plan();
      return { entries: entries.length, kinds: recognised.map(({ kind }) => kind), unzipped: sizes.unzipped };
    });
    assert.deepEqual(
      plan.kinds,
      BIG.map(() => "wheel"),
    );
    assert.ok(plan.entries > 4000 && plan.unzipped > total);
    const after = await memory(page);
    const growth = Math.max(...[...after.peaks].map(([process, peak]) => peak - (before.peaks.get(process) ?? peak)));
    test.diagnostic(
      `wasm memory ${mb(after.wasm)}, no process grew by more than ${mb(growth)} at its peak, for ${mb(total)} of wheels`,
    );
    assert.ok(after.wasm < total / 8, `the worker's memory has ${mb(after.wasm)}`);
    // Half of it is what the browser's reader leaves behind until it is collected.
    assert.ok(growth < (total * 2) / 3, `a process has grown by ${mb(growth)}`);
  });

  /**
   * The wasm memory of the worker, and the peak of each of the browser's processes, in bytes.
   * @param {import("./support/page.js").LayerPage} page
   */
  async function memory(page) {
    // The glue's start function gives the exports of the running instance when it is called again.
    const wasm = await page.worker().evaluate(async () => (await wasm_bindgen()).memory.buffer.byteLength);
    const session = await on.browser.newBrowserCDPSession();
    const { processInfo } = await session.send("SystemInfo.getProcessInfo");
    await session.detach();
    const peak = async (id) =>
      Number(/VmHWM:\s*(\d+) kB/.exec(await readFile(`/proc/${id}/status`, "utf8"))?.[1]) * 1024;
    return { wasm, peaks: new Map(await Promise.all(processInfo.map(async ({ id }) => [id, await peak(id)]))) };
  }
});

/**
 * How long the longest task of the page's main thread was while something was done, in ms of the processor: what other
 * programs of a busy machine take is not the page's doing.
 * @param {import("./support/page.js").LayerPage} page
 * @param {() => Promise<unknown>} work
 */
async function longestTask({ page }, work) {
  const browser = page.context().browser();
  await browser.startTracing(page, { categories: ["toplevel", "__metadata"] });
  await work();
  await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn))));
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString());
  const renderers = traceEvents.filter(({ name, args }) => name === "thread_name" && args.name === "CrRendererMain");
  const isMain = (event) => renderers.some(({ pid, tid }) => event.pid === pid && event.tid === tid);
  const tasks = traceEvents.filter((event) => event.name.endsWith("RunTask") && event.tdur !== undefined && isMain(event));
  assert.ok(tasks.length > 0, "the browser tells of no task");
  return Math.round(Math.max(...tasks.map(({ tdur }) => tdur)) / 1000);
}

/** Runs in the page: what none of its own tasks may do. */
function stall() {
  for (const start = performance.now(); performance.now() - start < 200; );
}

/** @param {number} bytes */
function mb(bytes) {
  return `${Math.round(bytes / MB)} MB`;
}
