/**
 * Pictures of the page in the other engines, for what no assertion can judge: `node tests/engines/screenshots.js FOLDER`, after `make site`.
 */

import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { serveSite } from "../e2e/support/site.js";
import { REQUESTS, wheels } from "../e2e/support/wheels.js";
import { EnginePage } from "./support/page.js";

const [folder] = process.argv.slice(2);
if (!folder) {
  console.error("usage: node tests/engines/screenshots.js FOLDER");
  process.exit(2);
}

/** Each goes on from the one before. @type {Record<string, (page: EnginePage) => Promise<unknown>>} */
const STATES = {
  empty: async () => {},
  selected: async (page) => {
    await page.choose(await wheels(REQUESTS));
    await page.click('[data-path="python/charset_normalizer"]');
    await page.text('[part~="exclude"]');
  },
  built: async (page) => {
    const settings = { runtimes: ["python3.11"], architectures: ["x86_64"], layerName: "http" };
    await page.changing(() => page.run((element, settings) => void (element.settings = settings), settings));
    await page.click('[part~="build"]');
    await page.text('[part~="command"]');
  },
  map: (page) => page.click('[part~="tab-map"]'),
};

await mkdir(folder, { recursive: true });
const site = await serveSite();
const page = new EnginePage();
try {
  for (const engine of ["Firefox", "WebKitGTK"]) {
    await page.start(engine);
    for (const [theme, width] of [["light", 1440], ["dark", 800], ["light", 500]]) {
      await page.resize(width, 1000);
      await page.goto(site.url);
      await page.run((element, theme) => {
        document.documentElement.style.colorScheme = theme;
        return element.ready;
      }, theme);
      for (const [state, reach] of Object.entries(STATES)) {
        await reach(page);
        await page.picture(join(folder, `${engine}-${state}-${theme}-${width}.png`));
      }
    }
    await page.close();
  }
} finally {
  await page.close();
  await site.close();
}
