/**
 * The same inputs and choices give the same bytes: in any order, by any way in, in a fresh browser, after a detour.
 */

import assert from "node:assert/strict";
import { cp, mkdir } from "node:fs/promises";
import { basename, join } from "node:path";
import { before, describe, it } from "node:test";
import { startBrowser } from "./support/browser.js";
import { LayerPage } from "./support/page.js";
import { output } from "./support/run.js";
import { stage } from "./support/stage.js";
import { REQUESTS, wheels } from "./support/wheels.js";

const SETTINGS = { runtimes: ["python3.11"], architectures: ["x86_64"], layerName: "same" };

describe("the bytes of a layer", { timeout: 600_000 }, () => {
  const on = stage();
  /** @type {string[]} */
  let files = [];
  /** What every other way must give as well. */
  let reference = "";

  before(async () => {
    files = await wheels(REQUESTS);
    const page = await on.open();
    await page.set(SETTINGS);
    await page.drop(files);
    reference = (await page.build()).codeSha256;
    await on.closePages();
  });

  /** @param {(page: LayerPage) => Promise<unknown>} fill */
  async function built(fill, options = {}) {
    const page = await on.open(options);
    await page.set(SETTINGS);
    await fill(page);
    return page.build();
  }

  it("are those that their digest says, twice in a row", async () => {
    const page = await on.open();
    await page.set(SETTINGS);
    await page.drop(files);
    const [first, second] = [await page.build(), await page.build()];
    assert.equal(first.codeSha256, first.digest);
    assert.equal(first.size, first.blobSize);
    assert.equal(Buffer.from(first.sha256Hex, "hex").toString("base64"), first.digest);
    assert.deepEqual([first.digest, second.digest], [reference, reference]);
  });

  it("don't depend on the order of the inputs", async () => {
    assert.equal((await built((page) => page.drop([...files].reverse()))).digest, reference);
  });

  it("don't depend on how many drops brought the inputs", async () => {
    const oneByOne = async (page) => {
      for (const file of [...files].sort()) await page.drop([file]);
    };
    assert.equal((await built(oneByOne)).digest, reference);
  });

  it("don't depend on the way in: the file picker, or a script's addFiles", async () => {
    assert.equal((await built((page) => page.pick("files", files))).digest, reference);
    assert.equal((await built((page) => page.add(files.map((file) => ({ file }))))).digest, reference);
  });

  it("are fewer when everything is recompressed, and unpack to the same files", async () => {
    const page = await on.open();
    await page.set(SETTINGS);
    await page.drop(files);
    const kept = await page.build();
    await page.set({ recompress: "smallest" });
    const smallest = await page.build();
    assert.ok(smallest.size < kept.size * 0.97, `${smallest.size} bytes, before ${kept.size}`);
    assert.equal(smallest.saved, kept.size - smallest.size);
    const [before, after] = [join(on.folder, "kept"), join(on.folder, "smallest")];
    await page.unzipped(after);
    await page.set({ recompress: "keep" });
    await page.unzipped(before);
    await output("diff", ["-r", join(before, "opt"), join(after, "opt")]);
    for (const workers of [1, 3]) {
      await page.set({ recompress: "smallest" });
      assert.equal((await page.build({ workers })).digest, smallest.digest, `${workers} workers`);
    }
  });

  it("don't depend on when the files were written", async () => {
    const copies = join(on.folder, "copies");
    await mkdir(copies);
    // A plain copy has the time of the copying.
    for (const file of files) await cp(file, join(copies, basename(file)));
    assert.equal(
      (await built((page) => page.drop(files.map((file) => join(copies, basename(file)))))).digest,
      reference,
    );
  });

  it("don't depend on the browser's run, language or time zone", async () => {
    const browser = await startBrowser();
    try {
      const tab = await (await browser.newContext({ locale: "tr-TR", timezoneId: "Pacific/Kiritimati" })).newPage();
      const page = new LayerPage(tab);
      await tab.goto(on.site.url);
      await page.ready();
      await page.set(SETTINGS);
      await page.drop(files);
      assert.equal((await page.build()).digest, reference);
    } finally {
      await browser.close();
    }
  });

  it("don't depend on how many pack, nor on which of them is done first", async () => {
    const page = await on.open();
    await page.set(SETTINGS);
    await page.drop(files);
    // Large enough to be cut into blocks, and many small ones that are packed together.
    await page.element.evaluate((element) => {
      const large = Array.from({ length: 300_000 }, (_, line) => `${line} ${(line * 2654435761) % 4294967296}`).join("\n");
      const small = Array.from({ length: 500 }, (_, number) => ({
        path: `extra/m${number}.py`,
        blob: new Blob([`x = ${number}\n`.repeat(number)]),
      }));
      return element.addFiles([{ path: "extra/__init__.py", blob: new Blob([large]) }, ...small]);
    });
    const alone = await page.build({ workers: 1 });
    assert.ok(alone.entryCount > 500);
    for (const workers of [2, 3, 5]) assert.equal((await page.build({ workers })).digest, alone.digest, `${workers}`);
    await assert.rejects(page.build({ workers: 0 }), /found 0 workers, expected a whole number from 1 on/);
  });

  it("don't depend on what was tried and taken back before", async () => {
    const detour = async (page) => {
      await page.drop(files);
      await page.call("apply", { op: "exclude", path: "python/idna" });
      const without = await page.build();
      assert.notEqual(without.digest, reference, "an exclusion changes the layer");
      await page.call("undo");
    };
    assert.equal((await built(detour)).digest, reference);
  });
});
