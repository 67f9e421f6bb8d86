/**
 * What axe finds wrong for those who use the page by other senses or with other colours: nothing, in any state, light, dark or in forced
 * colours, wide or narrow (320 pixels are a window of 1280 enlarged four times).
 */

import assert from "node:assert/strict";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { before, describe, it } from "node:test";
import { drop, dragIn } from "./support/drop.js";
import { stage } from "./support/stage.js";
import { REQUESTS, wheels } from "./support/wheels.js";

/** @typedef {import("./support/page.js").LayerPage} LayerPage */

const LOOKS = { light: { colorScheme: "light" }, dark: { colorScheme: "dark" }, forced: { forcedColors: "active" } };

describe("accessibility", { timeout: 1_800_000 }, () => {
  const on = stage();
  let axe = "";
  /** @type {string[]} */
  let files = [];
  before(async () => {
    axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
    files = await wheels(REQUESTS);
  });

  /** @param {LayerPage} page @param {string} state */
  async function isClean({ page }, state) {
    // Evaluated rather than added as a script, which the page's policy forbids.
    if (!(await page.evaluate(() => "axe" in globalThis))) await page.evaluate(axe);
    const violations = await page.evaluate(async () => (await globalThis.axe.run({ rules: { "target-size": { enabled: true } } })).violations);
    const told = violations.map(
      ({ id, help, nodes }) =>
        `${id}: ${help}\n${nodes.map((node) => `  ${node.html.slice(0, 150)} ${node.failureSummary}`).join("\n")}`,
    );
    assert.deepEqual(told, [], `what axe finds when the page is ${state}`);
    // The page is never wider than the window: nobody scrolls sideways to read.
    const overhang = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    assert.equal(overhang, 0, `the page is wider than the window when it is ${state}`);
  }

  for (const [look, colors] of Object.entries(LOOKS)) {
    for (const width of [1280, 320]) {
      it(`in ${look} colours, ${width} pixels wide`, async () => {
        const page = await on.open({ context: { ...colors, reducedMotion: "reduce", viewport: { width, height: 800 } } });
        const tab = (/** @type {string} */ name) => page.element.getByRole("tab", { name }).click();
        await page.element.evaluate(unstuck);
        await isClean(page, "empty");
        await page.part("privacy").locator("summary").click();
        await isClean(page, "telling how to verify its privacy");
        const held = await dragIn(page.page, files);
        await held.over("layer-drop");
        await page.part("drop-target").waitFor();
        await isClean(page, "dragged over");
        await page.page.mouse.move(100, 100);
        await page.part("drop-target").waitFor({ state: "hidden" });

        const folder = join(on.folder, `${look}-${width}`);
        await mkdir(join(folder, "walked"), { recursive: true });
        for (const name of ["a", "b"]) await writeFile(join(folder, "walked", `${name}.py`), "x = 1\n");
        await page.page.evaluate(() => {
          globalThis.getFile = FileSystemFileHandle.prototype.getFile;
          FileSystemFileHandle.prototype.getFile = () => new Promise(() => {});
        });
        await drop(page.page, [join(folder, "walked")], "layer-drop");
        await page.part("progress").getByText("Walking folders").waitFor();
        await isClean(page, "walking a folder");
        await page.part("cancel").click();
        await page.part("progress").waitFor({ state: "hidden" });
        await page.page.evaluate(() => (FileSystemFileHandle.prototype.getFile = globalThis.getFile));
        const broken = join(folder, "broken-1.0-py3-none-any.whl");
        await writeFile(broken, "no zip at all");
        await page.drop([...files, broken]);
        await page.set({ runtimes: ["python3.12"] });
        await page.plan();
        await page.part("row").first().click();
        await page.part("exclude").waitFor();
        await isClean(page, "filled, with findings");
        await opened(page);
        await isClean(page, "filled, with all that is folded open");

        await page.part("actions").click();
        await isClean(page, "showing the menu of a row");
        await page.part("menu-move").click();
        await isClean(page, "having no folder to offer");
        await page.part("move-folder").fill("shared");
        await page.part("move-folders").getByRole("option").first().waitFor();
        await isClean(page, "asking for a folder");
        await page.part("move-to-close").click();
        for (const kind of ["file", "folder"]) {
          await page.part("actions").click();
          await page.part(`menu-${kind}`).click();
          await isClean(page, `asking for a new ${kind}`);
          await page.part("write-close").click();
        }
        await page.part("row").first().focus();
        await page.page.keyboard.press("F2");
        await isClean(page, "renaming");
        await page.page.keyboard.press("Escape");
        await page.part("filter").fill("cer");
        await page.part("filter-count").getByText("file").waitFor();
        await isClean(page, "filtered");
        await page.part("filter").fill("no such file");
        await page.element.locator(".none").getByText("No name matches").waitFor();
        await isClean(page, "filtered to nothing");
        await page.part("filter").fill("");
        for (const [name, shown] of [
          ["Size map", ".tile"],
          ["Largest files", "td"],
        ]) {
          await tab(name);
          await page.element.locator(shown).first().waitFor();
          await isClean(page, `showing the ${name}`);
        }
        await tab("Tree");
        await page.part("keys").click();
        await isClean(page, "showing its keys");
        await page.part("close").click();
        await page.part("message").fill("No module named 'certifi'");
        await page.part("explain").click();
        await page.part("explanation").waitFor();
        await isClean(page, "explaining an error");

        await everywhere(page, () => (wasm_bindgen.work = () => { for (;;); }));
        await page.part("build").click();
        await page.part("progress").getByText(/Packing .* of/).waitFor();
        await isClean(page, "packing");
        await page.part("cancel").click();
        await page.part("progress").waitFor({ state: "hidden" });
        await page.part("build").click();
        await page.part("result").waitFor();
        await opened(page);
        await isClean(page, "done");
        for (const name of ["PowerShell", "cmd", "As code"]) {
          await tab(name);
          await isClean(page, `showing ${name}`);
        }

        await page.page.evaluate(() => (globalThis.print = () => dispatchEvent(new Event("beforeprint"))));
        await page.part("print").click();
        await page.element.locator("layer-report").getByText("Layer report").waitFor({ state: "attached" });
        await page.page.emulateMedia({ media: "print" });
        await isClean(page, "printed");
        await page.page.emulateMedia({ media: "screen" });

        const earlier = { name: "earlier.zip", mimeType: "application/zip", buffer: Buffer.from(await page.built()) };
        await page.part("earlier").setInputFiles(earlier);
        await page.part("difference").waitFor();
        await page.part("layers").setInputFiles([earlier, earlier]);
        await page.part("stack").waitFor();
        await isClean(page, "comparing and stacking");
        const module = join(folder, "gone.py");
        await writeFile(module, "x = 1\n");
        await page.drop([module]);
        await rm(module);
        await page.part("build").click();
        await page.part("alert").getByText("gone.py").waitFor();
        await isClean(page, "telling of an error");
        await page.part("dismiss").click();

        await everywhere(page, () => (wasm_bindgen.Session.prototype.add = () => { for (;;); }));
        await page.page.evaluate(() => void document.querySelector("layer-drop").addFiles([{ path: "late.py", blob: new Blob(["x = 1"]) }]).catch(() => {}));
        await page.part("progress").waitFor();
        await isClean(page, "reading");
        await page.part("cancel").click();
        await page.part("progress").waitFor({ state: "hidden" });
      });
    }
  }

  it("nothing moves where motion is not wanted", async () => {
    const page = await on.open({ context: { reducedMotion: "reduce" } });
    await page.drop(files.slice(0, 1));
    await page.part("row").first().waitFor();
    const moving = await page.element.evaluate((element) =>
      [...element.shadowRoot.querySelectorAll("*")].flatMap((one) =>
        [null, "::before", "::after"].flatMap((pseudo) => {
          const { transitionDuration, animationName } = getComputedStyle(one, pseudo);
          return /[1-9]/.test(transitionDuration) || animationName !== "none" ? [`${one.localName}.${one.className} ${transitionDuration} ${animationName}`] : [];
        }),
      ),
    );
    assert.deepEqual(moving, []);
  });
});

/** What sticks to the window's edge lies over something else until one scrolls: here it stays at the page's end. @param {Element} element */
function unstuck(element) {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(".dock { position: static; }");
  element.shadowRoot.adoptedStyleSheets.push(sheet);
}

/** Opens all that is folded. @param {LayerPage} page */
async function opened(page) {
  await page.element.evaluate((element) => {
    for (const fold of element.shadowRoot.querySelectorAll("details:not([open])")) if (fold.checkVisibility()) fold.open = true;
  });
  await page.plan(); // What was asked for by that has been answered.
  await page.page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve))));
}

/** Changes something in every worker, those aside that are just ending. @param {LayerPage} page @param {() => unknown} change */
async function everywhere(page, change) {
  await Promise.allSettled(page.page.workers().map((worker) => worker.evaluate(change)));
}
