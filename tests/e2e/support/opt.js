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

/**
 * Runs code in Debian's Ruby as Lambda would start it, with the folder as /opt.
 * @param {string} folder
 * @param {string} api  the version in the folder's name of gems, e.g. "3.4.0"
 * @param {string} code
 */
export async function rubyWithOpt(folder, api, code) {
  const env = {
    PATH: "/usr/local/bin:/usr/bin:/bin:/opt/bin",
    LANG: "C.UTF-8",
    GEM_PATH: `/var/task/vendor/bundle/ruby/${api}:/opt/ruby/gems/${api}`,
    GEM_HOME: "/nonexistent",
    RUBYLIB: "/var/task:/var/runtime/lib:/opt/ruby/lib",
  };
  return withOpt(folder, "ruby", ["-e", code], { env });
}

/**
 * The same in Ruby 3.4, which no Debian has; compiled to WebAssembly, so that it loads no compiled parts of gems.
 * @param {string} folder
 * @param {string} code
 */
export function ruby34WithOpt(folder, code) {
  // Beside its own threads, V8 of Node.js 20 falls over when this much memory grows.
  return output(process.execPath, [
    "--no-warnings",
    "--single-threaded",
    `${ROOT}tests/e2e/support/ruby-wasi.js`,
    folder,
    code,
  ]);
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
