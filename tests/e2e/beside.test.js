/**
 * What is looked at beside the layer: an earlier zip, and the layers and the code of a function.
 */

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { stage } from "./support/stage.js";

/** Text that must never become markup. */
const HOSTILE = "<img src=x onerror=alert(1)> **b** `c`.py";

describe("zips beside the layer", { timeout: 240_000 }, () => {
  const on = stage();

  /** A zip that the page has built, as a picker gives it. @param {string} name @param {{ path: string, text: string }[]} files */
  async function zip(name, files) {
    const page = await on.open();
    await page.add(files);
    return { name, mimeType: "application/zip", buffer: Buffer.from(await page.built()) };
  }

  it("compares with an earlier zip, by hand and by the method", async () => {
    const old = await zip("old.zip", [{ path: "one.py", text: "x = 1\n" }]);
    const page = await on.open();
    await page.add([{ path: "one.py", text: "x = 22\n" }, { path: `python/${HOSTILE}`, text: "1" }]);
    await page.part("tools").locator("summary").click();
    await page.part("earlier").setInputFiles(old);
    const report = page.part("difference");
    await report.getByText("python/one.py (6 → 7 bytes)").waitFor();
    assert.deepEqual(await report.locator("th").allTextContents(), ["Files", "Bytes unpacked"]);
    assert.equal(await report.locator("img, b").count(), 0);
    assert.ok((await report.locator("code").allTextContents()).includes(`python/${HOSTILE}`));
    await page.part("copy-difference").click();
    await page.part("status").getByText("Report copied.").waitFor();
    await page.add([{ path: "two.py", text: "y = 1\n" }]);
    await report.waitFor({ state: "hidden" });
    await page.part("compare").press("Enter");
    await report.getByText("python/two.py (6 bytes)").waitFor();
    const same = await page.element.evaluate(async (element) => {
      const { blob } = await element.build();
      return element.diff({ path: "same.zip", blob });
    });
    assert.equal(same.same, true);
    assert.equal(same.markdown, "## Changes since `same.zip`\n\nNone: the files are the same.\n");
    await page.part("earlier").setInputFiles({ ...old, buffer: Buffer.from("no zip") });
    await page.part("alert").getByText("it is not a zip archive").waitFor();
    await report.waitFor({ state: "hidden" });
  });

  it("takes what the function and its other layers have from what is left", async () => {
    const page = await on.open();
    await page.add([{ path: "one.py", text: "x = 1\n" }]);
    const limit = () => page.element.evaluate(async (element) => (await element.plan()).sizes.unzippedLimit);
    const whole = await limit();
    await page.part("budget").locator("summary").click();
    const field = page.part("budget").getByLabel("Function, in MB unzipped");
    await field.fill("1.5");
    await field.press("Enter");
    await page.part("budget").getByText("The function and its other layers: 1.5 MB").waitFor();
    assert.equal(await limit(), whole - 1_572_864);
    await field.fill("-1");
    await field.press("Enter");
    assert.equal(await field.evaluate((input) => input.checkValidity()), false);
    await page.element.evaluate((element) => (element.settings = { functionSize: 0, otherLayersSize: 1_048_576 }));
    await page.part("budget").getByText("The function and its other layers: 1 MB").waitFor();
    assert.equal(await limit(), whole - 1_048_576);
  });

  it("makes identical libraries links, which the zip has as such", async () => {
    const page = await on.open();
    const found = await page.element.evaluate(async (element) => {
      // A library of 64 bits for x86_64 with the name libx.so in its dynamic section.
      const bytes = new Uint8Array(70_000);
      const view = new DataView(bytes.buffer);
      bytes.set([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1]);
      for (const [at, number] of [[16, 3], [18, 0x3e], [54, 56], [56, 2]]) view.setUint16(at, number, true);
      view.setUint32(20, 1, true);
      for (const [at, number] of [[32, 64], [72, 0], [80, 0], [96, 70_000], [104, 70_000], [112, 4096]]) view.setBigUint64(at, BigInt(number), true);
      view.setUint32(64, 1, true);
      view.setUint32(120, 2, true);
      for (const [at, number] of [[128, 256], [136, 256], [152, 48], [160, 48], [256, 5], [264, 400], [272, 14], [280, 1]]) view.setBigUint64(at, BigInt(number), true);
      bytes.set(new TextEncoder().encode("libx.so"), 401);
      const blob = new Blob([bytes]);
      await element.addFiles(["a", "b"].map((name) => ({ path: `layer/python/${name}.libs/libx.so`, blob })));
      const { findings } = await element.plan();
      const fix = findings.find(({ rule }) => rule === "library-copies")?.fixes[0];
      await element.apply({ op: "fix", id: fix.id });
      const { entries } = await element.plan();
      const { blob: zip, unzippedSize } = await element.build();
      return { entries, unzippedSize, zip: [...new Uint8Array(await zip.arrayBuffer())] };
    });
    const [file, link] = found.entries;
    assert.equal(file.mode, 0o644);
    assert.deepEqual([link.mode, link.link, link.size], [0o120777, "../a.libs/libx.so", 17]);
    assert.equal(found.unzippedSize, 70_017);
    assert.ok(Buffer.from(found.zip).includes("../a.libs/libx.so"));
  });

  it("stacks layers in the order that a person gives them", async () => {
    const first = await zip("first.zip", [{ path: "one.py", text: "x = 1\n" }]);
    const second = await zip("second.zip", [{ path: "one.py", text: "x = 22\n" }]);
    const page = await on.open();
    await page.part("tools").locator("summary").click();
    await page.part("layers").setInputFiles([first, second]);
    const report = page.part("stack");
    await report.getByText("second.zip hides first.zip").waitFor();
    await page.part("layer-order").getByRole("button", { name: "Up: second.zip" }).press("Enter");
    await report.getByText("first.zip hides second.zip").waitFor();
    await page.part("function").setInputFiles({ ...first, name: "code.zip" });
    await report.getByText("function code.zip").waitFor();
    await page.part("layer-order").getByRole("button", { name: "Remove: first.zip" }).press("Enter");
    await report.getByText("hides").waitFor({ state: "detached" });
    await report.getByText("layer second.zip").waitFor();
    await page.part("layers").setInputFiles(Array.from({ length: 5 }, () => first));
    await page.part("alert").getByText("found 6 layers; a function has 1 to 5").waitFor();
  });
});
