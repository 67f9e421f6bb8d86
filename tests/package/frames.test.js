/**
 * The pages in one file: `standalone.html` from disk without a network, `embed.html` in frames of every kind, and what it and the page around it say to each other.
 */

import assert from "node:assert/strict";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { pathToFileURL } from "node:url";
import { startBrowser } from "../e2e/support/browser.js";
import { LayerPage } from "../e2e/support/page.js";
import { REQUESTS, wheels } from "../e2e/support/wheels.js";
import { NPM, job, serve } from "./support.js";

const FOLDER = join(NPM, "layerdrop");
/** As ux wants it of a frame that may do little. */
const CONFLUENCE = "allow-scripts allow-same-origin allow-modals allow-popups allow-forms";

describe("the pages in one file", { timeout: 400_000 }, () => {
  const folder = mkdtempSync(join(tmpdir(), "layerdrop-frames-"));
  /** @type {import("playwright-core").Browser} */
  let browser;
  /** @type {Awaited<ReturnType<typeof serve>>} */
  let site;
  /** @type {Record<string, string>} */
  const pages = {};
  before(async () => {
    browser = await startBrowser();
    site = await serve(FOLDER, { pages });
  });
  after(async () => {
    await browser?.close();
    await site?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** @param {(page: import("playwright-core").Page, context: import("playwright-core").BrowserContext) => Promise<void>} look @param {import("playwright-core").BrowserContextOptions} [options] */
  async function inBrowser(look, options) {
    const context = await browser.newContext(options);
    try {
      await look(await context.newPage(), context);
    } finally {
      await context.close();
    }
  }

  /**
   * Opens a page with one frame, and gives the element in the frame.
   * @param {import("playwright-core").Page} page
   * @param {{ query?: string, attributes?: string, script?: string, file?: string }} [options]
   */
  async function framed(page, { query = "", attributes = "", script = "", file = "embed.html" } = {}) {
    pages["portal.html"] = `<!doctype html><meta charset="utf-8"><title>Portal</title><iframe id="frame" src="${site.other}/${file}${query}" ${attributes}></iframe>
      <script>const heard = (globalThis.heard = []); addEventListener("message", ({ data }) => heard.push(data));</script><script type="module">${script}</script>`;
    await page.goto(`${site.origin}/portal.html`);
    const frame = page.frames().find((frame) => frame !== page.mainFrame());
    assert.ok(frame);
    const element = frame.locator("layer-drop");
    // The page's words for an element, in the frame.
    const inside = new LayerPage(page);
    inside.element = element;
    return inside;
  }
  const parent = () => `?parent=${encodeURIComponent(site.origin)}`;
  /** @param {LayerPage} inside @param {(page: any[]) => boolean} wanted */
  const heard = (inside, wanted) => inside.page.waitForFunction(wanted).then(() => inside.page.evaluate(() => globalThis.heard));

  it("standalone.html does the whole job from disk, offline, and asks for nothing", () =>
    inBrowser(async (page, context) => {
      const place = join(folder, "a folder with spaces");
      mkdirSync(place);
      cpSync(join(FOLDER, "standalone.html"), join(place, "standalone.html"));
      await context.setOffline(true);
      const opened = new LayerPage(page);
      const url = pathToFileURL(join(place, "standalone.html")).href;
      await page.goto(url);
      assert.equal((await opened.ready()).worker, "blob");
      const policy = await page.locator("meta[http-equiv]").getAttribute("content");
      assert.match(policy ?? "", /connect-src 'none'/);
      assert.doesNotMatch(policy ?? "", /unsafe-inline|unsafe-eval'(?<!wasm-unsafe-eval')/);
      await opened.drop(await wheels(REQUESTS));
      await opened.set({ runtimes: ["python3.11"] });
      await opened.part("build").click();
      await opened.part("result").waitFor();
      const zip = readFileSync(await opened.save(opened.part("download"), place));
      assert.equal(zip.subarray(0, 2).toString(), "PK");
      await opened.part("copy").click();
      await opened.part("status").getByText("copied").waitFor();
      assert.deepEqual(opened.errors, []);
      assert.deepEqual(opened.requests.filter((request) => request !== url && !/^(blob|data):/.test(request)), []);
      // And it could not if it tried.
      const refused = await opened.worker().evaluate(() => fetch("http://127.0.0.1:1/").then(() => "sent", (error) => error.message));
      assert.match(refused, /Failed to fetch/);
    }));

  it("embed.html works in a frame, tells how high it is, and takes no commands from a page that it does not know", () =>
    inBrowser(async (page) => {
      const inside = await framed(page, { script: `document.querySelector("iframe").contentWindow.postMessage({ layerdrop: 1, type: "init", settings: { layerName: "taken-over" } }, "*");` });
      await inside.ready();
      await page.evaluate((origin) => {
        const frame = document.querySelector("iframe").contentWindow;
        for (const type of ["init", "set", "build", "clear"]) frame.postMessage({ layerdrop: 1, type, id: 1, settings: { layerName: "taken-over" } }, origin);
      }, site.other);
      const { codeSha256 } = await job(inside);
      assert.match(codeSha256, /=$/);
      assert.equal((await inside.settings()).layerName, "demo");
      const all = await heard(inside, () => globalThis.heard.some(({ type }) => type === "resize"));
      assert.deepEqual([...new Set(all.map(({ type }) => type))].sort(), ["hello", "resize"], "nothing of what was done is told");
      assert.ok(all.every((message) => message.layerdrop === 1 && !JSON.stringify(message).includes("demo")));
    }));

  it("host.js gives a frame its height, its settings, answers, and saves its files", () =>
    inBrowser(async (page) => {
      const script = `import { connect } from "./host.js";
        globalThis.host = connect(document.querySelector("iframe"), { settings: { runtimes: ["python3.12"], namePrefix: "acme-" }, theme: "dark", heard: ({ type, ...rest }) => globalThis.told.push([type, rest]) });
        globalThis.told = [];`;
      const inside = await framed(page, { query: `${parent()}&layer-name=acme-preset`, attributes: `sandbox="${CONFLUENCE}" style="border: 0; width: 900px"`, script });
      await heard(inside, () => globalThis.told?.some(([type]) => type === "ready"));
      const settings = await inside.settings();
      assert.deepEqual([settings.runtimes, settings.namePrefix, settings.layerName], [["python3.12"], "acme-", "acme-preset"]);
      assert.equal(await inside.element.getAttribute("theme"), "dark");
      const state = await page.evaluate(async () => {
        await globalThis.host.send("add-files", { files: [{ path: "acme.py", blob: new Blob(["x = 1"]) }] });
        const { entries, settings } = await globalThis.host.send("get-state");
        return { paths: entries.map(({ path }) => path), name: settings.layerName };
      });
      assert.deepEqual(state, { paths: ["python/acme.py"], name: "acme-preset" });
      const refusal = await page.evaluate(() => globalThis.host.send("format-disk").catch(({ name, message }) => `${name}: ${message}`));
      assert.match(refusal, /^TypeError: found the command format-disk, expected one of init/);
      const built = await page.evaluate(async () => {
        const { blob, codeSha256, fileName } = await globalThis.host.send("build");
        const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", await blob.arrayBuffer()));
        return { fileName, same: btoa(String.fromCharCode(...digest)) === codeSha256 };
      });
      assert.deepEqual(built, { fileName: "acme-preset.zip", same: true });
      // The frame is as high as what is in it, and stays so.
      const heights = () => Promise.all([page.locator("iframe").evaluate((frame) => frame.clientHeight), inside.element.evaluate(() => Math.ceil(document.querySelector("main").getBoundingClientRect().height))]);
      await page.waitForFunction(() => document.querySelector("iframe").clientHeight > 800);
      const [outer, inner] = await heights();
      assert.equal(outer, inner);
      // The sandbox allows no downloads: the page saves what the frame may not.
      const saved = await inside.save(inside.part("download"), folder);
      assert.equal(readFileSync(saved).subarray(0, 2).toString(), "PK");
      assert.deepEqual(inside.errors, []);
    }));

  it("a second page's origin is not the first one's", () =>
    inBrowser(async (page) => {
      const inside = await framed(page, { query: "?parent=https://docs.example.com", script: `import { connect } from "./host.js"; globalThis.host = connect(document.querySelector("iframe"), { settings: { layerName: "taken-over" } });` });
      await inside.ready();
      await job(inside);
      const all = await heard(inside, () => globalThis.heard.some(({ type }) => type === "resize"));
      assert.deepEqual([...new Set(all.map(({ type }) => type))].sort(), ["hello", "resize"]);
    }));

  it("a file whose meta element names its pages listens to no others, whatever its address says", () =>
    inBrowser(async (page) => {
      pages["fixed.html"] = readFileSync(join(FOLDER, "embed.html"), "utf8").replace('name="layerdrop-parents" content=""', 'name="layerdrop-parents" content="https://docs.example.com"');
      const inside = await framed(page, { file: "fixed.html", query: parent(), script: `import { connect } from "./host.js"; connect(document.querySelector("iframe"), { settings: { layerName: "taken-over" } });` });
      await inside.ready();
      await job(inside);
      const all = await heard(inside, () => globalThis.heard.some(({ type }) => type === "resize"));
      assert.deepEqual([...new Set(all.map(({ type }) => type))].sort(), ["hello", "resize"]);
    }));

  for (const [what, sandbox] of [
    ["without downloads, as HTML macros of wikis have it", CONFLUENCE],
    ["with an origin of its own kind, scripts alone", "allow-scripts"],
  ]) {
    it(`in a sandbox ${what}: the job is done, and a sentence tells another way to the file`, () =>
      inBrowser(async (page) => {
        const inside = await framed(page, { attributes: `sandbox="${sandbox}" style="width: 900px; height: 900px"` });
        const { worker } = await job(inside);
        assert.equal(worker, "blob");
        await inside.part("build").click();
        await inside.part("result").waitFor();
        const way = inside.element.locator("a[target=_blank]");
        await way.waitFor();
        assert.match(await inside.element.locator("[slot=saving]").innerText(), /may not let it save any\. Open Layerdrop in a tab of its own/);
        assert.equal(await way.getAttribute("href"), `${site.other}/embed.html`);
        await inside.part("copy").click();
        await inside.part("status").getByText("copied").waitFor();
        assert.deepEqual(inside.errors, []);
        if (!sandbox.includes("allow-popups")) return;
        const [tab] = await Promise.all([page.context().waitForEvent("page"), way.click()]);
        const alone = new LayerPage(tab);
        await alone.ready();
        assert.equal(await alone.element.locator("[slot=saving]").count(), 0, "in a tab of its own there is nothing to say");
      }));
  }

  it("in its own tab embed.html is a page like any other, with the presets of its address", () =>
    inBrowser(async (page) => {
      await page.goto(`${site.origin}/embed.html?runtime=python3.12,python3.13&layer-name=preset&onclick=alert(1)&theme=dark`);
      const opened = new LayerPage(page);
      await opened.ready();
      const { runtimes, layerName } = await opened.settings();
      assert.deepEqual([runtimes, layerName], [["python3.12", "python3.13"], "preset"]);
      assert.deepEqual(await opened.element.evaluate((element) => element.getAttributeNames().sort()), ["layer-name", "runtime", "theme", "whole-window"]);
    }));
});
