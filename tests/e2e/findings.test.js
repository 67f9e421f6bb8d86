/**
 * Findings by severity, rule and text; refused files in words; and the report that is printed.
 */

import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { before, describe, it } from "node:test";
import { stage } from "./support/stage.js";
import { NUMPY, REQUESTS, wheels } from "./support/wheels.js";

describe("what was found", { timeout: 200_000 }, () => {
  const on = stage();
  /** @type {string[]} */
  let files = [];
  before(async () => {
    const broken = join(on.folder, "idna-3.10-py3-none-any.whl");
    await writeFile(broken, "no zip at all");
    files = [...(await wheels([REQUESTS[0], NUMPY])), broken];
  });

  async function filled() {
    const page = await on.open();
    await page.set({ runtimes: ["python3.12"], architectures: ["arm64"], layerName: "two words" });
    await page.drop(files);
    return { page, findings: (await page.plan()).findings };
  }

  it("comes with the command that gets what is missed, to copy, apart from what was found", async () => {
    const page = await on.open({ context: { permissions: ["clipboard-read", "clipboard-write"] } });
    await page.set({ runtimes: ["python3.11"], architectures: ["x86_64"] });
    await page.drop(await wheels(REQUESTS.filter((name) => !name.startsWith("idna"))));
    const [{ commands }] = (await page.plan()).findings.filter(({ rule }) => rule === "missing-dependency");
    const shown = page.element.locator('[data-rule="missing-dependency"]');
    assert.match(await shown.locator("summary").innerText(), /needs idna, which is not in the layer$/);
    await shown.locator("code").getByText(commands[0].sh, { exact: true }).waitFor();
    await shown.locator("[part=copy-fix]").click();
    await page.part("status").getByText("Command copied.").waitFor();
    assert.equal(await page.page.evaluate(() => navigator.clipboard.readText()), commands[0].sh);
  });

  it("is filtered by severity and by every word that is typed, and the filter gives way to what is jumped to", async () => {
    const { page, findings } = await filled();
    const shown = page.part("finding");
    const filter = page.part("findings-filter");
    assert.ok(findings.length >= 4, `${findings.length}`);
    assert.equal(await shown.count(), findings.length);
    await filter.fill("invalid-layer-name");
    assert.deepEqual(await shown.evaluateAll((all) => all.map(({ dataset }) => dataset.rule)), ["invalid-layer-name"]);
    await filter.fill("NUMPY manylinux");
    for (const text of await shown.allTextContents()) assert.match(text, /numpy/i);
    await filter.fill("nothing says so");
    await page.part("findings").getByText("No finding matches.").waitFor();
    await filter.fill("");
    const severity = findings.at(-1).severity;
    const chip = page.part("findings").getByRole("button", { name: severity, exact: true });
    await chip.click();
    await chip.and(page.page.locator("[aria-pressed=true]:focus")).waitFor();
    assert.equal(await shown.count(), findings.filter((finding) => finding.severity === severity).length);
    await chip.press("F8");
    await page.element.locator('[data-finding="0"] summary:focus').waitFor();
    assert.equal(await shown.count(), findings.length);
  });

  it("says of a refused file why, in words", async () => {
    const { page, findings } = await filled();
    const refused = page.part("source").and(page.page.locator(".refused"));
    const finding = findings.find(({ rule }) => rule === "damaged-archive");
    await refused.getByText(finding.message).waitFor();
    assert.ok(!(await refused.innerText()).includes(finding.code));
  });

  it("is printed as a report: targets, sources, findings, the tree, hash and command", async () => {
    const page = await on.open({ first: () => (window.print = () => dispatchEvent(new Event("beforeprint"))) });
    await page.set({ runtimes: ["python3.11"], architectures: ["x86_64"], layerName: "printed" });
    await page.drop(files.slice(0, 1));
    await page.part("build").click();
    await page.part("result").waitFor();
    const { codeSha256 } = await page.build();
    const report = page.element.locator("layer-report");
    assert.equal(await report.isVisible(), false);
    await page.part("print").click();
    await report.getByText(codeSha256).waitFor({ state: "attached" });
    await page.page.emulateMedia({ media: "print" });
    assert.equal(await page.part("contents").isVisible(), false);
    for (const text of ["printed", "python3.11, x86_64", codeSha256, "/opt/python/requests/", "aws lambda publish-layer-version"])
      assert.ok(await report.getByText(text).first().isVisible(), text);
    for (const { message } of (await page.plan()).findings) await report.getByText(message).first().waitFor();
  });
});
