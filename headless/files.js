/**
 * Files and folders on disk as a list of what was dropped, with the paths that a browser would give.
 */

import { readdirSync, realpathSync, statSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { FileBlob } from "./file-blob.js";

/** @typedef {{ path: string, blob: FileBlob, size: number, mtime: number, mode?: number }} Dropped */

/**
 * A browser shows no execute bits and follows links; so do we, unless `modes` asks for the bits. A link that leads back
 * to a folder above itself is left out, as it would never end.
 * @param {string[]} paths  files and folders, `["wheels/a.whl", "node_modules"]`
 * @param {{ modes?: boolean }} [options]
 * @returns {Dropped[]}
 */
export function dropped(paths, { modes = false } = {}) {
  /** @type {Dropped[]} */
  const files = [];
  /**
   * @param {string} from
   * @param {string} path
   * @param {string[]} above
   */
  const walk = (from, path, above) => {
    const found = statSync(from, { throwIfNoEntry: above.length === 0 });
    if (!found) return; // A link to nothing.
    if (found.isFile()) {
      const blob = new FileBlob(from);
      files.push({ path, blob, size: found.size, mtime: blob.lastModified, ...(modes ? { mode: found.mode } : {}) });
    } else if (found.isDirectory()) {
      const real = realpathSync(from);
      if (above.includes(real)) return;
      for (const name of readdirSync(from).sort()) walk(join(from, name), `${path}/${name}`, [...above, real]);
    }
  };
  const names = new Map();
  for (const given of paths) {
    const name = basename(resolve(given));
    const other = names.get(name);
    if (other !== undefined)
      throw new UsageError(`${given} and ${other} are both called ${name}; put them into one folder, or rename one`);
    names.set(name, given);
    walk(given, name, []);
  }
  return files;
}

/** What whoever calls has to change. */
export class UsageError extends Error {
  name = "UsageError";
}
