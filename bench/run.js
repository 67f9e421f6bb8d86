/**
 * Runs the benchmark: `make bench`, or a part of it with `make bench SETS=wheels,scientific CONTENDERS=layerdrop,fflate ROUNDS=1`.
 * What each set and contender is, stand in sets.js and contenders.js; README.md tells how to read the result.
 */

import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { startBrowser } from "../tests/e2e/support/browser.js";
import { CACHE, ROOT } from "./cache.js";
import { CONTENDERS } from "./contenders.js";
import { machine } from "./machine.js";
import { report } from "./report.js";
import { SETS } from "./sets.js";
import { serve } from "./site.js";

/** Warm rounds of each contender, after the cold one. */
const ROUNDS = Number(process.env.ROUNDS || 5);
/** Seconds after which a contender that no target is measured against gets no further round of a set. */
const BUDGET = Number(process.env.BUDGET || 10);

/** Minutes after which nobody gets more than one warm round of a set. */
const LIMIT = Number(process.env.LIMIT || 12);

const sets = chosen(SETS, "SETS");
const contenders = chosen(CONTENDERS, "CONTENDERS");

const site = await serve();
const browser = await startBrowser();
const deadline = performance.now() + LIMIT * 60_000;
const stage = { site, browser, contenders, rounds: ROUNDS, budget: BUDGET * 1000, deadline, say: (line) => console.error(line) };
const on = await machine(browser);
const results = [];
try {
  for (const set of sets) {
    stage.say(`\n${set.id}: ${set.title}`);
    results.push({ set, ...(await set.measure(set, stage)) });
  }
} finally {
  await browser.close();
  await site.close();
}

const text = report(results, { on, rounds: ROUNDS });
const whole = sets.length === SETS.length && contenders.length === CONTENDERS.length && ROUNDS >= 5;
const file = whole ? join(ROOT, "bench/RESULTS.md") : join(CACHE, "results.md");
await writeFile(file, text);
await writeFile(join(CACHE, "results.json"), JSON.stringify(results, null, 2));
console.log(`${text}\nWritten to ${file.slice(ROOT.length)}${whole ? "" : " (bench/RESULTS.md is of whole runs only)"}`);

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
