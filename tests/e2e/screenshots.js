/**
 * Pictures of every state of the page, light, dark and in forced colours, wide and narrow: `node tests/e2e/screenshots.js FOLDER`, after `make site`.
 * For README, and for looking at what no assertion can judge.
 */

import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startBrowser } from "./support/browser.js";
import { dragIn } from "./support/drop.js";
import { LayerPage } from "./support/page.js";
import { serveSite } from "./support/site.js";
import { BIG, NUMPY, REQUESTS, wheel, wheels } from "./support/wheels.js";

const WIDTHS = [320, 768, 1440];
const HEIGHT = 900;

const [folder, only = ""] = process.argv.slice(2);
if (!folder) {
  console.error("usage: node tests/e2e/screenshots.js FOLDER");
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
    await page.element.getByRole("tab", { name: "Size map" }).click();
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
    await page.element.getByText("More settings").click();
  },
  building: async (page) => {
    await page.drop(await wheels(BIG));
    await page.part("build").click();
    await page.part("progress").waitFor();
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
    await page.drop([await wheel(REQUESTS[0]), gone]);
    await rm(gone);
    await page.part("build").click();
    await page.part("alert").getByText("gone.py").waitFor();
  },
};

await mkdir(folder, { recursive: true });
const scratch = await mkdtemp(join(tmpdir(), "layerdrop-"));
const site = await serveSite();
const browser = await startBrowser();
try {
  for (const [state, reach] of Object.entries(STATES).filter(([state]) => state.includes(only))) {
    for (const look of /** @type {const} */ (["light", "dark", "forced"])) {
      for (const width of WIDTHS) {
        const context = await browser.newContext({
          ...(look === "forced" ? { forcedColors: "active" } : { colorScheme: look }),
          viewport: { width, height: HEIGHT },
        });
        const page = new LayerPage(await context.newPage());
        await page.page.goto(site.url);
        await page.ready();
        await reach(page, scratch);
        const name = `${state.replaceAll(" ", "-")}-${look}-${width}.png`;
        await page.page.screenshot({
          path: join(folder, name),
          fullPage: state !== "dragging",
          animations: "disabled",
        });
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
