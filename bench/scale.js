/** Whether the time grows with the work and no faster: the same real files once, and in several copies. */

import { existsSync } from "node:fs";
import { link, mkdir, rename, rm, stat } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import { filesOf, tree } from "./cache.js";
import { CONTENDERS } from "./contenders.js";
import { interleaved } from "./race.js";
import { Tab } from "./tab.js";

/**
 * @param {import("./sets.js").Set} set
 * @param {any} stage
 */
export async function scale(set, stage) {
  const layerdrop = CONTENDERS.find(({ id }) => id === "layerdrop");
  const tabs = [];
  for (const copies of set.scale.copies) {
    const folder = await copied(set.id, set.scale, copies);
    tabs.push(Object.assign(new Tab(layerdrop, { folder, settings: set.settings }, stage), { title: `× ${copies}`, name: `× ${copies}` }));
  }
  const found = (rows) => ({ rows: rows.map((row, index) => Object.assign(row, { files: tabs[index].files, bytes: tabs[index].bytes })) });
  return found(await interleaved(tabs, { ...stage, keep: (rows) => stage.keep(found(rows)) }));
}

/**
 * So many copies of a sample, as hard links. Made once.
 * @param {string} name
 * @param {{ from: string, into: string, sample: { bytes?: number, files?: number, under: number } }} scale
 * @param {number} copies
 */
export async function copied(name, { from, into, sample }, copies) {
  const folder = tree(`${name}-${copies}`);
  if (existsSync(folder)) return folder;
  const source = tree(from);
  const files = await sampled(await filesOf(source), sample);
  const unfinished = `${folder}.part`;
  await rm(unfinished, { recursive: true, force: true });
  for (let copy = 1; copy <= copies; copy += 1) {
    for (const file of files) {
      const to = join(unfinished, into, `copy_${copy}`, relative(source, file));
      await mkdir(dirname(to), { recursive: true });
      await link(file, to);
    }
  }
  await rename(unfinished, folder);
  return folder;
}

/**
 * Files taken evenly from all over a list, so that the sample is like the whole; none that would be a large part of it.
 * @param {string[]} files
 * @param {{ bytes?: number, files?: number, under: number }} sample
 */
async function sampled(files, { bytes = Infinity, files: count = Infinity, under }) {
  // A step that shares no factor with the length comes by every file once.
  const step = 7919;
  const taken = [];
  let left = bytes;
  for (let index = 0; index < files.length && taken.length < count && left > 0; index += 1) {
    const file = files[(index * step) % files.length];
    const { size } = await stat(file);
    if (size >= Math.min(under, left)) continue;
    left -= size;
    taken.push(file);
  }
  return taken;
}
