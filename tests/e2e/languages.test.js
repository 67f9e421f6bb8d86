/**
 * The page in another language, where the language comes from, and that every word that is shown comes from the catalogue.
 */

import assert from "node:assert/strict";
import { before, describe, it } from "node:test";
import { stage } from "./support/stage.js";
import { REQUESTS, wheels } from "./support/wheels.js";

const page = (/** @type {string} */ html, around) =>
  `<!doctype html><html lang="${html}"><script type="module" src="layer-drop.js"></script><div${around}><layer-drop></layer-drop></div></html>`;

/** What is called the same in every language. */
const NAMES = ["CodeSha256", "SHA-256", "bash, zsh", "PowerShell", "cmd"];

describe("the language", { timeout: 600_000 }, () => {
  const on = stage({
    pages: {
      "english.html": page("en", ""),
      "german-part.html": page("en", ' lang="de-AT"'),
      "french.html": page("fr", ""),
    },
  });
  /** @type {string[]} */
  let files = [];
  before(async () => {
    files = await wheels(REQUESTS.slice(0, 2));
  });

  it("is German for a German browser, from the drop to the download", async () => {
    const page = await on.open({ context: { locale: "de-DE" } });
    await page.element.getByText("Dateien oder Ordner hier ablegen").waitFor();
    await page.drop(files);
    await page.part("status").getByText(/^2 Dateien hinzugefügt\./).waitFor();
    await page.part("summary").getByText(/^2 Quellen · \d+ Dateien · [\d,]+ [KM]B entpackt$/).waitFor();
    await page.element.getByRole("textbox", { name: "Name des Layers" }).waitFor();
    const english = page.element.locator("layer-settings :is(.field, legend, .choice:has([type=radio]))").locator("xpath=descendant-or-self::*[@lang='en']");
    assert.deepEqual(await english.allTextContents(), [], "every setting is named in German");
    const first = page.part("row").first();
    await first.focus();
    await page.hearing("layerdrop-change", () => page.page.keyboard.press("Delete"));
    await page.part("status").getByText("Erledigt:").waitFor();
    await page.hearing("layerdrop-change", () => page.element.getByRole("button", { name: "Rückgängig" }).first().click());
    await page.element.getByRole("button", { name: "Layer bauen" }).click();
    await page.element.getByRole("button", { name: "Herunterladen" }).waitFor();
    assert.equal(await page.element.locator("layer-workbench").getAttribute("lang"), "de");
  });

  it("is that of the place where the element stands, whatever the browser prefers", async () => {
    for (const [url, invitation] of [
      ["english.html", "Drop files or folders here"],
      ["german-part.html", "Dateien oder Ordner hier ablegen"],
      ["french.html", "Drop files or folders here"],
    ]) {
      const page = await on.open({ url, context: { locale: url === "german-part.html" ? "en-US" : "de-DE" } });
      await page.element.getByText(invitation).waitFor();
    }
  });

  it("can change while there is something on the page", async () => {
    const page = await on.open({ url: "english.html" });
    await page.drop(files);
    await page.set({ layerName: "two words" });
    const { entries } = await page.plan();
    for (const [language, contents] of [
      ["de", "Inhalt"],
      ["en", "Contents"],
    ]) {
      await page.element.evaluate((element, language) => element.setAttribute("lang", language), language);
      await page.element.getByRole("heading", { name: contents }).waitFor();
      await page.part("row").first().waitFor();
      assert.equal(await page.element.locator("input[name=layerName]").inputValue(), "two words");
      assert.deepEqual((await page.plan()).entries, entries);
    }
  });

  it("shows no word that is not in the catalogue", async () => {
    const page = await on.open({ ready: false, context: { locale: "de-DE" } });
    for (const name of ["en", "wording"]) await page.page.route(`**/words/${name}.js`, (route) => route.fulfill({ path: `www/words/${name}.js` }));
    // Instead of German: English with a mark around whatever comes from the catalogue.
    await page.page.route("**/words/de.js", (route) =>
      route.fulfill({
        contentType: "text/javascript",
        body: `
          import { words as english } from "./en.js";
          const marked = (value) =>
            typeof value === "string" ? "⟦" + value + "⟧"
            : typeof value === "function" ? (...given) => marked(value(...given))
            : Array.isArray(value) ? value.map(marked)
            : typeof value === "object" ? Object.fromEntries(Object.entries(value).map(([key, each]) => [key, marked(each)]))
            : value;
          export const words = { ...marked(english), language: "de" };
        `,
      }),
    );
    await page.page.reload();
    await page.element.getByText("⟦Drop to add⟧").waitFor({ state: "attached" });

    /** Text and attributes that are neither marked, nor of the files, nor said to be English. @param {string} state */
    const check = async (state) =>
      assert.deepEqual(
        await page.element.evaluate((element, names) => {
          const bare = [];
          const walker = document.createTreeWalker(element.shadowRoot, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
          for (let node = walker.nextNode(); node; node = walker.nextNode()) {
            const at = node instanceof Element ? node : node.parentElement;
            if (at.closest("[lang=en], code, pre, kbd, bdi, style")) continue;
            const texts =
              node instanceof Element
                ? node.matches("[data-path], [part~=source], [part~=show]")
                  ? [] // Called as a file is.
                  : ["title", "aria-label", "placeholder", "aria-valuetext"].map((name) => node.getAttribute(name) ?? "")
                : [node.data];
            bare.push(...texts.filter((text) => /\p{L}{2}/u.test(text) && !text.includes("⟦") && !names.includes(text)).map((text) => `${at.localName}.${at.className}: ${text}`));
          }
          return [...new Set(bare)];
        }, NAMES),
        [],
        state,
      );

    await check("empty");
    await page.drop(files);
    await page.set({ layerName: "two words", runtimes: ["python3.12"] });
    await page.part("row").first().click();
    await page.part("exclude").waitFor();
    await check("filled");
    for (const tab of ["map", "list"]) {
      await page.part(`tab-${tab}`).click();
      await page.part(tab).locator(tab === "map" ? ".tile" : "td").first().waitFor();
      await check(`showing the ${tab}`);
    }
    await page.set({ layerName: "" });
    await page.part("build").click();
    await page.part("result").waitFor();
    await check("built");
  });
});
