/** Contenders on the same files, in turn, round by round: what disturbs one of them disturbs all. */

import { bytesOf, filesOf } from "./cache.js";
import { check } from "./check.js";
import { watchMemory } from "./memory.js";
import { Native } from "./native.js";
import { Tab } from "./tab.js";

/**
 * @param {import("./sets.js").Set} set
 * @param {any} stage
 */
export async function race(set, stage) {
  const files = await filesOf(set.tree);
  const takers = stage.contenders.filter(({ takes }) => takes.includes(set.kind));
  const able = takers.filter(({ most = Infinity }) => set.kind === "archives" || files.length <= most);
  const runners = able.map((contender) => (contender.level ? new Native(contender, set) : new Tab(contender, set, stage)));
  const unable = takers.filter((contender) => !able.includes(contender));
  const failing = unable.map(({ id, title, most }) => ({ id, title, problem: `fails: it opens all files at once, and can have ${most} at most` }));
  const size = { files: files.length, bytes: await bytesOf(files) };
  const found = (rows) => ({ ...size, rows: [...rows, ...failing] });
  return found(await interleaved(runners, { ...stage, keep: (rows) => stage.keep(found(rows)) }, (runner, result) => check(runner, result, set)));
}

/**
 * A cold round, whose results are checked, and then so many warm ones.
 * @param {(Tab | Native)[]} runners
 * @param {any} stage
 * @param {(runner: any, result: any) => Promise<object>} [checked]
 */
export async function interleaved(runners, stage, checked = async () => ({})) {
  const rows = new Map();
  try {
    for (const runner of runners) {
      const { id, title } = runner;
      const row = { id, title, key: runner.key, times: [], held: [], parts: [], spent: 0 };
      rows.set(runner, row);
      row.problem = await attempt(async () => {
        const unable = await runner.open();
        if (unable) throw new Error(unable);
      });
    }
    for (let round = 0; round <= stage.rounds; round += 1) {
      for (const runner of runners) {
        const row = rows.get(runner);
        const now = performance.now();
        const late = (round > 1 && now > stage.deadline) || (round > 0 && now > stage.end);
        const enough = late || (!row.key && row.spent > stage.budget);
        if (row.problem || enough) continue;
        if (now > stage.end) {
          row.problem = "not measured: the time was over";
          continue;
        }
        row.problem = await attempt(() => once(runner, row, round, stage, checked));
        // What it still holds open or in memory would be to the cost of the others.
        if (row.problem) await runner.close();
        await stage.keep([...rows.values()]);
        const took = row.problem ?? `${((round === 0 ? row.cold : row.times.at(-1)) / 1000).toFixed(2)} s`;
        stage.say(`  ${round === 0 ? "cold" : `round ${round}`}  ${(runner.name ?? runner.id).padEnd(20)} ${took}`);
      }
    }
  } finally {
    for (const runner of runners) await runner.close();
  }
  return [...rows.values()];
}

async function once(runner, row, round, stage, checked) {
  // Sampled in the cold round alone: reading /proc takes time of its own.
  const memory = round === 0 ? await watchMemory(await stage.browser()) : null;
  const result = await runner.run().finally(() => (row.peak = memory ? memory.stop() : row.peak));
  row.spent += result.took;
  if (round === 0) Object.assign(row, { cold: result.took, size: result.size, ...(await checked(runner, result)) });
  else row.times.push(result.took);
  if (result.held) row.held.push(result.held);
  if (round > 0 || stage.rounds === 0) row.parts.push(result.parts ?? {});
  await runner.reset();
}

/** Milliseconds that one run may take, with all around it. */
const PATIENCE = 240_000;

/** What went wrong, in one line; `undefined` if nothing did. @param {() => Promise<unknown>} action */
async function attempt(action) {
  /** @type {NodeJS.Timeout | undefined} */
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`not done after ${PATIENCE / 1000} s`)), PATIENCE);
  });
  try {
    await Promise.race([action(), late]);
  } catch (error) {
    return reasonOf(error);
  } finally {
    clearTimeout(timer);
  }
}

/** @param {any} error */
export function reasonOf(error) {
  return String(error?.message ?? error).split("\n")[0].replace(/^page\.evaluate: (Error: )?/, "");
}
