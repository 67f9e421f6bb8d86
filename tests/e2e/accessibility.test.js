/**
 * What axe finds wrong for those who use the page by other senses or with other colours: nothing, in any state, light, dark or in forced
 * colours, wide or narrow (320 by 256 pixels are a window of 1280 by 1024 enlarged four times), in English and in longer German.
 */

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { before, describe, it } from "node:test";
import { stage } from "./support/stage.js";
import { STATES } from "./support/states.js";
import { REQUESTS, wheels } from "./support/wheels.js";

/** @typedef {import("./support/page.js").LayerPage} LayerPage */

/** Windows, and the colours in which each is looked at. */
const WINDOWS = {
  wide: { looks: [{ colorScheme: "light" }, { colorScheme: "dark" }, { colorScheme: "dark", forcedColors: "active" }], context: { viewport: { width: 1280, height: 800 } } },
  "enlarged four times, in German": { looks: [{ colorScheme: "light" }], context: { viewport: { width: 320, height: 256 }, locale: "de-DE" } },
};

/** The rules for a page; in other colours it is laid out alike. */
const [ALL, COLOURS] = [{ rules: { "target-size": { enabled: true } } }, { runOnly: ["color-contrast"] }];

describe("accessibility", { timeout: 1_800_000 }, () => {
  const on = stage();
  let axe = "";
  before(async () => {
    axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
  });

  for (const [window, { looks, context }] of Object.entries(WINDOWS)) {
    for (const [state, reach] of Object.entries(STATES)) {
      it(`${state}, ${window}`, async () => {
        const page = await on.open({ context: { ...context, reducedMotion: "reduce" } });
        await reach(page, join(on.folder, `${state} ${window}`));
        // The page is never wider than the window: nobody scrolls sideways to read.
        const overhang = await page.page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
        assert.equal(overhang, 0, "the page is wider than the window");
        assert.deepEqual(await page.element.evaluate(cutOff), [], "cut off at the edge of what they are in");
        await page.element.evaluate(unstuck);
        // Evaluated rather than added as a script, which the page's policy forbids.
        await page.page.evaluate(axe);
        for (const [at, look] of looks.entries()) {
          await page.page.emulateMedia(look);
          assert.deepEqual(await violations(page, at === 0 ? ALL : COLOURS), [], JSON.stringify(look));
        }
      });
    }
  }

  it("nothing moves where motion is not wanted", async () => {
    const page = await on.open({ context: { reducedMotion: "reduce" } });
    await page.drop(await wheels(REQUESTS.slice(0, 1)));
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

/** @param {LayerPage} page @param {object} options */
async function violations({ page }, options) {
  const found = await page.evaluate(async (options) => (await globalThis.axe.run({ resultTypes: ["violations"], ...options })).violations, options);
  return found.map(
    ({ id, help, nodes }) => `${id}: ${help}\n${nodes.map((node) => `  ${node.html.slice(0, 150)} ${node.failureSummary}`).join("\n")}`,
  );
}

/** What is there to be pressed or filled in, and is not there whole. @param {Element} element */
function cutOff(element) {
  const right = (/** @type {Element} */ one) => one.getBoundingClientRect().right;
  return [...element.shadowRoot.querySelectorAll("button, summary, input, select, textarea")]
    .filter((control) => control.checkVisibility() && right(control) > right(control.closest(".card, dialog, .menu") ?? element) + 1)
    .map((control) => control.outerHTML.slice(0, 150));
}

/** What sticks to the window's edge lies over something else until one scrolls: here it stays at the page's end. @param {Element} element */
function unstuck(element) {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(".dock { position: static; }");
  element.shadowRoot.adoptedStyleSheets.push(sheet);
}
