/**
 * A folder at /opt, for one process: the way in which Lambda gives a layer to a function.
 */

import assert from "node:assert/strict";
import { ROOT, TOOLS, output, run } from "./run.js";

/** Ways to a mount namespace: as root, as one who may become root, as nobody special where the kernel lets them. */
const WAYS = [
  ["unshare", "-m"],
  ["sudo", "-n", "unshare", "-m"],
  ["unshare", "-r", "-m"],
];

const MOUNTED = 'mount --bind "$1" /opt && shift && exec "$@"';

/**
 * Runs a Python 3.11 that knows its standard library and nothing else, with the folder as /opt.
 * @param {string} folder
 * @param {string} script  a file in tests/e2e/support/
 * @param {...string} args
 */
export async function pythonWithOpt(folder, script, ...args) {
  return withOpt(folder, await python311(), ["-I", "-S", "-B", `${ROOT}tests/e2e/support/${script}`, ...args]);
}

/**
 * What a program that must succeed writes, with the folder as /opt.
 * @param {string} folder
 * @param {string} program
 * @param {string[]} args
 * @param {import("node:child_process").SpawnOptions} [options]
 */
export async function withOpt(folder, program, args, options) {
  const way = await mountNamespace();
  return output(way[0], [...way.slice(1), "sh", "-c", MOUNTED, "sh", folder, program, ...args], options);
}

async function mountNamespace() {
  for (const way of WAYS) {
    const tried = await run(way[0], [...way.slice(1), "sh", "-c", MOUNTED, "sh", "/tmp", "true"]).catch(() => null);
    if (tried?.code === 0) return way;
  }
  return assert.fail("A folder can't be mounted at /opt here: run the tests as root, or allow 'sudo -n unshare -m'.");
}

async function python311() {
  for (const python of [`${TOOLS}python`, "python3.11"]) {
    const tried = await run(python, ["--version"]).catch(() => null);
    if (tried?.stdout.startsWith("Python 3.11.")) return python;
  }
  return assert.fail(
    "Python 3.11, which the layer of this test is for, is missing: install it and remove .tools/python.",
  );
}
