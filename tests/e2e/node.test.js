/**
 * Node.js: real packages, dropped, built, mounted at /opt, and loaded by the real Node.js 18, 20 and 22 as Lambda starts it.
 */

import assert from "node:assert/strict";
import { readdir, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { before, describe, it } from "node:test";
import { nodeEnvironment } from "./support/lambda.js";
import { installed, node, tarballs } from "./support/npm.js";
import { withOpt } from "./support/opt.js";
import { ROOT, output } from "./support/run.js";
import { stage } from "./support/stage.js";

const SUPPORT = join(ROOT, "tests/e2e/support");
const MAJORS = [18, 20, 22];

/** A scope with `exports`, a program in `bin`, and own dependencies in another version than those at the top. */
const PACKAGES = ["@noble/hashes@1.4.0", "semver@7.6.3"];
const NESTED = { "string-width": "4.2.3", "strip-ansi": "7.1.0", mkdirp: "3.0.1", "@noble/hashes": "1.4.0" };

/** More than 10,000 files, of packages that need no others. */
const MANY = { "date-fns": "2.30.0", "core-js": "3.38.1", rxjs: "7.8.1", lodash: "4.17.21" };

describe("Node.js", { timeout: 600_000 }, () => {
  const on = stage();
  let nested = "";
  /** @type {Map<number, string>} */
  const nodes = new Map();

  before(async () => {
    nested = await installed("nested", NESTED);
    for (const major of MAJORS) nodes.set(major, await node(major));
  });

  /**
   * The layer of some paths, unzipped.
   * @param {string} name  of the folder that it goes to
   * @param {string[]} paths
   * @param {object} [settings]
   */
  async function layer(name, paths, settings) {
    const page = await on.open();
    await page.set({ runtimes: MAJORS.map((major) => `nodejs${major}.x`), architectures: ["x86_64"], ...settings });
    await page.drop(paths);
    const folder = join(on.folder, name);
    await output("mkdir", [folder]);
    return page.unzipped(folder);
  }

  /** What `require` loads, and from where. */
  function required(opt, major, ...names) {
    return withOpt(opt, nodes.get(major), [join(SUPPORT, "check_require.cjs"), ...names], { env: nodeEnvironment(major) });
  }

  /** What `import` loads, and from where. */
  function imported(opt, major, ...names) {
    const loader = ["--no-warnings", "--experimental-loader", join(SUPPORT, "node_path.mjs")];
    // Node.js 18 tells where a module would come from only behind a flag.
    const resolve = major < 20 ? ["--experimental-import-meta-resolve"] : [];
    const args = [...loader, ...resolve, join(SUPPORT, "check_import.mjs"), ...names];
    return withOpt(opt, nodes.get(major), args, { env: nodeEnvironment(major) });
  }

  for (const major of MAJORS) {
    it(`${major} loads tarballs, scoped ones too, by require and import`, async () => {
      const opt = await layer(`tarballs-${major}`, await tarballs(PACKAGES));
      const told = await required(opt, major, "@noble/hashes/sha256", "semver");
      assert.match(told, /^@noble\/hashes\/sha256 \/opt\/nodejs\/node_modules\/@noble\/hashes\/sha256\.js$/m);
      assert.match(told, /^semver \/opt\/nodejs\/node_modules\/semver\/index\.js$/m);
      const byImport = await imported(opt, major, "@noble/hashes/sha256", "semver");
      assert.match(byImport, /^@noble\/hashes\/sha256 \/opt\/nodejs\/node_modules\/@noble\/hashes\/esm\/sha256\.js$/m);
      await assert.rejects(required(on.folder, major, "semver"), /Cannot find module 'semver'/);
    });

    it(`${major} loads a node_modules whose packages bring their own`, async () => {
      const opt = await layer(`nested-${major}`, [nested]);
      const own = "/opt/nodejs/node_modules";
      assert.match(await required(opt, major, "string-width"), new RegExp(`^string-width ${own}/string-width/`, "m"));
      // Only as a module: the version that the project asks for itself, not the nested one.
      assert.match(await imported(opt, major, "strip-ansi"), new RegExp(`^strip-ansi ${own}/strip-ansi/index.js$`, "m"));
      const names = await readdir(join(opt, "nodejs/node_modules"));
      assert.ok(!names.includes(".bin") && names.includes("mkdirp"), "launchers stay out, their packages do not");
      const program = join(opt, "nodejs/node_modules/mkdirp/dist/cjs/src/bin.js");
      assert.equal((await stat(program)).mode & 0o777, 0o755, "what package.json calls a program can be started");
      await withOpt(opt, nodes.get(major), ["/opt/nodejs/node_modules/mkdirp/dist/cjs/src/bin.js", "--version"]);
    });
  }

  it("finds each version's own folder first, and only that", async () => {
    const opt = await layer("versioned", await tarballs(["semver@7.6.3"]), { layout: "versioned", runtimes: ["nodejs20.x", "nodejs22.x"] });
    for (const major of [20, 22])
      assert.match(await required(opt, major, "semver"), new RegExp(`/opt/nodejs/node${major}/node_modules/semver/`));
    await assert.rejects(required(opt, 18, "semver"), /Cannot find module 'semver'/);
  });

  it("finds code of one's own by require and import", async () => {
    const [commonjs, module] = [join(on.folder, "shout.cjs"), join(on.folder, "whisper.mjs")];
    await writeFile(commonjs, "exports.shout = (text) => text.toUpperCase();\n");
    await writeFile(module, "export const whisper = (text) => text.toLowerCase();\n");
    const opt = await layer("own", [commonjs, module]);
    for (const major of MAJORS) {
      assert.match(await required(opt, major, "shout"), /^shout \/opt\/nodejs\/node_modules\/shout\//);
      assert.match(await imported(opt, major, "shout", "whisper"), /^whisper \/opt\/nodejs\/node_modules\/whisper\//m);
    }
  });

  it("gives the same bytes for more than 10,000 files as a folder and as a tarball", async () => {
    const modules = await installed("many", MANY);
    const files = (await readdir(modules, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
    assert.ok(files.length > 10_000, `${files.length} files`);
    const tar = join(on.folder, "modules.tar.gz");
    // Every file with an execute bit, as archives from other systems have it.
    await output("tar", ["-czf", tar, "--mode=a+rwx", "-C", dirname(modules), "node_modules"]);
    const built = [];
    for (const dropped of [modules, tar]) {
      const page = await on.open();
      await page.set({ runtimes: ["nodejs22.x"], architectures: ["x86_64"], layerName: "many" });
      // So that the change that is waited for is the drop's, not the settings'.
      await page.plan();
      await page.drop([dropped]);
      built.push(await page.build());
      await on.closePages();
    }
    const [folder, tarball] = built;
    assert.ok(folder.entryCount > 10_000, `${folder.entryCount} files in the layer`);
    assert.equal(tarball.codeSha256, folder.codeSha256);
    assert.deepEqual([tarball.digest, tarball.size], [folder.digest, folder.size]);
  });
});
