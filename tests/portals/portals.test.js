/**
 * The portals of examples/: each is built by its own tool and opened in a browser, the main job is done in it, and axe finds nothing wrong, light or dark.
 */

import assert from "node:assert/strict";
import { mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { startBrowser } from "../e2e/support/browser.js";
import { LayerPage } from "../e2e/support/page.js";
import { REQUESTS, wheels } from "../e2e/support/wheels.js";
import { NPM, ROOT, job, serve } from "../package/support.js";
import { PORTALS, build, example, siteOf } from "./support.js";

const SCHEMES = /** @type {const} */ (["light", "dark"]);

/** Pictures for whoever wants to look. */
const PICTURES = join(ROOT, "target/portals/pictures");
const BASE = "/platform/";
const TOOLS = "https://tools.example.com";

describe("the portals", { timeout: 900_000 }, () => {
  const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
  /** @type {import("playwright-core").Browser} */
  let browser;
  /** @type {string[]} */
  let files = [];
  before(async () => {
    mkdirSync(PICTURES, { recursive: true });
    [browser, files] = await Promise.all([startBrowser(), wheels(REQUESTS)]);
  });
  after(() => browser?.close());

  /** @param {"light" | "dark"} colorScheme @param {(page: import("playwright-core").Page) => Promise<void>} look */
  async function inBrowser(colorScheme, look) {
    const context = await browser.newContext({ colorScheme, viewport: { width: 1440, height: 1000 } });
    try {
      await look(await context.newPage());
    } finally {
      await context.close();
    }
  }

  /** Of the element alone: what is around it is the portal's. @param {import("playwright-core").Page | import("playwright-core").Frame} where @param {string[]} [hosts]  whose shadow roots it is in */
  async function isClean(where, hosts = []) {
    await where.evaluate(axe);
    // A page without a background is white to axe, also where the browser paints it dark.
    await where.evaluate(() => void (document.documentElement.style.backgroundColor = "Canvas"));
    const violations = await where.evaluate(async (path) => (await globalThis.axe.run({ include: [{ fromShadowDom: path }] })).violations, [...hosts, "layer-drop"]);
    assert.deepEqual(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => `${node.html.slice(0, 100)} ${node.failureSummary}`).join("\n")}`), []);
  }

  /** Ready, and with what its attributes say: that is a change of its own, and must not be taken for the drop's. @param {LayerPage} opened */
  async function settled(opened) {
    await opened.ready();
    await opened.plan();
  }

  for (const portal of PORTALS) {
    describe(portal.name, () => {
      /** @type {Awaited<ReturnType<typeof serve>>} */
      let site;
      before(async () => {
        site = await serve(siteOf(portal), { base: BASE });
        build(portal, site.origin + BASE);
      });
      after(() => site?.close());

      for (const colorScheme of SCHEMES) {
        it(`does the whole job on a ${colorScheme} page, and asks nobody else for anything`, () =>
          inBrowser(colorScheme, async (page) => {
            const opened = new LayerPage(page);
            await page.goto(site.origin + BASE + portal.page);
            await settled(opened);
            await isClean(page);
            await opened.drop(files);
            await opened.set({ runtimes: ["python3.11"], architectures: ["x86_64"] });
            await opened.plan();
            await opened.part("row").nth(2).click();
            await opened.part("build").click();
            await opened.part("result").waitFor();
            const { codeSha256, digest } = await opened.build();
            assert.equal(codeSha256, digest);
            await opened.part("result").waitFor();
            await isClean(page);
            await page.mouse.move(0, 0);
            await page.evaluate(() => scrollTo(0, 0));
            await page.screenshot({ path: join(PICTURES, `${portal.name}-${colorScheme}.png`) });
            assert.deepEqual(opened.errors, []);
            assert.deepEqual(opened.requests.filter((url) => !url.startsWith(site.origin) && !/^(blob|data):/.test(url)), []);
            // Dark in a dark portal: the element follows the page.
            const background = await opened.part("choose-files").evaluate((button) => getComputedStyle(button).backgroundColor);
            const lightness = /\d+/.exec(background)?.[0];
            assert.equal(Number(lightness) < 100, colorScheme === "dark", background);
          }));
      }

      it("is there when one comes from another page, and again after going back and forth", () =>
        inBrowser("light", async (page) => {
          const opened = new LayerPage(page);
          await page.goto(site.origin + BASE + portal.home);
          await page.evaluate(() => void (globalThis.stayed = true));
          for (const _ of [1, 2]) {
            await page.getByRole("link", { name: portal.link }).last().click();
            await opened.element.waitFor();
            await settled(opened);
            await opened.drop(files.slice(2, 3));
            assert.equal((await opened.plan()).recognised.length, 1);
            await page.goBack();
            await opened.element.waitFor({ state: "detached" });
          }
          assert.equal(await page.evaluate(() => globalThis.stayed === true), portal.stays, "changes pages without loading them");
          assert.deepEqual(opened.errors, []);
        }));
    });
  }

  it("a company's presets are there, in the example that shows them, and hold", () =>
    inBrowser("light", async (page) => {
      const portal = PORTALS.find(({ name }) => name === "mkdocs-material");
      assert.ok(portal);
      const site = await serve(siteOf(portal), { base: BASE });
      try {
        const opened = new LayerPage(page);
        await page.goto(site.origin + BASE + portal.page);
        await opened.ready();
        const { runtimes, namePrefix, regions, s3Bucket, shareWith, allowedLicenses } = await opened.settings();
        assert.deepEqual(
          { runtimes, namePrefix, regions, s3Bucket, shareWith, allowedLicenses },
          { runtimes: ["python3.12", "python3.13"], namePrefix: "acme-", regions: ["eu-west-1", "us-east-1"], s3Bucket: "acme-layers-{region}", shareWith: ["o-a1b2c3d4e5"], allowedLicenses: ["MIT", "Apache-2.0", "BSD-3-Clause", "MPL-2.0"] },
        );
        await opened.add([{ path: "a.py", text: "x = 1\n" }]);
        await opened.set({ layerName: "billing" });
        assert.ok((await opened.plan()).findings.some(({ message }) => message.includes("acme-")), "a name without the company's prefix is a finding");
        await opened.set({ layerName: "acme-billing" });
        const { commands } = await opened.build();
        for (const word of ["eu-west-1", "us-east-1", "acme-billing"]) assert.ok(commands.publish.sh.includes(word), word);
      } finally {
        await site.close();
      }
    }));

  describe("backstage", () => {
    /** As TechDocs does: sanitized with the options of app-config.yaml, and put into a shadow root. @param {import("playwright-core").Page} page @param {boolean} named */
    async function techDocs(page, named) {
      const config = example("backstage/app-config.yaml");
      const tag = /TagNameRegExp: "(.*)"/.exec(config)?.[1] ?? "";
      const site = await serve(join(NPM, "layerdrop"), {
        pages: {
          "portal.html": `<!doctype html><meta charset="utf-8"><title>Backstage</title><style>:root { color-scheme: light dark }</style><script type="module" src="define.js"></script><div id="techdocs"></div>`,
        },
      });
      await page.route(`${TOOLS}/**`, (route) => route.fulfill({ path: join(NPM, "layerdrop/embed.html") }));
      await page.goto(`${site.origin}/portal.html`);
      await page.evaluate(readFileSync(createRequire(join(ROOT, "tests/package/package.json")).resolve("dompurify/dist/purify.min.js"), "utf8"));
      await page.evaluate(
        ([html, tag]) => {
          const clean = globalThis.DOMPurify.sanitize(html, {
            ADD_TAGS: ["link", "meta", "iframe"],
            FORBID_TAGS: ["style"],
            ADD_ATTR: ["http-equiv", "content"],
            WHOLE_DOCUMENT: true,
            RETURN_DOM: true,
            CUSTOM_ELEMENT_HANDLING: { tagNameCheck: tag ? new RegExp(tag) : undefined, attributeNameCheck: undefined },
          });
          document.getElementById("techdocs").attachShadow({ mode: "open" }).append(clean);
        },
        [`<html><body>${example("backstage/docs/layers.md")}</body></html>`, named ? tag : ""],
      );
      return site;
    }

    for (const colorScheme of SCHEMES) it(`shows the element through the sanitizer, with its data- attributes, in TechDocs' shadow root, ${colorScheme}`, () =>
      inBrowser(colorScheme, async (page) => {
        const site = await techDocs(page, true);
        try {
          const opened = new LayerPage(page);
          await opened.ready();
          assert.deepEqual((await opened.settings()).runtimes, ["python3.12"]);
          assert.equal(await page.title(), "Backstage");
          await opened.drop(files);
          await opened.part("build").click();
          await opened.part("result").waitFor();
          await isClean(page, ["#techdocs"]);
          await page.screenshot({ path: join(PICTURES, `backstage-${colorScheme}.png`) });
        } finally {
          await site.close();
        }
      }));

    it("shows the frame through the sanitizer, which leaves neither allow nor sandbox", () =>
      inBrowser("light", async (page) => {
        const site = await techDocs(page, false);
        try {
          assert.equal(await page.locator("layer-drop").count(), 0, "without the setting there is no element");
          const frame = page.locator("iframe");
          assert.deepEqual(await frame.evaluate((frame) => frame.getAttributeNames().sort()), ["height", "src", "title", "width"]);
          const inside = new LayerPage(page);
          inside.element = page.frameLocator("iframe").locator("layer-drop");
          await job(inside);
        } finally {
          await site.close();
        }
      }));
  });

  for (const colorScheme of SCHEMES) it(`a sandboxed frame as Confluence's HTML macros have it does the job, and tells another way to the file, ${colorScheme}`, () =>
    inBrowser(colorScheme, async (page) => {
      const policy = `default-src 'none'; style-src 'unsafe-inline'; frame-src ${TOOLS}`;
      const html = `<!doctype html><meta charset="utf-8"><title>Confluence</title><style>body { font: 14px sans-serif; max-width: 1100px; margin: 2em auto }</style><h1>Make a Lambda layer</h1>${example("confluence/macro.html")}`;
      const site = await serve(NPM, { pages: { "page.html": html }, headers: { "content-security-policy": policy } });
      try {
        await page.route(`${TOOLS}/**`, (route) => route.fulfill({ path: join(NPM, "layerdrop/embed.html") }));
        await page.goto(`${site.origin}/page.html`);
        const inside = new LayerPage(page);
        inside.element = page.frameLocator("iframe").locator("layer-drop");
        await inside.ready();
        assert.deepEqual([(await inside.settings()).runtimes, (await inside.settings()).namePrefix], [["python3.12"], "acme-"]);
        await job(inside);
        await inside.part("build").click();
        await inside.element.locator("[slot=saving]").waitFor();
        const frame = page.frames().find((frame) => frame !== page.mainFrame());
        assert.ok(frame);
        await isClean(frame);
        await page.screenshot({ path: join(PICTURES, `confluence-${colorScheme}.png`) });
      } finally {
        await site.close();
      }
    }));
});
