/**
 * A worker that dies: the call is answered with an error of a known name, the session is repeated, and the next build gives the same bytes.
 */

import assert from "node:assert/strict";
import { cp, mkdir, rm } from "node:fs/promises";
import { basename, join } from "node:path";
import { before, describe, it } from "node:test";
import { stage } from "./support/stage.js";
import { REQUESTS, wheels } from "./support/wheels.js";

const SETTINGS = { runtimes: ["python3.11"], layerName: "again" };

describe("a worker that dies", { timeout: 600_000 }, () => {
  const on = stage();
  /** @type {string[]} */
  let files = [];
  let reference = "";

  /** A session with a past: settings, exclusions, a step taken back. @param {Parameters<typeof on.open>[0]} [options] */
  async function lived(options) {
    const page = await on.open(options);
    await page.set(SETTINGS);
    await page.drop(files);
    await page.call("apply", { op: "exclude", path: "python/certifi/py.typed" });
    await page.call("apply", { op: "exclude", path: "python/idna" });
    await page.call("undo");
    return page;
  }

  before(async () => {
    files = await wheels(REQUESTS);
    const page = await lived();
    reference = (await page.build()).digest;
    await on.closePages();
  });

  /** @param {import("./support/page.js").LayerPage} page */
  async function isIntact(page) {
    assert.equal((await page.build()).digest, reference);
    assert.deepEqual(
      (await page.plan()).excluded.map(({ path }) => path),
      ["python/certifi/py.typed"],
    );
    assert.equal((await page.settings()).layerName, SETTINGS.layerName);
    // The past is still there as well: forth again, and back.
    await page.call("redo");
    assert.ok(!(await page.paths()).some((path) => path.startsWith("python/idna/")));
    await page.call("undo");
    await page.call("undo");
    assert.ok((await page.paths()).includes("python/certifi/py.typed"));
  }

  it("while it packs is replaced, and its job is done by another", async () => {
    // One packer alone: the next one is its replacement, and whole.
    const page = await lived({ first: () => Object.defineProperty(navigator, "hardwareConcurrency", { value: 1 }) });
    await page.build();
    const [, packer, ...others] = page.page.workers();
    assert.equal(others.length, 0);
    await packer.evaluate('wasm_bindgen.work = () => { throw new WebAssembly.RuntimeError("on purpose"); }');
    const gone = packer.waitForEvent("close");
    assert.equal((await page.build()).digest, reference);
    await gone;
    await isIntact(page);
  });

  it("while it makes the hash leaves that to another, and the layer is the same", async () => {
    const page = await lived({ first: () => Object.defineProperty(navigator, "hardwareConcurrency", { value: 2 }) });
    await page.build({ workers: 2 });
    const packers = page.page.workers().filter((worker) => worker !== page.worker());
    assert.equal(packers.length, 2);
    const gone = Promise.race(packers.map((packer) => packer.waitForEvent("close")));
    for (const packer of packers)
      await packer.evaluate(`wasm_bindgen.Digest.prototype.update = () => { throw new WebAssembly.RuntimeError("on purpose"); }`);
    assert.equal((await page.build({ workers: 2 })).digest, reference);
    await gone;
    await isIntact(page);
  });

  it("over the same file twice names it, and the layer can be built without it", async () => {
    const page = await on.open({ first: spoilPackers });
    const [deadly, harmless] = ["python/deadly.py", "python/harmless.py"];
    await page.add([
      { path: deadly, text: `# ${DEADLY}\n` },
      { path: harmless, text: "x = 1\n" },
    ]);
    for (let attempt = 0; attempt < 2; attempt += 1) {
      const { name, message } = await page.refusal("build", { workers: 2 });
      assert.equal(name, "PackerCrashedError", message);
      assert.ok(message.includes(deadly), message);
      assert.equal(await page.part("alert").innerText(), message);
    }
    await page.call("apply", { op: "exclude", path: deadly });
    assert.equal((await page.build({ workers: 2 })).entryCount, 1);
    assert.deepEqual(await page.paths(), [harmless]);
  });

  it("while nothing is asked of it is replaced without a word", async () => {
    const page = await lived();
    const first = page.worker();
    await first.evaluate(
      () =>
        void setTimeout(() => {
          throw new Error("on purpose");
        }),
    );
    await isIntact(page);
    assert.notEqual(page.worker(), first);
  });

  /** Deaths in the middle of a call. @type {Record<string, () => never>} */
  const DEATHS = {
    "a trap in the wasm": () => {
      throw new WebAssembly.RuntimeError("unreachable");
    },
    "an exhausted stack or memory": () => {
      throw new RangeError("Maximum call stack size exceeded");
    },
  };
  for (const [death, die] of Object.entries(DEATHS)) {
    it(`of ${death} is told, and replaced`, async () => {
      const page = await lived();
      await page.worker().evaluate(`wasm_bindgen.Session.prototype.packing = ${die}`);
      const { name, message, isError } = await page.refusal("build");
      assert.equal(name, "EngineCrashedError");
      assert.ok(isError);
      assert.match(message, /unreachable|call stack/);
      assert.equal(await page.part("result").isVisible(), false);
      assert.equal(await page.part("alert").innerText(), message);
      await isIntact(page);
    });
  }

  /** Deaths without any event: only a clock notices. */
  const SILENCES = {
    "that closed itself": (worker) => worker.evaluate("self.close()"),
    "in an endless loop": (worker) => worker.evaluate("wasm_bindgen.Session.prototype.packing = () => { for (;;); }"),
  };
  for (const [silence, silent] of Object.entries(SILENCES)) {
    it(`${silence} is found out by its silence`, async () => {
      const page = await lived();
      await page.page.clock.install();
      await silent(page.worker()).catch(() => {});
      const refusal = page.refusal("build");
      await page.part("progress").waitFor();
      await page.page.clock.runFor(31_000);
      const { name, message } = await refusal;
      assert.equal(name, "EngineCrashedError");
      assert.match(message, /no sign of life for 30 seconds/);
      await isIntact(page);
    });
  }

  it("after a file was deleted never leads to a layer without that file", async () => {
    const folder = join(on.folder, "gone");
    await mkdir(folder);
    for (const file of files) await cp(file, join(folder, basename(file)));
    const victim = join(folder, REQUESTS[2]);
    const page = await on.open();
    await page.drop(files.map((file) => join(folder, basename(file))));
    const whole = await page.paths();
    await rm(victim);
    await page.worker().evaluate(
      () =>
        void setTimeout(() => {
          throw new Error("on purpose");
        }),
    );
    // However often one asks.
    for (let attempt = 0; attempt < 3; attempt += 1) {
      const { name, message } = await page.refusal("build");
      assert.equal(name, "SourceChangedError", message);
      assert.ok(message.includes(basename(victim)), message);
    }
    await cp(files[2], victim);
    await page.drop([victim]);
    assert.deepEqual(await page.paths(), whole);
    await page.build();
  });
});

/** What kills every packer that gets it to pack. */
const DEADLY = "bytes that stop a packer";

/** Runs in the page before its scripts: packers get a script that stops at those bytes, as it would at a defect. */
function spoilPackers() {
  const fetched = fetch;
  globalThis.fetch = async (url, ...rest) => {
    const response = await fetched(url, ...rest);
    if (!String(url).endsWith("/worker.js")) return response;
    return new Response(`${await response.text()}
      {
        const work = wasm_bindgen.work;
        wasm_bindgen.work = (input, steps) => {
          if (new TextDecoder().decode(input).includes("bytes that stop a packer")) throw new WebAssembly.RuntimeError("on purpose");
          return work(input, steps);
        };
      }`);
  };
}
