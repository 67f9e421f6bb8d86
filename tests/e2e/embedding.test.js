/**
 * `<layer-drop>` in pages that were made for something else: their style sheets, their colours, their shadow roots, their way of changing pages.
 */

import assert from "node:assert/strict";
import { before, describe, it } from "node:test";
import { LayerPage } from "./support/page.js";
import { stage } from "./support/stage.js";
import { REQUESTS, wheels } from "./support/wheels.js";

const SCRIPT = `<script type="module" src="layer-drop.js"></script>`;
const page = (head, body = "<layer-drop>needs a script</layer-drop>") => `<!doctype html><html><head>${head}${SCRIPT}</head><body>${body}</body></html>`;

/** What real style sheets do to every element, all at once and with force. */
const HOSTILE = `<style>
html { font-size: 62.5% }
body { font: italic 900 9px/3 monospace; text-align: center; white-space: pre; letter-spacing: 4px; text-transform: uppercase; word-spacing: 1em; text-indent: 3em; line-height: 4 }
* { all: revert; font-size: 7px !important; color: red !important; line-height: 4 !important; letter-spacing: 4px !important; box-sizing: content-box !important; text-transform: uppercase !important }
button, input, h2, h3, ul, li, table, code, pre, svg, dialog { display: inline !important; margin: 3em !important; padding: 3em !important; background: lime !important; border: 5px solid red !important }
</style>`;

/** The main tokens of each docs system, in colours that it does not have by itself. */
const TOKENS = {
  Docusaurus: ["--ifm-color-primary", "--ifm-font-color-base", "--ifm-background-surface-color", "--ifm-font-family-base"],
  Material: ["--md-typeset-a-color", "--md-default-fg-color", "--md-default-bg-color", "--md-text-font-family"],
  PyData: ["--pst-color-primary", "--pst-color-text-base", "--pst-color-background", "--pst-font-family-base"],
  Furo: ["--color-brand-content", "--color-foreground-primary", "--color-background-primary", "--font-stack"],
  Backstage: ["--bui-bg-solid", "--bui-fg-primary", "--bui-bg-app", "--bui-font-regular"],
};
const tokens = (names, values) => `<style>:root { ${names.map((name, index) => `${name}: ${values[index]};`).join(" ")} }</style>`;

const LIGHT = ["rgb(200, 0, 120)", "rgb(40, 20, 10)", "rgb(255, 250, 240)", "Georgia"];

describe("embedded", { timeout: 600_000 }, () => {
  /** @type {Record<string, string>} */
  const pages = {
    "plain.html": page(""),
    "hostile.html": page(HOSTILE),
    "light.html": page("<style>:root { color-scheme: light }</style>"),
    "dark.html": page("<style>:root { color-scheme: dark }</style>"),
    "theme.html": page(tokens(TOKENS.Docusaurus, LIGHT), `<layer-drop theme="dark"></layer-drop>`),
    "data-theme.html": page(tokens(TOKENS.Docusaurus, LIGHT), `<layer-drop data-theme="dark"></layer-drop>`),
    "own.html": page(tokens(["--layerdrop-accent", ...TOKENS.Docusaurus], ["rgb(1, 2, 3)", ...LIGHT])),
    "pale.html": page(tokens(TOKENS.Docusaurus, ["rgb(255, 240, 120)", ...LIGHT.slice(1)])),
    "slots.html": page("", `<layer-drop><p slot="header">Acme</p><p slot="empty">Read the guide</p><p slot="help">Ask #platform</p><p slot="footer">Since 2026</p>loading</layer-drop>`),
    "window.html": page("", `<p id="elsewhere">Elsewhere</p><layer-drop data-whole-window></layer-drop>`),
    "empty.html": `<!doctype html><main></main>`,
    "instant.html": page("", `<main><layer-drop layer-name="first-page"></layer-drop></main>`),
  };
  for (const [system, names] of Object.entries(TOKENS)) pages[`${system}.html`] = page(tokens(names, LIGHT));
  const on = stage({ pages });
  /** @type {string[]} */
  let files = [];
  before(async () => void (files = await wheels(REQUESTS)));

  /** How the parts of a filled element look and where they are. @param {LayerPage} opened */
  const looks = (opened) =>
    opened.element.evaluate((element) =>
      ["intro", "choose-files", "build", "row", "contents", "settings", "summary"].map((name) => {
        const part = element.shadowRoot.querySelector(`[part~="${name}"]`);
        const { fontSize, fontStyle, fontWeight, fontFamily, color, letterSpacing, textTransform, lineHeight, display, padding, margin, backgroundColor, boxSizing, textAlign, whiteSpace, textIndent, wordSpacing } = getComputedStyle(part);
        const { width, height } = part.getBoundingClientRect();
        return { name, width, height, fontSize, fontStyle, fontWeight, fontFamily, color, letterSpacing, textTransform, lineHeight, display, padding, margin, backgroundColor, boxSizing, textAlign, whiteSpace, textIndent, wordSpacing };
      }),
    );
  /** @param {LayerPage} opened @param {string} part @param {string} property */
  const style = (opened, part, property) => opened.part(part).first().evaluate((element, property) => getComputedStyle(element).getPropertyValue(property), property);

  it("looks the same whatever the page's style sheet does to all of its elements", async () => {
    const [plain, hostile] = [await on.open({ url: "plain.html" }), await on.open({ url: "hostile.html" })];
    for (const opened of [plain, hostile]) {
      // The page's margins are its own matter: the same room for both.
      await opened.element.evaluate((element) => element.setAttribute("style", "position: fixed; inset: 0; inline-size: 1200px; margin: 0"));
      await opened.drop(files);
      await opened.part("row").nth(3).waitFor();
      await opened.page.mouse.move(0, 0);
    }
    assert.deepEqual(await looks(hostile), await looks(plain));
  });

  it("follows the reader's font size, not the page's", async () => {
    const opened = await on.open({ url: "hostile.html" });
    const size = () => style(opened, "choose-files", "font-size");
    assert.equal(await size(), "14px");
    await opened.element.evaluate((element) => element.setAttribute("style", "--layerdrop-font-size: 20px"));
    assert.equal(await size(), "17.5px");
  });

  it("turns to columns by its own width, not the window's", async () => {
    const opened = await on.open({ url: "plain.html" });
    await opened.drop(files);
    const columns = async (width) => {
      await opened.element.evaluate((element, width) => element.setAttribute("style", `inline-size: ${width}px`), width);
      return opened.element.evaluate((element) => getComputedStyle(element.shadowRoot.querySelector(".bench")).gridTemplateColumns.split(" ").length);
    };
    assert.deepEqual([await columns(500), await columns(900), await columns(1250)], [1, 2, 3]);
  });

  for (const system of Object.keys(TOKENS)) {
    it(`takes its looks from the tokens of ${system}`, async () => {
      const opened = await on.open({ url: `${system}.html` });
      assert.equal(await style(opened, "choose-files", "background-color"), LIGHT[2]);
      assert.equal(await style(opened, "choose-files", "color"), LIGHT[1]);
      assert.equal(await style(opened, "choose-files", "font-family"), LIGHT[3]);
      const accent = await colour(opened, "--_accent");
      assert.ok(accent[0] > 120 && accent[1] < 60 && accent[2] > 60, `pink, as the page's: ${accent}`);
    });
  }

  it("lets its own properties win, and keeps a pale accent readable", async () => {
    assert.deepEqual(await colour(await on.open({ url: "own.html" }), "--_accent"), [1, 2, 3]);
    const pale = await on.open({ url: "pale.html" });
    const contrast = contrastOf(await colour(pale, "--_accent"), await colour(pale, "--_background"));
    assert.ok(contrast >= 4.5, `${contrast} : 1`);
  });

  it("is light or dark as the page's color-scheme says, against the system's; `theme` stands above both", async () => {
    const background = async (url, colorScheme) => (await colour(await on.open({ url, context: { colorScheme } }), "--_background"))[0];
    assert.equal(await background("light.html", "dark"), 255);
    assert.equal(await background("dark.html", "light"), 20);
    for (const url of ["theme.html", "data-theme.html"]) assert.equal(await background(url, "light"), 20, "the page's tokens are for another scheme");
    const opened = await on.open({ url: "light.html" });
    await opened.page.evaluate(() => void document.documentElement.setAttribute("style", "color-scheme: dark"));
    assert.equal((await colour(opened, "--_background"))[0], 20, "a page that changes its mind");
  });

  it("has a ground of its own where `theme` is not the page's scheme, in the colours that a page sets", async () => {
    const ground = (opened) => opened.element.evaluate((element) => getComputedStyle(element.shadowRoot.querySelector("layer-workbench")).backgroundColor);
    assert.equal(await ground(await on.open({ url: "light.html" })), "rgba(0, 0, 0, 0)", "else it stands on the page's");
    for (const url of ["theme.html", "data-theme.html"]) {
      const opened = await on.open({ url, context: { colorScheme: "light" } });
      assert.notEqual(await ground(opened), "rgba(0, 0, 0, 0)");
      const contrast = contrastOf(await colour(opened, "--_text"), await colour(opened, "--_raised"));
      assert.ok(contrast >= 7, `${contrast} : 1`);
      await opened.element.evaluate((element) => element.style.setProperty("--layerdrop-raised", "#123456"));
      assert.equal(await ground(opened), "rgb(18, 52, 86)");
    }
  });

  it("shows what the page puts into its slots, each where it belongs", async () => {
    const opened = await on.open({ url: "slots.html" });
    const seen = async () => {
      const texts = [];
      for (const text of ["Acme", "Read the guide", "Ask #platform", "Since 2026", "loading"])
        if (await opened.page.getByText(text).isVisible()) texts.push(text);
      return texts;
    };
    assert.deepEqual(await seen(), ["Acme", "Read the guide", "Since 2026"]);
    await opened.drop(files.slice(0, 1));
    assert.deepEqual(await seen(), ["Acme", "Since 2026"]);
    await opened.refusal("apply", { op: "exclude", path: "nowhere" });
    assert.deepEqual(await seen(), ["Acme", "Ask #platform", "Since 2026"]);
  });

  it("hears drops on the whole window when a sanitizer left only data-whole-window", async () => {
    const opened = await on.open({ url: "window.html" });
    await opened.drop(files.slice(2, 3), "#elsewhere");
    assert.equal((await opened.plan()).recognised.length, 1);
  });

  it("works inside another element's shadow root", async () => {
    const opened = await on.open({ url: "plain.html" });
    await opened.element.evaluate((element) => {
      const host = document.createElement("div");
      element.after(host);
      host.attachShadow({ mode: "open" }).append(element);
    });
    await opened.ready();
    await opened.drop(files.slice(2, 3));
    // Focus, keys and the toolbar: what looks for things around itself.
    await opened.part("row").first().click();
    await opened.page.keyboard.press("End");
    await opened.page.keyboard.press("Delete");
    await opened.part("undo").getByText("Undo").waitFor();
    await opened.hearing("layerdrop-change", () => opened.page.keyboard.press("Control+z"));
    await opened.part("build").click();
    await opened.part("result").waitFor();
    await opened.part("copy").click();
    await opened.part("status").getByText("copied").waitFor();
    await opened.page.keyboard.press("?");
    await opened.part("shortcuts").waitFor();
  });

  it("works when a portal changes pages without loading them", async () => {
    const opened = await on.open({ url: "instant.html" });
    await opened.drop(files.slice(2, 3));
    const ended = opened.worker().waitForEvent("close");
    // What a portal does: the content of another page in place of this one's, by a parser that runs no scripts.
    const visit = (html) =>
      opened.page.evaluate((html) => {
        const next = new DOMParser().parseFromString(html, "text/html").querySelector("main");
        document.querySelector("main").replaceWith(document.adoptNode(next));
      }, html);
    await visit("<main><p>Another page</p></main>");
    await ended;
    await visit(`<main><layer-drop layer-name="second-page" data-runtime="python3.12"></layer-drop></main>`);
    const second = new LayerPage(opened.page);
    await second.ready();
    assert.deepEqual(await second.paths(), [], "a new element begins anew");
    await second.drop(files.slice(2, 3));
    const { fileName } = await second.build();
    assert.equal(fileName, "second-page.zip");
  });

  it("is a class that defines nothing when it is imported, and serves under another name", async () => {
    const opened = await on.open({ url: "empty.html", ready: false });
    const defined = await opened.page.evaluate(async () => {
      const { LayerDropElement } = await import(new URL("layer-drop-element.js", document.baseURI).href);
      const before = ["layer-drop", "layer-workbench", "layer-tree"].filter((name) => customElements.get(name));
      customElements.define("acme-layers", class extends LayerDropElement {});
      document.body.append(document.createElement("acme-layers"));
      return before;
    });
    assert.deepEqual(defined, []);
    const own = new LayerPage(opened.page, "acme-layers");
    await own.ready();
    await own.drop(files.slice(2, 3));
    assert.equal((await own.plan()).recognised.length, 1);
  });
});

/** A custom property of the element as red, green and blue. @param {LayerPage} opened @param {string} name @returns {Promise<number[]>} */
function colour(opened, name) {
  return opened.element.evaluate((element, name) => {
    const probe = document.createElement("i");
    probe.setAttribute("style", `color: var(${name})`);
    element.shadowRoot.append(probe);
    const canvas = new OffscreenCanvas(1, 1).getContext("2d");
    canvas.fillStyle = getComputedStyle(probe).color;
    probe.remove();
    canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data.slice(0, 3)];
  }, name);
}

/** By WCAG 2. @param {number[]} one @param {number[]} other */
function contrastOf(one, other) {
  const luminance = ([red, green, blue]) =>
    [red, green, blue].map((value) => (value / 255 <= 0.03928 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4)).reduce((sum, value, index) => sum + value * [0.2126, 0.7152, 0.0722][index], 0);
  const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}
