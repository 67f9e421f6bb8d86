/**
 * Pictures of every state of the page in every colour and width, in German, and enlarged four times, after `make site`:
 * `node tests/e2e/screenshots.js FOLDER`, or only those whose names hold a text: `… FOLDER filtered -320`.
 * For README, and for looking at what no assertion can judge.
 */

import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startBrowser } from "./support/browser.js";
import { LayerPage } from "./support/page.js";
import { serveSite } from "./support/site.js";
import { STATES } from "./support/states.js";

/** The colours in which a window is pictured, and in which language. */
const ALL = { light: { colorScheme: "light" }, dark: { colorScheme: "dark" }, forced: { colorScheme: "dark", forcedColors: "active" } };
const LIGHT = { light: ALL.light };

const WINDOWS = [
  ...[320, 768, 1440].map((width) => ({ name: `${width}`, looks: ALL, context: { viewport: { width, height: 900 } } })),
  ...[320, 1440].map((width) => ({ name: `german-${width}`, looks: LIGHT, context: { viewport: { width, height: 900 }, locale: "de-DE" } })),
  // A window of 1280 by 1024 pixels, enlarged four times: what is in sight, not the whole page.
  { name: "zoomed", looks: LIGHT, context: { viewport: { width: 320, height: 256 } }, insight: true },
];

const [folder, ...only] = process.argv.slice(2);
if (!folder) {
  console.error("usage: node tests/e2e/screenshots.js FOLDER [TEXT…]");
  process.exit(2);
}

await mkdir(folder, { recursive: true });
const scratch = await mkdtemp(join(tmpdir(), "layerdrop-"));
const site = await serveSite();
const browser = await startBrowser();
try {
  for (const [state, reach] of Object.entries(STATES)) {
    for (const { name, looks, context, insight = false } of WINDOWS) {
      const named = (/** @type {string} */ look) => `${state.replace(/\W+/g, "-")}-${look}-${name}.png`;
      const wanted = Object.entries(looks).filter(([look]) => only.every((text) => named(look).includes(text)));
      if (wanted.length === 0) continue;
      const page = new LayerPage(await (await browser.newContext(context)).newPage());
      await page.page.goto(site.url);
      await page.ready();
      await reach(page, join(scratch, `${state} ${name}`));
      for (const [look, colours] of wanted) {
        await page.page.emulateMedia(colours);
        await page.page.screenshot({ path: join(folder, named(look)), fullPage: !insight && state !== "dragged over", animations: "disabled" });
        console.log(named(look));
      }
      await page.page.context().close();
    }
  }
} finally {
  await browser.close();
  await site.close();
  await rm(scratch, { recursive: true });
}
