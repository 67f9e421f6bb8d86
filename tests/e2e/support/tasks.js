/**
 * How long the tasks of a page's main thread take, and how much work it and its workers do in all.
 *
 * Each time by the clock, and by the time that the threads had a core: a machine that is busy with other things changes
 * the first, hardly the second.
 */

/** Milliseconds after which browsers call a task long, and a person begins to notice. */
export const LONG = 50;

/**
 * What the page does during an action and until all is drawn, in ms: its longest task by the clock and at work, and the work of
 * the main thread and the workers together.
 * @param {import("./page.js").LayerPage} page
 * @param {() => Promise<unknown>} action
 */
export async function tasks({ page }, action) {
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
  const named = (pattern) => new Set(events.filter(({ name, args }) => name === "thread_name" && pattern.test(args.name)).map(thread));
  const of = (threads) => events.filter((event) => event.name.endsWith("RunTask") && event.ph === "X" && threads.has(thread(event)));
  const work = ({ dur, tdur = dur }) => tdur / 1000;
  const main = of(named(/^CrRendererMain$/));
  return {
    took: Math.max(0, ...main.map(({ dur }) => dur / 1000)),
    worked: Math.max(0, ...main.map(work)),
    all: [...main, ...of(named(/^DedicatedWorker/))].reduce((sum, event) => sum + work(event), 0),
  };
}

/** Runs in the page: what none of its own tasks may do. */
export function stall() {
  return new Promise((resolve) => {
    setTimeout(() => {
      for (const start = performance.now(); performance.now() - start < 100;);
      resolve(undefined);
    });
  });
}

/** @param {number} milliseconds */
export function ms(milliseconds) {
  return `${Math.round(milliseconds)} ms`;
}
