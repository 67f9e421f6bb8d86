/**
 * The bundle of the page and of the command line: the same bytes, sound by what others wrote to read such files, and its
 * scripts run from anywhere.
 */

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { after, before, describe, it } from "node:test";
import { open } from "../../dist/headless/index.js";
import { ROOT, TOOLS, output, run } from "../e2e/support/run.js";
import { startAws } from "../e2e/support/aws.js";
import { stage } from "../e2e/support/stage.js";
import { REQUESTS, wheels } from "../e2e/support/wheels.js";

const READER = join(ROOT, "tests/headless/support/read-bundle.py");
const ACCOUNT = "123456789012";
const sha256 = (/** @type {Uint8Array} */ bytes) => createHash("sha256").update(bytes).digest("hex");

describe("the bundle", { timeout: 600_000 }, () => {
  const on = stage();
  let top = "";
  /** @type {string[]} */
  let given = [];
  const settings = {
    runtimes: ["python3.11", "nodejs22.x"],
    architectures: ["x86_64"],
    layerName: "bundled",
    description: `It's $HOME "so"`,
    licenseInfo: "MIT",
    region: "eu-west-1",
    shareWith: [ACCOUNT],
  };
  before(async () => {
    top = await mkdtemp(join(tmpdir(), "layerdrop-"));
    const files = {
      "node_modules/@scope/tool/package.json": `{"name":"@scope/tool","version":"2.0.0","license":"(MIT OR Apache-2.0)"}`,
      "node_modules/@scope/tool/index.js": "module.exports = 1;\n",
      "node_modules/odd/package.json": `{"name":"odd","version":"1.0.0","license":"SEE LICENSE IN LICENSE"}`,
      "node_modules/odd/index.js": "module.exports = 1;\n",
      "own.py": "x = 1\n",
    };
    for (const [name, text] of Object.entries(files)) {
      await mkdir(join(top, name, ".."), { recursive: true });
      await writeFile(join(top, name), text);
    }
    given = [...(await wheels(REQUESTS)), join(top, "node_modules"), join(top, "own.py")];
  });
  after(() => rm(top, { recursive: true, force: true }));

  /** @param {string[]} bundles */
  const read = async (...bundles) => JSON.parse(await output(`${TOOLS}python`, [READER, ...bundles]));

  it("is the same on the page, in the library and from the program, and says what is in the layer", async () => {
    const page = await on.open();
    await page.set(settings);
    await page.drop(given);
    const there = await page.element.evaluate(async (element) => {
      const { fileName, blob } = await element.bundle();
      return { fileName, bytes: Array.from(new Uint8Array(await blob.arrayBuffer())) };
    });
    const work = open(given, settings);
    const here = work.bundle(work.build());
    assert.equal(there.fileName, "bundled.bundle.zip");
    assert.equal(here.fileName, there.fileName);
    assert.ok(Buffer.from(there.bytes).equals(here.bytes()), "page and library give the same bytes");
    const path = join(top, here.fileName);
    await writeFile(join(top, "recipe.json"), work.recipe());
    await output(process.execPath, [
      join(ROOT, "dist/headless/layerdrop.js"), "pack", ...given, "--recipe", join(top, "recipe.json"),
      "-o", join(top, "bundled.zip"), "--bundle", path,
    ]);
    assert.ok((await readFile(path)).equals(here.bytes()), "and so does the program");

    const [found] = await read(path);
    assert.equal(found.modes["publish.sh"], "0o755");
    assert.equal(found.modes["bundled.zip"], "0o644");
    for (const name of ["publish.ps1", "publish.cmd", "bundled.publish.json", "share.sh", "template.yaml", "layer.yaml", "app.ts", "app.py",
      "layer.tf", "index.ts", "serverless.yml", ".github/workflows/publish-layer.yml", "layer.mk", "console.txt"])
      assert.ok(name in found.modes, name);
    assert.deepEqual(found.recipe, JSON.parse(work.recipe()));
    assert.deepEqual(found.sources, [...given.map((file) => basename(file))].sort());
    const by = Object.fromEntries(found.components.map((one) => [one.purl ?? one.name, one]));
    assert.deepEqual(Object.keys(by).sort(), [
      "pkg:npm/%40scope/tool@2.0.0", "pkg:npm/odd@1.0.0", "pkg:pypi/certifi@2024.8.30", "pkg:pypi/charset-normalizer@3.4.0",
      "pkg:pypi/idna@3.10", "pkg:pypi/requests@2.32.3", "pkg:pypi/urllib3@2.2.3", "python/own.py",
    ]);
    const [requests = ""] = given;
    assert.deepEqual(by["pkg:pypi/requests@2.32.3"], {
      type: "library", name: "requests", version: "2.32.3", purl: "pkg:pypi/requests@2.32.3",
      licenses: [{ license: { id: "Apache-2.0" } }],
      hashes: [{ alg: "SHA-256", content: sha256(await readFile(requests)) }],
    });
    assert.deepEqual(by["pkg:npm/%40scope/tool@2.0.0"].licenses, [{ expression: "(MIT OR Apache-2.0)" }]);
    assert.deepEqual(by["pkg:npm/odd@1.0.0"].licenses, [{ license: { name: "SEE LICENSE IN LICENSE" } }]);
    assert.deepEqual(by["pkg:pypi/certifi@2024.8.30"].licenses, [{ license: { id: "MPL-2.0" } }]);
    assert.equal(by["python/own.py"].type, "file");
    assert.equal(by["python/own.py"].hashes[0].content, sha256(Buffer.from("x = 1\n")));
  });

  it("has scripts that publish and share from any folder, and then names the version that AWS made", async () => {
    const aws = await startAws();
    try {
      const work = open([join(top, "own.py")], settings);
      const layer = work.build();
      const before = join(top, "before.zip");
      work.bundle(layer).writeTo(before);
      const folder = join(top, "un packed");
      await output("unzip", ["-q", before, "-d", folder]);
      const script = async (/** @type {string} */ name) => {
        const { code, stdout, stderr } = await aws.run("sh", `"${folder}/${name}.sh"`, tmpdir());
        assert.equal(code, 0, stderr);
        return stdout;
      };
      const answer = await script("publish");
      assert.equal(JSON.parse(answer).Content.CodeSha256, layer.codeSha256);
      assert.equal(JSON.parse(answer).Description, settings.description);
      await script("share");
      assert.match(await script("policy"), new RegExp(ACCOUNT));
      const published = work.published(answer);
      const [version] = published.published;
      const afterwards = join(top, "after.zip");
      work.bundle(layer).writeTo(afterwards);
      const [first, second] = await read(before, afterwards);
      assert.equal(first.serialNumber, second.serialNumber);
      assert.deepEqual(second.layer.properties, [{ name: "aws:lambda:layer-version-arn", value: version?.arn }]);
      const share = await output("unzip", ["-p", afterwards, "share.sh"]);
      assert.ok(share.includes(published.commands.share.sh));
      assert.match(share, /--version-number 1/);
    } finally {
      await aws.close();
    }
  });

  it("is of the zip that was built last, or none", async () => {
    const work = open([join(top, "own.py")], settings);
    const layer = work.build();
    const other = { ...layer, bytes: () => Buffer.from("other") };
    assert.throws(() => work.bundle(other), { name: "InvalidOperationError", message: /has the SHA-256 .*; expected that of the last build/ });
    work.apply({ op: "rename", path: "python/own.py", name: "new.py" });
    assert.throws(() => work.bundle(layer), { name: "InvalidOperationError", message: /build it first/ });
    const { code, stderr } = await run(process.execPath, [
      join(ROOT, "dist/headless/layerdrop.js"), "pack", join(top, "own.py"), "-o", join(top, "x.zip"), "--bundle", join(top, "none/b.zip"),
    ]);
    assert.equal(code, 2, stderr);
  });
});
