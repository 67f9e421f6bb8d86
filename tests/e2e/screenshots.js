/**
 * Pictures of every state of the page, light, dark, in forced colours and in German, wide and narrow, after `make site`:
 * `node tests/e2e/screenshots.js FOLDER`, or only those whose names hold a text: `… FOLDER menu- dark-320`.
 * For README, and for looking at what no assertion can judge.
 */

import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startBrowser } from "./support/browser.js";
import { dragIn, drop } from "./support/drop.js";
import { LayerPage } from "./support/page.js";
import { serveSite } from "./support/site.js";
import { BIG, NUMPY, REQUESTS, wheel, wheels } from "./support/wheels.js";

const WIDTHS = [320, 768, 1440];
const HEIGHT = 900;

const LOOKS = {
  light: { colorScheme: "light" },
  dark: { colorScheme: "dark" },
  forced: { forcedColors: "active" },
  german: { colorScheme: "light", locale: "de-DE" },
};

const [folder, ...only] = process.argv.slice(2);
if (!folder) {
  console.error("usage: node tests/e2e/screenshots.js FOLDER [TEXT…]");
  process.exit(2);
}

const chosen = {
  runtimes: ["python3.11"],
  architectures: ["x86_64"],
  layerName: "http-and-numbers",
  description: "What our functions share",
};

/** The states: each starts on a fresh page. @type {Record<string, (page: LayerPage, scratch: string) => Promise<unknown>>} */
const STATES = {
  empty: async () => {},
  dragging: async (page) => {
    const held = await dragIn(page.page, await wheels(REQUESTS));
    await held.over("layer-drop");
    await page.part("drop-target").waitFor();
  },
  wheels: async (page) => {
    await page.drop(await wheels([...REQUESTS, NUMPY]));
    await page.part("row").nth(3).waitFor();
  },
  selected: async (page) => {
    await STATES.wheels?.(page, "");
    await page.element.getByText("requests", { exact: true }).last().click();
    await page.part("exclude").waitFor();
  },
  menu: async (page) => {
    await STATES.selected?.(page, "");
    await page.part("actions").click();
  },
  renaming: async (page) => {
    await STATES.selected?.(page, "");
    await page.page.keyboard.press("F2");
    await page.part("rename").waitFor();
  },
  keys: async (page) => {
    await STATES.wheels?.(page, "");
    await page.part("keys").click();
  },
  walking: async (page, scratch) => {
    await page.page.evaluate(() => {
      const real = FileSystemFileHandle.prototype.getFile;
      let files = 0;
      FileSystemFileHandle.prototype.getFile = function () {
        return (files += 1) > 2 ? new Promise(() => {}) : real.call(this);
      };
    });
    const walked = join(scratch, "walked");
    await mkdir(walked, { recursive: true });
    for (const name of ["a", "b", "c", "d"]) await writeFile(join(walked, `${name}.py`), "x = 1\n");
    await drop(page.page, [walked], "layer-drop");
    await page.part("progress").waitFor();
  },
  reading: async (page) => {
    await STATES.wheels?.(page, "");
    await everywhere(page, () => (wasm_bindgen.Session.prototype.add = () => { for (;;); }));
    await drop(page.page, [await wheel(REQUESTS[0])], "layer-drop");
    await page.part("progress").waitFor();
  },
  "moving to": async (page) => {
    await STATES.menu?.(page, "");
    await page.part("menu-move").click();
    await page.part("move-folders").getByRole("option").nth(2).waitFor();
  },
  "new file": async (page) => {
    await STATES.menu?.(page, "");
    await page.part("menu-file").click();
  },
  filtered: async (page) => {
    await STATES.wheels?.(page, "");
    await page.part("filter").fill("core .so");
    await page.part("filter-count").getByText("file").waitFor();
  },
  map: async (page) => {
    await STATES.wheels?.(page, "");
    await page.element.locator("#tab-map, [part~=tab-map]").click();
    await page.element.locator(".tile").first().waitFor();
  },
  list: async (page) => {
    await STATES.wheels?.(page, "");
    await page.element.getByRole("tab", { name: "Largest files" }).click();
    await page.part("list").getByRole("button").first().waitFor();
  },
  findings: async (page, scratch) => {
    const broken = join(scratch, "idna-3.10-py3-none-any.whl");
    await writeFile(broken, "no zip at all");
    await page.set({ runtimes: ["python3.12"], architectures: ["arm64"], layerName: "two words" });
    await page.drop([...(await wheels([...REQUESTS.slice(0, 2), NUMPY])), broken]);
    await page.plan();
  },
  "over the limits": async (page) => {
    await page.set(chosen);
    await page.drop(await wheels(BIG));
    await page.plan();
  },
  settings: async (page) => {
    await page.set({ ...chosen, licenseInfo: "Apache-2.0" });
    await page.drop(await wheels(REQUESTS));
    await page.element.getByText(/More settings|Weitere Einst/).click();
  },
  choices: async (page) => {
    await page.set(chosen);
    await page.drop(await wheels(REQUESTS));
    await page.part("keep").click();
    await page.part("preset-name").fill("team");
    await page.part("preset-name").press("Enter");
    await page.part("forget-preset").first().waitFor();
  },
  explained: async (page) => {
    await page.set(chosen);
    await page.drop(await wheels(REQUESTS.slice(0, 3)));
    await page.part("tools").locator("summary").click();
    await page.part("message").fill("Unable to import module 'app': No module named 'urllib3'");
    await page.part("explain").click();
    await page.part("explanation").waitFor();
  },
  building: async (page) => {
    await page.drop(await wheels([...REQUESTS, NUMPY]));
    await everywhere(page, () => (wasm_bindgen.work = () => { for (;;); }));
    await page.part("build").click();
    await page.part("progress").getByText(/Pack.* (of|von)/).waitFor();
  },
  printed: async (page) => {
    await STATES.built?.(page, "");
    await page.page.evaluate(() => (globalThis.print = () => {}));
    await page.part("print").click();
    await page.plan();
    await page.page.evaluate(() => dispatchEvent(new Event("beforeprint")));
    await page.page.emulateMedia({ media: "print" });
  },
  built: async (page) => {
    await page.set({ ...chosen, description: "What our functions' code shares" });
    await page.drop(await wheels([...REQUESTS, NUMPY]));
    await page.part("build").click();
    await page.part("result").waitFor();
  },
  beside: async (page) => {
    await page.set(chosen);
    await page.drop(await wheels(REQUESTS));
    const earlier = { name: "earlier.zip", mimeType: "application/zip", buffer: Buffer.from(await page.built()) };
    await page.set({ runtimes: ["python3.12"] });
    await page.drop([await wheel(NUMPY)]);
    await page.call("apply", { op: "exclude", path: "python/idna" });
    await page.part("tools").locator("summary").click();
    await page.part("earlier").setInputFiles(earlier);
    await page.part("difference").waitFor();
    await page.part("layers").setInputFiles([earlier, { ...earlier, name: "numbers.zip" }]);
    await page.part("stack").waitFor();
  },
  error: async (page, scratch) => {
    const gone = join(scratch, "gone.py");
    await writeFile(gone, "x = 1\n");
    await page.drop([gone]);
    await page.drop([await wheel(REQUESTS[0])]);
    await rm(gone);
    await page.part("build").click();
    await page.part("alert").getByText("gone.py").waitFor();
  },
};

/** Changes something in every worker. @param {LayerPage} page @param {() => unknown} change */
async function everywhere(page, change) {
  await Promise.allSettled(page.page.workers().map((worker) => worker.evaluate(change)));
}

await mkdir(folder, { recursive: true });
const scratch = await mkdtemp(join(tmpdir(), "layerdrop-"));
const site = await serveSite();
const browser = await startBrowser();
try {
  for (const [state, reach] of Object.entries(STATES)) {
    for (const [look, colours] of Object.entries(LOOKS)) {
      for (const width of WIDTHS) {
        const name = `${state.replaceAll(" ", "-")}-${look}-${width}.png`;
        if (only.length > 0 && !only.some((text) => name.includes(text))) continue;
        const context = await browser.newContext({ ...colours, viewport: { width, height: HEIGHT } });
        const page = new LayerPage(await context.newPage());
        await page.page.goto(site.url);
        await page.ready();
        await reach(page, scratch);
        await page.page.screenshot({ path: join(folder, name), fullPage: state !== "dragging", animations: "disabled" });
        console.log(name);
        await context.close();
      }
    }
  }
} finally {
  await browser.close();
  await site.close();
  await rm(scratch, { recursive: true });
}
