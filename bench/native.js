/** Info-ZIP's zip on the unpacked files: from the disk to the disk, with one core, without a digest. */

import { mkdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { output } from "../tests/e2e/support/run.js";
import { CACHE } from "./cache.js";

export class Native {
  /**
   * @param {import("./contenders.js").Contender} contender
   * @param {{ tree: string }} set
   */
  constructor({ id, title, key, level }, set) {
    Object.assign(this, { id, title, key, level });
    this.set = set;
    this.zip = join(CACHE, "archives", `${id}.zip`);
  }

  async open() {
    await mkdir(join(CACHE, "archives"), { recursive: true });
  }

  async run() {
    await rm(this.zip, { force: true });
    const start = performance.now();
    await output("zip", ["-q", "-r", "-D", `-${this.level}`, this.zip, "."], { cwd: this.set.tree });
    const took = performance.now() - start;
    return { took, size: (await stat(this.zip)).size };
  }

  async archive() {
    return this.zip;
  }

  async leftOut() {
    return [];
  }

  async reset() {}

  close() {
    return rm(this.zip, { force: true });
  }
}
