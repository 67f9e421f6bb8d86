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
