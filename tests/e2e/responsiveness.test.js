/**
 * 250 MB of real wheels: the page stays responsive while they are opened and planned, and nobody holds them in memory.
 */

import assert from "node:assert/strict";
import { readFile, stat } from "node:fs/promises";
import { describe, it } from "node:test";
import { stage } from "./support/stage.js";
import { BIG, wheels } from "./support/wheels.js";

const MB = 1024 * 1024;

/** Milliseconds after which browsers call a task long, and a person begins to notice. */
const LONG = 50;
/** A busy machine can hold up any one attempt; a page that stalls stalls in all of them. */
const ATTEMPTS = 3;

describe("250 MB of wheels", { timeout: 600_000 }, () => {
  const on = stage();

  it("are opened and planned without a long task on the page, and without being held in memory", async (test) => {
    const files = await wheels(BIG);
    const total = (await Promise.all(files.map((file) => stat(file)))).reduce((sum, { size }) => sum + size, 0);
    assert.ok(total >= 250e6, `the wheels have ${total} bytes`);

    const attempts = [];
    while (attempts.length < ATTEMPTS && !attempts.some(({ took }) => took <= LONG)) {
      const page = await on.open();
      const control = await longestTask(page, () => page.page.evaluate(stall));
      assert.ok(control.took > LONG && control.worked > 0, "a page that does stall is noticed");

      const before = await memory(page);
      let plan;
      const longest = await longestTask(page, async () => {
        await page.drop(files);
        // Summed up in the page: to carry thousands of entries over to here would be a task of its own.
        plan = await page.element.evaluate(async (element) => {
          const { entries, recognised, sizes } = await element.plan();
          return { entries: entries.length, kinds: recognised.map(({ kind }) => kind), unzipped: sizes.unzipped };
        });
      });
      assert.deepEqual(
        plan.kinds,
        BIG.map(() => "wheel"),
      );
      assert.ok(plan.entries > 4000 && plan.unzipped > total);
      attempts.push(longest);

      const after = await memory(page);
      const growth = Math.max(...[...after.peaks].map(([process, peak]) => peak - (before.peaks.get(process) ?? peak)));
      test.diagnostic(
        `${plan.entries} files: longest task ${ms(longest.took)} by the clock, ${ms(longest.worked)} at work`,
      );
      test.diagnostic(
        `wasm memory ${mb(after.wasm)}, a process at most ${mb(growth)} more, for ${mb(total)} of wheels`,
      );
      assert.ok(after.wasm < total / 8, `the worker's memory has ${mb(after.wasm)}`);
      // Compiled files are read to find what they need; the browser's reader leaves what it gave behind until it is
      // collected, and a collection comes late. What the worker itself holds is above.
      assert.ok(growth < total * 2.5, `a process has grown by ${mb(growth)}`);
    }
    // Where other programs keep taking the core away, what the tasks themselves did decides.
    const held = attempts.every(({ took }) => took > LONG) && attempts.some(({ worked }) => worked > LONG);
    assert.ok(!held, `the page was held up: ${JSON.stringify(attempts)}`);
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
    const peak = async (id) => Number(/VmHWM:\s*(\d+) kB/.exec(await readFile(`/proc/${id}/status`, "utf8"))[1]) * 1024;
    return { wasm, peaks: new Map(await Promise.all(processInfo.map(async ({ id }) => [id, await peak(id)]))) };
  }
});

/**
 * The longest task on the page's main thread during an action and until all is drawn, in ms:
 * by the clock, and by the time that the thread had a core.
 * @param {import("./support/page.js").LayerPage} page
 * @param {() => Promise<unknown>} action
 */
async function longestTask({ page }, action) {
  const session = await page.context().newCDPSession(page);
  const events = [];
  session.on("Tracing.dataCollected", ({ value }) => events.push(...value));
  await session.send("Tracing.start", {
    transferMode: "ReportEvents",
    traceConfig: { includedCategories: ["toplevel"] },
  });
  await action();
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve))));
  const complete = new Promise((resolve) => session.once("Tracing.tracingComplete", resolve));
  await session.send("Tracing.end");
  await complete;
  await session.detach();

  const thread = ({ pid, tid }) => `${pid}/${tid}`;
  const names = events.filter(({ name, args }) => name === "thread_name" && args.name === "CrRendererMain");
  const main = new Set(names.map(thread));
  const tasks = events.filter((event) => event.name.endsWith("RunTask") && event.ph === "X" && main.has(thread(event)));
  const longest = (durations) => Math.max(0, ...durations) / 1000;
  return { took: longest(tasks.map(({ dur }) => dur)), worked: longest(tasks.map(({ dur, tdur = dur }) => tdur)) };
}

/** Runs in the page: what none of its own tasks may do. */
function stall() {
  return new Promise((resolve) => {
    setTimeout(() => {
      for (const start = performance.now(); performance.now() - start < 100;);
      resolve(undefined);
    });
  });
}

/** @param {number} bytes */
function mb(bytes) {
  return `${Math.round(bytes / MB)} MB`;
}

/** @param {number} milliseconds */
function ms(milliseconds) {
  return `${Math.round(milliseconds)} ms`;
}
