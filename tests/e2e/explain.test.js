/**
 * What a log or a command said, explained: by the method, and in the page by hand.
 */

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { stage } from "./support/stage.js";
import { NUMPY, wheel } from "./support/wheels.js";

const IMPORT = "[ERROR] Runtime.ImportModuleError: Unable to import module 'app': No module named 'numpy._core._multiarray_umath'";

describe("an error, explained", { timeout: 120_000 }, () => {
  const on = stage();

  it("points at the file and the finding that tells of the same", async () => {
    const page = await on.open();
    const [nothing] = await page.call("explain", IMPORT);
    assert.equal(nothing.id, "python-module-missing");
    assert.equal(nothing.finding, undefined);
    assert.deepEqual(nothing.fixes, []);
    await page.drop([await wheel(NUMPY)]);
    await page.set({ runtimes: ["python3.13"], architectures: ["x86_64"] });
    const [told, ...others] = await page.call("explain", IMPORT);
    assert.deepEqual(others, []);
    assert.match(told.path, /^python\/numpy\/_core\/_multiarray_umath\.cpython-311-x86_64-linux-gnu\.so$/);
    assert.match(told.finding.rule, /^wrong-python-(abi|version)$/);
    assert.deepEqual((await page.plan()).findings.find(({ message }) => message === told.finding.message), told.finding);
    assert.match(told.link, /^https:/);
    const [unknown] = await page.call("explain", "all is well");
    assert.equal(unknown.id, "not-known");
    assert.match((await page.refusal("explain", 7)).message, /found number as the message, expected a string/);
  });

  it("gives the command that gets what is missing, to be copied", async () => {
    const page = await on.open({ context: { permissions: ["clipboard-read", "clipboard-write"] } });
    await page.add([{ path: "python/mine.py", text: "x = 1\n" }]);
    await page.set({ runtimes: ["python3.12"], architectures: ["x86_64"] });
    const [{ how, commands }] = await page.call("explain", "No module named 'yaml'");
    assert.match(commands[0].sh, /^pip download pyyaml .*--python-version 3\.12/);
    assert.ok(!how.includes("pip"), how);
    await page.part("tools").locator("summary").click();
    await page.part("message").fill("No module named 'yaml'");
    await page.part("explain").click();
    await page.part("explanation").locator("[part~=copy-fix]").click();
    await page.part("status").getByText("copied").waitFor();
    assert.equal(await page.page.evaluate(() => navigator.clipboard.readText()), commands[0].sh);
  });

  it("is asked for, and acted on, without leaving the keyboard", async () => {
    const page = await on.open();
    await page.add([{ path: "bin/tool", text: "#!/bin/sh\necho\n" }, { path: "bin/more", text: "#!/bin/sh\necho\n" }]);
    await page.call("apply", { op: "chmod", path: "bin/tool", mode: 0o644 });
    await page.part("tools").locator("summary").focus();
    await page.page.keyboard.press("Enter");
    await page.part("message").focus();
    await page.page.keyboard.insertText("fork/exec /opt/bin/tool: permission denied\nTask timed out after 3.00 seconds");
    await page.page.keyboard.press("Tab");
    await page.page.keyboard.press("Enter");
    const told = page.part("explanation");
    await told.nth(1).waitFor();
    assert.deepEqual(await told.evaluateAll((all) => all.map((one) => one.dataset.id)), ["not-executable", "init-too-long"]);
    await page.part("here").getByText("0644").waitFor();
    await page.part("show-finding").press("Enter");
    const focused = () => page.element.evaluate((element) => element.shadowRoot.activeElement.closest("[data-rule]")?.dataset.rule);
    assert.equal(await focused(), "not-executable");
    await page.hearing("layerdrop-change", () => told.first().locator("[part=fix]").first().press("Enter"));
    await page.part("here").getByText("0755").waitFor();
    assert.equal(await page.part("show-finding").count(), 0);
    await page.part("message").fill("nothing that anybody knows");
    await page.part("explain").click();
    await page.element.locator("[data-id=not-known]").waitFor();
  });
});
