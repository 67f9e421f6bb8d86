/**
 * More than a layer can hold: it is opened and planned all the same, so that one can choose what to leave out.
 */

import assert from "node:assert/strict";
import { mkdir, open, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, it } from "node:test";
import { stage } from "./support/stage.js";

const MB = 1024 * 1024;

describe("large drops", { timeout: 300_000 }, () => {
  const on = stage();

  it("1 GB is opened, planned and pruned in little memory, and what is left is built", async (test) => {
    // Holes in files: they have the size and take no room.
    const files = await Promise.all(
      [256, 256, 256, 255, 1].map(async (size, index) => {
        const file = join(on.folder, `weights_${index}.bin`);
        const handle = await open(file, "w");
        await handle.truncate(size * MB);
        await handle.close();
        return { path: `models/weights_${index}.bin`, file };
      }),
    );
    const page = await on.open();
    await page.set({ runtimes: ["python3.13"], architectures: ["x86_64"] });
    await page.add([{ path: "models/__init__.py", text: "" }, ...files]);
    const { entries, findings, sizes } = await page.plan();
    assert.equal(sizes.unzipped, 1024 * MB);
    assert.equal(entries.length, files.length + 1);
    assert.ok(findings.some(({ rule }) => rule === "over-unzipped-limit"));
    for (const index of [0, 1, 2, 3]) await page.call("apply", { op: "exclude", path: `python/models/weights_${index}.bin` });
    const layer = await page.build();
    assert.equal(layer.unzippedSize, 1 * MB);
    const wasm = await page.worker().evaluate(async () => (await wasm_bindgen()).memory.buffer.byteLength);
    test.diagnostic(`the engine's memory has ${wasm / MB} MB`);
    assert.ok(wasm < 32 * MB, `the engine's memory has ${wasm} bytes`);
  });

  it("a folder of 20,000 files is dropped and built", async (test) => {
    const count = 20_000;
    const folder = join(on.folder, "many");
    for (let part = 0; part < count / 1000; part += 1) {
      const at = join(folder, `part_${part}`);
      await mkdir(at, { recursive: true });
      const numbers = Array.from({ length: 1000 }, (_, index) => index);
      await Promise.all(numbers.map((number) => writeFile(join(at, `m_${number}.py`), `n = ${part * 1000 + number}\n`)));
    }
    const page = await on.open();
    await page.set({ runtimes: ["python3.13"], architectures: ["x86_64"] });
    // Else the change of the settings could be what is heard, long before the folder was walked.
    await page.plan();
    const start = performance.now();
    await page.drop([folder], undefined, 120_000);
    const dropped = performance.now();
    const layer = await page.build();
    test.diagnostic(`dropped in ${Math.round(dropped - start)} ms, built in ${Math.round(performance.now() - dropped)} ms`);
    assert.equal(layer.entryCount, count);
    assert.equal(layer.digest, layer.codeSha256);
  });
});
