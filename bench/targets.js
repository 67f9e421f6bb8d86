/**
 * What Layerdrop means to reach, and whether it does. A target is a figure of one run, so a busy machine that slows all
 * down alike does little harm.
 *
 * @typedef {{ of: string, found: number, wanted: number, atLeast: boolean, unit: string }} Verdict
 */

import { longest, spread, typical } from "./statistics.js";

const MB = 1e6;
/** Bytes of a block in src/pack/cut.rs; four of them for each core may be on their way. */
const BLOCK = 2 ** 20;

/** Each set with how many times as fast as a contender Layerdrop is to be. */
const FASTER = [
  ["scientific", "fflate", 3],
  ["mixed", "fflate", 3],
  ["modules", "fflate", 2.5],
  ["scientific", "compression-stream", 2.4],
  ["mixed", "compression-stream", 2.4],
  ["modules", "compression-stream", 2.4],
  ["scientific", "zip-6", 1.8],
  ["mixed", "zip-6", 1.8],
  ["small", "fflate", 10],
  ["wheels", "fflate", 10],
];

/** Each set and contender with the share of the contender's size that Layerdrop's zip may have. CompressionStream is zlib at level 6. */
const SMALLER = ["scientific", "modules", "mixed"].flatMap((set) => [
  [set, "layerdrop", "fflate", 1],
  [set, "layerdrop", "compression-stream", 1.02],
  [set, "layerdrop-smallest", "zip-9", 0.97],
]).concat([["wheels", "layerdrop-smallest", "zip-9", 0.97]]);

/**
 * @param {any[]} results
 * @param {{ cores: number }} on
 * @returns {Verdict[]}
 */
export function verdicts(results, { cores }) {
  const sets = new Map(results.map((result) => [result.set.id, result]));
  const row = (set, id) => sets.get(set)?.rows?.find((row) => row.id === id && !row.problem);
  const found = [];
  for (const [set, id, wanted] of FASTER) {
    const [own, other] = [row(set, "layerdrop"), row(set, id)];
    if (own && other) found.push(most(`${set}: as fast as ${other.title}`, typical(other) / typical(own), wanted, "×"));
  }
  for (const [set, which, id, wanted] of SMALLER) {
    const [own, other] = [row(set, which), row(set, id)];
    if (own && other) found.push(least(`${set}: size of ${plain(own.title)}, of ${other.title}'s`, (100 * own.size) / other.size, 100 * wanted, "%"));
  }
  for (const { set, rows = [] } of results) {
    const held = rows.filter((row) => row.id === "layerdrop" && !row.problem).flatMap((row) => row.held);
    if (held.length) found.push(least(`${set.id}: longest task on the page, where it counts as long`, longest(held, "task"), 50, "ms"));
  }
  const mixed = row("mixed", "layerdrop");
  if (mixed) found.push(least("mixed: memory of the page and its workers", mixed.peak.pages / MB, (200 * MB + 4 * cores * BLOCK) / MB, "MB"));
  for (const id of ["bytes", "files"]) {
    const rows = (sets.get(id)?.rows ?? []).filter((row) => !row.problem);
    if (rows.length > 1) found.push(least(`${id}: unevenness of the time for one`, 100 * spread(rows.map((row) => typical(row) / row[id])), 15, "%"));
  }
  const edit = sets.get("edit");
  if (edit?.times) found.push(least("edit: plan after an edit", typical(edit), 100, "ms"));
  return found;
}

/** @param {string} of @param {number} found @param {number} wanted @param {string} unit */
const most = (of, found, wanted, unit) => ({ of, found, wanted, atLeast: true, unit });
/** @param {string} of @param {number} found @param {number} wanted @param {string} unit */
const least = (of, found, wanted, unit) => ({ of, found, wanted, atLeast: false, unit });
const plain = (title) => title.replaceAll("*", "");

/** @param {Verdict} verdict */
export function met({ found, wanted, atLeast }) {
  return atLeast ? found >= wanted : found <= wanted;
}
