/** Whether an archive holds just the files that were to be packed: judged outside the browser, by another reader. */

import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { output } from "../tests/e2e/support/run.js";
import { CACHE, ROOT } from "./cache.js";

/**
 * @param {import("./tab.js").Tab | import("./native.js").Native} runner
 * @param {{ sha256?: string }} result
 * @param {{ tree: string }} set
 * @returns {Promise<{ entries: number, leftOut: number }>}
 */
export async function check(runner, { sha256 }, set) {
  const archive = await runner.archive();
  const list = join(CACHE, "archives/left-out.json");
  await writeFile(list, JSON.stringify(await runner.leftOut()));
  const found = await output("python3", [join(ROOT, "bench/check.py"), archive, set.tree, list, sha256 ?? ""]);
  await rm(archive);
  return JSON.parse(found);
}
