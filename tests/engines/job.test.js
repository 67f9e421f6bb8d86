/**
 * The main job in every engine: real wheels through the page's own file input, the runtime chosen, the layer built and
 * taken; and the same bytes in all of them, which are those of the command line.
 */

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { pack } from "../../dist/headless/index.js";
import { serveSite } from "../e2e/support/site.js";
import { REQUESTS, wheel, wheels } from "../e2e/support/wheels.js";
import { inEveryEngine } from "./support/page.js";

const SETTINGS = { runtimes: ["python3.11"], architectures: ["x86_64"], layerName: "everywhere" };

describe("the main job", { timeout: 900_000 }, () => {
  let folder = "";
  /** @type {Awaited<ReturnType<typeof serveSite>>} */
  let site;
  /** @type {string[]} */
  let files = [];
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "layerdrop-"));
    [site, files] = await Promise.all([serveSite(), wheels(REQUESTS)]);
  });
  after(async () => {
    await site?.close();
    await rm(folder, { recursive: true, force: true });
  });

  inEveryEngine((page) => {
    it("by hand: choose files, runtime, name; build; download", async () => {
      await page.goto(site.url);
      assert.equal((await page.run((element) => element.ready)).worker, "blob");
      const started = site.requests.length;
      await page.choose(files);
      await page.changing(() => page.click('input[value="python3.11"]'));
      await page.changing(() => page.click('input[value="x86_64"]'));
      await page.click('input[name="layerName"]');
      await page.type(SETTINGS.layerName);
      await page.changing(() => page.press("Enter"));
      const { runtimes, architectures, layerName } = await page.run((element) => element.settings);
      assert.deepEqual({ runtimes, architectures, layerName }, SETTINGS);

      await page.click('[part~="build"]');
      const shown = await page.text('[part~="code-sha256"]');
      await page.run((element) =>
        element.addEventListener("layerdrop-download", (event) => {
          event.preventDefault();
          window.taken = event.detail;
        }),
      );
      await page.click('[part~="download"]');
      const { fileName, base64 } = await page.until(takenLayer);
      const bytes = Buffer.from(base64, "base64");
      assert.equal(fileName, "everywhere.zip");
      assert.equal(shown.trim(), createHash("sha256").update(bytes).digest("base64"));
      assert.ok(bytes.equals(pack(files, SETTINGS).layer.bytes()), "the bytes are those of the command line");
      assert.deepEqual(site.requests.slice(started), [], "what the site was asked for after the start");
      assert.deepEqual(await page.uncaught(), []);
    });

    it("the same bytes, whoever packs", async () => {
      // Large enough to be cut into blocks, and small ones that are packed together.
      const large = Array.from({ length: 200_000 }, (_, line) => `x${line} = ${(line * 2654435761) % 4294967296}\n`);
      const texts = [["large.py", large.join("")], ...Array.from({ length: 50 }, (_, n) => [`m${n}.py`, `x = ${n}\n`.repeat(n)])];
      const loose = texts.map(([name]) => join(folder, name));
      await Promise.all(texts.map(([, text], number) => writeFile(loose[number], text)));
      const { codeSha256 } = pack([...files, ...loose], SETTINGS).layer;

      await page.goto(site.url);
      await page.run((element, settings) => void (element.settings = settings), SETTINGS);
      await page.choose([...loose, ...files]);
      for (const workers of [1, 2, 3])
        assert.deepEqual(await page.run(built, { workers }), { codeSha256, digest: codeSha256 }, `${workers} workers`);
    });

    it("the same bytes at the smallest", async () => {
      const settings = { ...SETTINGS, recompress: "smallest" };
      const idna = await wheel(REQUESTS[2]);
      const { codeSha256 } = pack([idna], settings).layer;
      assert.notEqual(codeSha256, pack([idna], SETTINGS).layer.codeSha256);
      await page.goto(site.url);
      await page.run((element, settings) => void (element.settings = settings), settings);
      await page.choose([idna]);
      assert.deepEqual(await page.run(built), { codeSha256, digest: codeSha256 });
    });
  });
});

/** What the page's download event gave. @returns {Promise<{ fileName: string, base64: string } | null>} */
async function takenLayer() {
  const { blob, fileName } = window.taken ?? {};
  if (!blob) return null;
  const url = await new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result);
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(blob);
  });
  return { fileName, base64: url.slice(url.indexOf(",") + 1) };
}

/** Builds by script: what the element says of the bytes, and what they are. @param {any} element @param {object} [options] */
async function built(element, options) {
  const { blob, codeSha256 } = await element.build(options);
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", await blob.arrayBuffer()));
  return { codeSha256, digest: btoa(String.fromCharCode(...digest)) };
}
