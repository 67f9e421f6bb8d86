/**
 * A file that is no longer what was added: the build stops with the file's name, nothing is handed out, and adding it again mends all.
 */

import assert from "node:assert/strict";
import { appendFile, cp, mkdir, readFile, rename, rm, truncate, utimes, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { before, describe, it } from "node:test";
import { stage } from "./support/stage.js";
import { REQUESTS, wheels } from "./support/wheels.js";

/** What can happen to a file on disk. @type {Record<string, (file: string) => Promise<void>>} */
const FATES = {
  "written to": (file) => appendFile(file, "more"),
  "written anew with the same length": async (file) => {
    const bytes = await readFile(file);
    bytes[bytes.length >> 1] ^= 0xff;
    await writeFile(file, bytes);
    await utimes(file, new Date(), new Date(Date.now() + 60_000));
  },
  truncated: (file) => truncate(file, 1000),
  emptied: (file) => truncate(file, 0),
  deleted: (file) => rm(file),
  renamed: (file) => rename(file, `${file}.old`),
  "turned into a folder": async (file) => {
    await rm(file);
    await mkdir(file);
  },
};

describe("a source that changes", { timeout: 600_000 }, () => {
  const on = stage();
  /** @type {string[]} */
  let originals = [];
  let reference = "";

  before(async () => {
    originals = await wheels(REQUESTS);
    const page = await on.open();
    await page.drop(originals);
    reference = (await page.build()).digest;
    await on.closePages();
  });

  let copies = 0;
  /** Copies of the wheels, for a test to spoil. */
  async function spoilable() {
    const folder = join(on.folder, `copies-${(copies += 1)}`);
    await mkdir(folder);
    const files = originals.map((file) => join(folder, basename(file)));
    await Promise.all(originals.map((file, index) => cp(file, files[index])));
    return { files, victim: files[3] };
  }

  for (const [fate, befall] of Object.entries(FATES)) {
    it(`by being ${fate} after a drop`, async () => {
      const { files, victim } = await spoilable();
      const page = await on.open();
      await page.drop(files);
      const before = await page.plan();
      await befall(victim);
      const refusal = await page.refusal("build");
      assert.equal(refusal.name, "SourceChangedError", refusal.message);
      assert.ok(refusal.message.includes(basename(victim)), refusal.message);
      assert.match(refusal.message, /add it again/);
      // Nothing was handed out, and the page says why.
      assert.equal(await page.part("result").isVisible(), false);
      assert.ok((await page.part("alert").innerText()).includes(basename(victim)));
      assert.deepEqual((await page.plan()).entries, before.entries);

      await rm(victim, { recursive: true, force: true });
      await cp(originals[3], victim);
      await page.drop([victim]);
      assert.equal((await page.build()).digest, reference);
    });
  }

  it("by being deleted after a pick", async () => {
    const { files, victim } = await spoilable();
    const page = await on.open();
    await page.pick("files", files);
    await rm(victim);
    const { name, message } = await page.refusal("build");
    assert.equal(name, "SourceChangedError", message);
    assert.ok(message.includes(basename(victim)));
  });

  it("by the change of one file in a folder, which is named", async () => {
    const folder = join(on.folder, "package");
    await mkdir(join(folder, "deep"), { recursive: true });
    await writeFile(join(folder, "__init__.py"), "");
    await writeFile(join(folder, "deep/data.json"), "{}");
    const page = await on.open();
    await page.drop([folder]);
    await rm(join(folder, "deep/data.json"));
    const { name, message } = await page.refusal("build");
    assert.equal(name, "SourceChangedError", message);
    assert.ok(message.includes("package/deep/data.json"), message);
  });

  it("also where it is the one that was read last, and so small that all of it was", async () => {
    const module = join(on.folder, "module.py");
    await writeFile(module, "x = 1\n");
    const page = await on.open();
    await page.drop([module]);
    await page.plan();
    await rm(module);
    const { name, message } = await page.refusal("build");
    assert.equal(name, "SourceChangedError", message);
    assert.ok(message.includes("module.py"), message);
  });

  it("after a first build: what was built is kept, a second build is refused", async () => {
    const { files, victim } = await spoilable();
    const page = await on.open();
    await page.drop(files);
    assert.equal((await page.build()).digest, reference);
    await appendFile(victim, "more");
    assert.equal((await page.refusal("build")).name, "SourceChangedError");
    const saved = await page.save(page.part("download"), dirname(victim));
    assert.ok((await readFile(saved)).length > 0);
  });

  it("and is left out instead: the rest is built", async () => {
    const { files, victim } = await spoilable();
    const page = await on.open();
    await page.drop(files);
    await rm(victim);
    assert.equal((await page.refusal("build")).name, "SourceChangedError");
    await page.call("apply", { op: "exclude", source: basename(victim) });
    const rest = await page.build();

    const without = await on.open();
    await without.drop(originals.filter((file) => basename(file) !== basename(victim)));
    assert.equal(rest.digest, (await without.build()).digest);
  });
});
