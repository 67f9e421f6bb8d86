/**
 * Every state in which a person can see the page, and how to get there: a table for what is checked, or looked at, in each of them.
 * Each starts on a fresh page, whatever its language, width and colours.
 */

import { mkdir, writeFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { dragIn, drop } from "./drop.js";
import { until } from "./kept.js";
import { NUMPY, REQUESTS, wheel, wheels } from "./wheels.js";

/** @typedef {import("./page.js").LayerPage} LayerPage */

/** What is chosen where it would matter for nothing but the looks. */
const CHOSEN = { runtimes: ["python3.11"], architectures: ["x86_64"], layerName: "http", description: "What our functions' code shares" };

/** In a folder of its own. @type {Record<string, (page: LayerPage, folder: string) => Promise<unknown>>} */
export const STATES = {
  empty: async () => {},
  "telling how to verify its privacy": (page) => page.part("privacy").locator("summary").click(),
  "dragged over": async (page) => {
    const held = await dragIn(page.page, await wheels(REQUESTS));
    await held.over("layer-drop");
    await page.part("drop-target").waitFor();
  },
  "walking a folder": async (page, folder) => {
    await page.page.evaluate(() => (FileSystemFileHandle.prototype.getFile = () => new Promise(() => {})));
    for (const name of ["a", "b"]) await written(folder, `walked/${name}.py`, "x = 1\n");
    await drop(page.page, [join(folder, "walked")], "layer-drop");
    await page.part("progress").waitFor();
  },
  reading: async (page) => {
    await filled(page);
    await everywhere(page, () => (wasm_bindgen.Session.prototype.add = () => { for (;;); }));
    await drop(page.page, [await wheel(NUMPY)], "layer-drop");
    await page.part("progress").waitFor();
  },
  filled: (page) => filled(page),
  "telling of a file": async (page) => {
    await filled(page);
    await selected(page, "python/certifi/cacert.pem");
  },
  "told of several, one left out": async (page) => {
    await filled(page);
    await page.call("apply", { op: "exclude", path: "python/idna" });
    await selected(page, "python/certifi");
    await page.page.keyboard.press("Shift+ArrowDown");
    await page.page.keyboard.press("Shift+ArrowDown");
  },
  "showing the menu of a row": (page) => menu(page),
  "asking where to": async (page) => {
    await menu(page);
    await page.part("menu-move").click();
    await page.part("move-folders").getByRole("option").nth(2).waitFor();
  },
  "having no folder to offer": async (page, folder) => {
    await page.drop([await written(folder, "alone.py", "x = 1\n")]);
    await selected(page, "python");
    await page.part("actions").click();
    await page.part("menu-move").click();
    await page.part("move-folder").waitFor();
  },
  "asking for a new file": async (page) => {
    await menu(page);
    await page.part("menu-file").click();
    await page.part("write-close").waitFor();
  },
  "asking for a new folder": async (page) => {
    await menu(page);
    await page.part("menu-folder").click();
    await page.part("write-close").waitFor();
  },
  renaming: async (page) => {
    await filled(page);
    await selected(page, "python/certifi/core.py");
    await page.page.keyboard.press("F2");
    await page.part("rename").waitFor();
  },
  filtered: async (page) => {
    await filled(page);
    await page.part("filter").fill("cer .p");
    await page.part("filter-count").getByText(/\d/).waitFor();
  },
  "filtered to nothing": async (page) => {
    await filled(page);
    await page.part("filter").fill("no such file");
    await page.element.locator(".none").waitFor();
  },
  "showing the size map": async (page) => {
    await filled(page);
    await page.part("tab-map").click();
    await page.element.locator(".tile").first().waitFor();
  },
  "showing the largest files": async (page) => {
    await filled(page);
    await page.part("tab-list").click();
    await page.part("list").locator("td").first().waitFor();
  },
  "showing its keys": async (page) => {
    await filled(page);
    await page.part("keys").click();
    await page.part("close").waitFor();
  },
  "telling what would fail": async (page, folder) => {
    await page.set({ runtimes: ["python3.12"], architectures: ["arm64"], layerName: "two words" });
    const refused = await written(folder, "broken-1.0-py3-none-any.whl", "no zip at all");
    await page.drop([...(await wheels([...REQUESTS.slice(3), NUMPY])), refused]);
    await unfolded(page);
  },
  "over the limits": async (page) => {
    await page.set({ ...CHOSEN, functionSize: 261e6 });
    await page.drop([await wheel(NUMPY)]);
    await page.part("slimming").locator("summary").first().click();
    await page.part("saving").first().waitFor();
  },
  "offering what it would work without": async (page) => {
    await page.set(CHOSEN);
    await page.drop([await wheel(NUMPY)]);
    await page.part("slimming").locator("summary").first().click();
    await page.part("saving").first().waitFor();
    await unfolded(page);
  },
  "with all settings and choices": async (page) => {
    await page.page.evaluate(() => localStorage.setItem("layerdrop-presets", JSON.stringify({ "The team's own": { layerName: "http" } })));
    await page.page.reload();
    await page.ready();
    await page.set({ ...CHOSEN, licenseInfo: "Apache-2.0", description: "x".repeat(300) });
    await page.drop([await wheel(REQUESTS[2])]);
    await unfolded(page);
  },
  "given a recipe of other files": async (page) => {
    await page.drop(await wheels(REQUESTS.slice(0, 2)));
    const recipe = { name: "layer.json", mimeType: "application/json", buffer: Buffer.from(await page.call("recipe")) };
    await page.call("clear");
    await page.drop([await wheel(REQUESTS[2])]);
    await page.part("recipe-file").setInputFiles(recipe);
    await page.part("status").getByText("certifi").waitFor();
  },
  "refusing a recipe": async (page) => {
    await filled(page);
    await page.part("recipe-file").setInputFiles({ name: "layer.json", mimeType: "application/json", buffer: Buffer.from("{ not JSON") });
    await page.part("alert").getByText(/./).waitFor();
  },
  "explaining an error": async (page) => {
    await page.set(CHOSEN);
    await page.drop(await wheels(REQUESTS.slice(0, 3)));
    await page.part("tools").locator("summary").click();
    await page.part("message").fill("Unable to import module 'app': No module named 'urllib3'");
    await page.part("explain").click();
    await page.part("explanation").waitFor();
  },
  "comparing and stacking": async (page) => {
    await page.set(CHOSEN);
    await page.drop(await wheels(REQUESTS));
    const earlier = { name: "earlier.zip", mimeType: "application/zip", buffer: Buffer.from(await page.built()) };
    await page.set({ runtimes: ["python3.12"] });
    await page.call("apply", { op: "exclude", path: "python/idna" });
    await page.part("tools").locator("summary").click();
    await page.part("earlier").setInputFiles(earlier);
    await page.part("difference").waitFor();
    await page.part("layers").setInputFiles([earlier, { ...earlier, name: "again.zip" }]);
    await page.part("stack").waitFor();
  },
  packing: (page) => packing(page),
  cancelled: async (page) => {
    await packing(page);
    await page.part("cancel").click();
    await page.part("progress").waitFor({ state: "hidden" });
  },
  done: (page) => built(page),
  "done, with all that is folded open": async (page) => {
    await built(page);
    await unfolded(page);
  },
  "giving the layer as code": async (page) => {
    await built(page);
    await page.part("tab-code").click();
    await page.part("snippet").waitFor();
  },
  printed: async (page) => {
    await built(page);
    await page.page.evaluate(() => (globalThis.print = () => dispatchEvent(new Event("beforeprint"))));
    await page.part("print").click();
    await page.element.locator("layer-report h2").waitFor({ state: "attached" });
    await page.page.emulateMedia({ media: "print" });
  },
  "failing at a file that is gone": async (page, folder) => {
    await filled(page);
    const gone = await written(folder, "gone.py", "x = 1\n");
    await page.drop([gone]);
    await rm(gone);
    await page.part("build").click();
    await page.part("alert").getByText("gone.py").waitFor();
  },
  "offering the last session": async (page) => {
    await filled(page);
    await until(page, ({ steps }) => steps.some(({ call }) => call === "add"));
    const url = page.page.url();
    await page.page.goto("about:blank");
    await page.page.goto(url);
    await page.ready();
    await page.part("restore").waitFor();
  },
};

/** @param {LayerPage} page */
async function filled(page) {
  await page.drop(await wheels(REQUESTS));
  await page.part("row").nth(3).waitFor();
}

/** @param {LayerPage} page */
async function built(page) {
  await page.set(CHOSEN);
  await filled(page);
  await page.part("build").click();
  await page.part("result").waitFor();
}

/** For ever. @param {LayerPage} page */
async function packing(page) {
  await filled(page);
  await everywhere(page, () => (wasm_bindgen.work = () => { for (;;); }));
  await page.part("build").click();
  await page.part("progress").locator("progress[value]").waitFor();
}

/** @param {LayerPage} page */
async function menu(page) {
  await filled(page);
  await selected(page, "python/certifi/core.py");
  await page.part("actions").click();
}

/** Selects a file or folder, and opens those that it is in. @param {LayerPage} page @param {string} path */
async function selected(page, path) {
  const folders = path.split("/").map((_, at, names) => names.slice(0, at + 1).join("/"));
  for (const each of folders) {
    const row = page.element.locator(`[data-path="${each}"]`);
    await row.waitFor();
    if (each === path || (await row.getAttribute("aria-expanded")) === "false") await row.click();
  }
  await page.part("exclude").waitFor();
}

/** Opens all that is folded. @param {LayerPage} page */
async function unfolded(page) {
  await page.element.evaluate((element) => {
    for (const fold of element.shadowRoot.querySelectorAll("details:not([open])")) if (fold.checkVisibility()) fold.open = true;
  });
  await page.plan(); // What was asked for by that has been answered.
  await page.page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve))));
}

/** @param {string} folder @param {string} name @param {string} text */
async function written(folder, name, text) {
  const path = join(folder, name);
  await mkdir(join(path, ".."), { recursive: true });
  await writeFile(path, text);
  return path;
}

/** Changes something in every worker, those aside that are just ending. @param {LayerPage} page @param {() => unknown} change */
async function everywhere(page, change) {
  await Promise.allSettled(page.page.workers().map((worker) => worker.evaluate(change)));
}
