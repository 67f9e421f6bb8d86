/** Where setup/bench puts what the benchmark packs, and what is made of it. */

import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { ROOT } from "../tests/e2e/support/run.js";

export { ROOT };
export const CACHE = join(ROOT, ".tools/bench");

/** @param {string} name  a layer's root, unpacked */
export const tree = (name) => join(CACHE, "trees", name);

/** @param {string} name  a folder of wheels */
export const wheels = (name) => join(CACHE, "wheels", name);

/**
 * All files below a folder, in the order of their names.
 * @param {string} folder
 * @returns {Promise<string[]>}
 */
export async function filesOf(folder) {
  const entries = (await readdir(folder, { withFileTypes: true })).sort((a, b) => (a.name < b.name ? -1 : 1));
  const found = await Promise.all(
    entries.map((entry) => {
      const path = join(folder, entry.name);
      return entry.isDirectory() ? filesOf(path) : entry.isFile() ? [path] : [];
    }),
  );
  return found.flat();
}

/** @param {string[]} files */
export async function bytesOf(files) {
  const sizes = await Promise.all(files.map(async (file) => (await stat(file)).size));
  return sizes.reduce((sum, size) => sum + size, 0);
}
