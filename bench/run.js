/**
 * Runs the benchmark: `make bench`, or a part of it with `make bench SETS=wheels,scientific CONTENDERS=layerdrop,fflate ROUNDS=1`.
 * What each set and contender is, stand in sets.js and contenders.js; README.md tells how to read the result.
 */

import { rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { startBrowser } from "../tests/e2e/support/browser.js";
import { CACHE, ROOT } from "./cache.js";
import { CONTENDERS } from "./contenders.js";
import { machine } from "./machine.js";
import { reasonOf } from "./race.js";
import { report } from "./report.js";
import { SETS } from "./sets.js";
import { serve } from "./site.js";

/** Warm rounds of each contender, after the cold one. */
const ROUNDS = Number(process.env.ROUNDS || 5);
/** Seconds after which a contender that no target is measured against gets no further round of a set. */
const BUDGET = Number(process.env.BUDGET || 10);
/** Minutes after which nobody gets more than one warm round of a set. */
const LIMIT = Number(process.env.LIMIT || 15);
/** Minutes after which nothing new is begun. */
const END = Number(process.env.END || 23);
/** Minutes beyond that for what was begun. */
const GRACE = 1.5;

const MINUTE = 60_000;
const sets = chosen(SETS, "SETS");
const contenders = chosen(CONTENDERS, "CONTENDERS");
const whole = sets.length === SETS.length && contenders.length === CONTENDERS.length && ROUNDS >= 5;
const file = whole ? join(ROOT, "bench/RESULTS.md") : join(CACHE, "results.md");

const start = performance.now();
const site = await serve();
/** @type {import("playwright-core").Browser} */
let running = await startBrowser();
const stage = {
  site,
  contenders,
  rounds: ROUNDS,
  budget: BUDGET * 1000,
  deadline: start + LIMIT * MINUTE,
  end: start + END * MINUTE,
  say: (/** @type {string} */ line) => console.error(line),
  /** A contender can take the whole browser down with it; the next one gets another. */
  browser: async () => (running.isConnected() ? running : (running = await startBrowser())),
};
const on = await machine(running);
/** @type {any[]} */
const results = [];
for (const set of sets) {
  stage.say(`\n${set.id}: ${set.title}`);
  const at = results.push({ set, problem: "not measured yet" }) - 1;
  const keep = async (/** @type {object} */ found) => {
    results[at] = { set, ...found };
    await write(set !== sets.at(-1));
  };
  try {
    if (performance.now() > stage.end) throw new Error(`not measured: ${END} minutes were over`);
    await keep(await inTime(set.measure(set, { ...stage, keep })));
  } catch (error) {
    const problem = reasonOf(error);
    stage.say(`  ${problem}`);
    await keep({ ...(results[at].rows ? results[at] : {}), problem });
  }
}
console.log(`${await write(false)}\nWritten to ${file.slice(ROOT.length)}${whole ? "" : " (bench/RESULTS.md is of whole runs only)"}`);
await Promise.race([Promise.all([running.close(), site.close()]), new Promise((resolve) => setTimeout(resolve, 10_000))]);
process.exit();

/** What was found so far, so that a run that is cut off leaves it. @param {boolean} unfinished */
async function write(unfinished) {
  const text = report(results, { on, rounds: ROUNDS, unfinished });
  await writeFile(`${file}.part`, text);
  await rename(`${file}.part`, file);
  await writeFile(join(CACHE, "results.json"), JSON.stringify(results, null, 2));
  return text;
}

/** @template Value @param {Promise<Value>} measuring @returns {Promise<Value>} */
function inTime(measuring) {
  const left = stage.end + GRACE * MINUTE - performance.now();
  const late = new Promise((_, reject) => setTimeout(() => reject(new Error(`cut off: ${END} minutes were over`)), left).unref());
  measuring.catch(() => {}); // Once it is late, nobody hears of it any more.
  return Promise.race([measuring, /** @type {Promise<any>} */ (late)]);
}

/**
 * The rows that a variable of the environment names, or all.
 * @template {{ id: string }} Row
 * @param {Row[]} rows
 * @param {string} variable
 */
function chosen(rows, variable) {
  const names = (process.env[variable] ?? "").split(/[\s,]+/).filter(Boolean);
  const unknown = names.find((name) => !rows.some(({ id }) => id === name));
  if (unknown) {
    console.error(`${variable}: found ${unknown}, expected some of ${rows.map(({ id }) => id).join(", ")}`);
    process.exit(1);
  }
  return names.length === 0 ? rows : rows.filter(({ id }) => names.includes(id));
}
