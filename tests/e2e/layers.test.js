/**
 * Layers as AWS's documentation shows them for each language: the same trees, file by file.
 */

import assert from "node:assert/strict";
import { readdir } from "node:fs/promises";
import { join, relative } from "node:path";
import { describe, it } from "node:test";
import { unpacked } from "./support/debian.js";
import { nodeEnvironment } from "./support/lambda.js";
import { installed, node } from "./support/npm.js";
import { withOpt } from "./support/opt.js";
import { ROOT, output } from "./support/run.js";
import { stage } from "./support/stage.js";
import { REQUESTS, wheels } from "./support/wheels.js";

describe("the documentation's layers", { timeout: 600_000 }, () => {
  const on = stage();

  /**
   * The paths of a layer, with nothing that would go wrong.
   * @param {string[]} paths
   * @param {string[]} runtimes
   */
  async function tree(paths, runtimes) {
    const page = await on.open();
    await page.set({ runtimes, architectures: ["x86_64"] });
    await page.drop(paths);
    const { entries, findings } = await page.plan();
    assert.deepEqual(
      findings.filter(({ severity }) => severity === "error"),
      [],
    );
    return { page, paths: entries.map(({ path }) => path) };
  }

  it("X-Ray's SDK for Node.js: nodejs/node_modules/aws-xray-sdk", async () => {
    const modules = await installed("xray", { "aws-xray-sdk": "3.10.1" });
    const files = (await readdir(modules, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
    const expected = files
      .map((entry) => relative(modules, join(entry.parentPath ?? entry.path, entry.name)))
      // npm's own notes, at the top or in a package.
      .filter((path) => path !== ".package-lock.json" && !/(^|node_modules\/)\.bin\//.test(path))
      .map((path) => `nodejs/node_modules/${path}`);
    const { page, paths } = await tree([modules], ["nodejs22.x"]);
    assert.deepEqual(paths, expected.sort(byBytes));
    assert.ok(paths.includes("nodejs/node_modules/aws-xray-sdk/package.json"));
    const opt = await page.unzipped(on.folder);
    const check = [join(ROOT, "tests/e2e/support/check_require.cjs"), "aws-xray-sdk"];
    const told = await withOpt(opt, await node(22), check, { env: nodeEnvironment(22) });
    assert.match(told, /^aws-xray-sdk \/opt\/nodejs\/node_modules\/aws-xray-sdk\//m);
  });

  it("requests and boto3 for Python: python/requests, python/boto3, and what they say of themselves", async () => {
    const files = await wheels([...REQUESTS, "boto3-1.35.63-py3-none-any.whl"]);
    const expected = [];
    for (const file of files) expected.push(...(await output("unzip", ["-Z1", file])).trim().split("\n"));
    const listed = expected.filter((path) => !path.endsWith("/")).map((path) => `python/${path}`);
    const { paths } = await tree(files, ["python3.11"]);
    assert.deepEqual(paths, listed.sort(byBytes));
  });

  it("a jar for Java: java/lib/json-path-….jar, and nothing else", async () => {
    const folder = join(await unpacked("libjsonpath-java"), "usr/share/java");
    const jar = (await readdir(folder)).find((name) => /^json-path-\d.*\.jar$/.test(name));
    assert.ok(jar);
    assert.deepEqual((await tree([join(folder, jar)], ["java21"])).paths, [`java/lib/${jar}`]);
  });
});

/** The order of a layer's paths. */
function byBytes(a, b) {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}
