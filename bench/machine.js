/** On what it ran, for whoever compares. */

import { readFile } from "node:fs/promises";
import { availableParallelism, cpus, loadavg, release, totalmem } from "node:os";
import { join } from "node:path";
import { output } from "../tests/e2e/support/run.js";
import { ROOT } from "./cache.js";

/** @param {import("playwright-core").Browser} browser */
export async function machine(browser) {
  const lock = JSON.parse(await readFile(join(ROOT, "bench/packages/peers/package.json"), "utf8"));
  return {
    processor: cpus()[0]?.model ?? "unknown",
    cores: availableParallelism(),
    memory: totalmem(),
    system: release(),
    browser: browser.version(),
    node: process.version.slice(1),
    zip: /Zip (\S+)/.exec(await output("zip", ["-v"]))?.[1],
    revision: (await output("git", ["describe", "--always", "--dirty", "--exclude=*"], { cwd: ROOT })).trim(),
    peers: lock.devDependencies,
    load: loadavg()[0],
  };
}
