/**
 * Programs and libraries: real ones, dropped as a browser gives them, without execute bits, and started by name from /opt.
 */

import assert from "node:assert/strict";
import { cp, mkdir, readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { before, describe, it } from "node:test";
import { unpacked } from "./support/debian.js";
import { ENVIRONMENT, nodeEnvironment } from "./support/lambda.js";
import { node, tarballs } from "./support/npm.js";
import { pythonWithOpt, withOpt } from "./support/opt.js";
import { ROOT, output } from "./support/run.js";
import { stage } from "./support/stage.js";
import { wheels } from "./support/wheels.js";

// Debian's architectures, and ours.
const ARCHITECTURE = process.arch === "arm64" ? "arm64" : "x86_64";

describe("programs and libraries", { timeout: 600_000 }, () => {
  const on = stage();
  let fixed = "";
  let linked = "";
  /** @type {string[]} */
  let libraries = [];

  before(async () => {
    fixed = join(await unpacked("bash-static"), "bin/bash-static");
    // Under a name that no system has, so that PATH can lead to one file only.
    linked = join(on.folder, "layer-jq");
    await cp(join(await unpacked("jq"), "usr/bin/jq"), linked);
    libraries = [await library("libjq1", "libjq.so.1"), await library("libonig5", "libonig.so.5")];
  });

  /**
   * The layer of some paths, unzipped.
   * @param {string} name
   * @param {string[]} paths
   * @param {string[]} runtimes
   */
  async function layer(name, paths, runtimes = ["provided.al2023"]) {
    const page = await on.open();
    await page.set({ runtimes, architectures: [ARCHITECTURE] });
    await page.drop(paths);
    const folder = join(on.folder, name);
    await mkdir(folder);
    return page.unzipped(folder);
  }

  /** What a shell writes that starts where a function does. */
  function shell(opt, command, env = {}) {
    return withOpt(opt, "sh", ["-c", command], { env: { ...ENVIRONMENT, ...env } });
  }

  it("a static program is found by its name", async () => {
    const opt = await layer("static", [fixed]);
    assert.equal((await stat(join(opt, "bin/bash-static"))).mode & 0o777, 0o755);
    const told = await shell(opt, "command -v bash-static && bash-static -c 'echo $((6 * 7))' && ! ldd /opt/bin/bash-static");
    assert.match(told, /^\/opt\/bin\/bash-static\n42\n/);
  });

  it("a linked program finds its libraries, and those find theirs", async () => {
    const opt = await layer("linked", [linked, ...libraries]);
    assert.equal((await stat(join(opt, "bin/layer-jq"))).mode & 0o777, 0o755);
    assert.deepEqual(await readdir(join(opt, "lib")), ["libjq.so.1", "libonig.so.5"]);
    assert.equal(await shell(opt, `echo '{"a": "xyz"}' | layer-jq '.a | test("^x.z$")'`), "true\n");
    const told = await shell(opt, "ldd /opt/bin/layer-jq");
    assert.match(told, /libjq\.so\.1 => \/opt\/lib\/libjq\.so\.1 /);
    assert.match(told, /libonig\.so\.5 => \/opt\/lib\/libonig\.so\.5 /);
  });

  it("an archive of them gives the same layer as the files themselves", async () => {
    const content = join(on.folder, "content");
    await mkdir(content);
    for (const file of [linked, ...libraries]) await cp(file, join(content, file.split("/").at(-1)), { dereference: true });
    const tar = join(on.folder, "tools.tar.xz");
    await output("tar", ["-cJf", tar, "-C", content, "."]);
    const digests = [];
    for (const paths of [[linked, ...libraries], [content], [tar]]) {
      const page = await on.open();
      await page.set({ runtimes: ["provided.al2023"], architectures: [ARCHITECTURE], layerName: "tools" });
      await page.drop(paths);
      digests.push((await page.build()).codeSha256);
    }
    assert.deepEqual(digests, Array(3).fill(digests[0]));
  });

  it("two languages and a program make one layer, each in its own folder", async () => {
    const python = await wheels(["idna-3.10-py3-none-any.whl", "certifi-2024.8.30-py3-none-any.whl"]);
    const paths = [...python, ...(await tarballs(["semver@7.6.3"])), fixed];
    const opt = await layer("several", paths, ["python3.12", "nodejs22.x"]);
    assert.deepEqual((await readdir(opt)).sort(), ["bin", "nodejs", "python"]);
    assert.match(await pythonWithOpt(opt, "check_pure.py", "idna", "certifi"), /^idna \/opt\/python\/idna\//);
    const check = [join(ROOT, "tests/e2e/support/check_require.cjs"), "semver"];
    assert.match(await withOpt(opt, await node(22), check, { env: nodeEnvironment(22) }), /^semver \/opt\/nodejs\//);
    assert.equal(await shell(opt, "bash-static -c 'echo started'"), "started\n");
  });
});

/**
 * A library of a Debian package, by the name that programs ask for.
 * @param {string} name
 * @param {string} file
 */
async function library(name, file) {
  const below = join(await unpacked(name), "usr/lib");
  const [triplet] = await readdir(below);
  return join(below, triplet, file);
}
