/**
 * Text that wants to be more than text: in file names, in the metadata of every kind of package, in settings. It is shown, and stays text.
 *
 * Once where Trusted Types refuse every string that would become markup, and once on a page without any policy, where a slip would run.
 */

import assert from "node:assert/strict";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { after, before, describe, it } from "node:test";
import { output } from "./support/run.js";
import { POLICY, serveSink } from "./support/site.js";
import { stage } from "./support/stage.js";
import { zip } from "./support/zip.js";

const PORTAL = `<!doctype html><title>untouched</title><script type="module" src="layer-drop.js"></script><layer-drop></layer-drop>`;

/** No slash, which would end a name. */
const IMAGE = `<img data-owned src=x onerror=owned=1>`;
const HOSTILE_NAMES = [IMAGE, `"><svg data-owned onload=owned=1>`, `'-owned=1-'`, "{{constructor.constructor('owned=1')()}}", "${owned=1}", "javascript:owned=1", "\u202Egnp.exe", "zero\u200Bwidth", "__proto__", "constructor", "toString", "&lt;b&gt;&#x3C;b&#x3E;"];

describe("hostile text", { timeout: 400_000 }, () => {
  const enforced = stage({ policy: `${POLICY}; require-trusted-types-for 'script'; trusted-types layerdrop`, pages: { "portal.html": PORTAL } });
  const unguarded = stage({ pages: { "portal.html": PORTAL } });
  /** @type {Awaited<ReturnType<typeof serveSink>>} */
  let sink;
  /** @type {{ path: string, file: string }[]} */
  let drops = [];

  before(async () => {
    sink = await serveSink();
    drops = await corpus(join(enforced.folder, "corpus"), markup());
  });
  after(() => sink?.close());

  /** With slashes, quotes and a request: for where any text can stand. */
  const markup = () => `</code></script><script data-owned>owned=1;document.title="owned"</script><img data-owned src="${sink.origin}/image" onerror="owned=1"><a data-owned href="javascript:owned=1">x</a>\u202E\u0007`;

  for (const [what, on] of /** @type {const} */ ([["where Trusted Types are enforced", enforced], ["on a page without a policy", unguarded]])) {
    it(`is shown as text ${what}, wherever it came from and wherever one looks`, async () => {
      const page = await on.open({ url: "portal.html", context: { viewport: { width: 1400, height: 1400 } } });
      for (const { path, file } of drops) await page.add([{ path, file }]);
      for (const name of HOSTILE_NAMES) await page.add([{ path: `${name}/${name}.py`, text: "x = 1\n" }]);
      await page.set({ layerName: markup(), description: markup(), licenseInfo: markup(), region: IMAGE, profile: IMAGE, s3Bucket: IMAGE, functionName: IMAGE, runtimes: [IMAGE], shareWith: [IMAGE], namePrefix: IMAGE, allowedLicenses: [IMAGE] });
      const { entries, findings, recognised } = await page.plan();
      // The corpus has got in: else nothing is tried here.
      assert.ok(entries.some(({ path }) => path.includes("<img")));
      assert.ok(recognised.length >= drops.length && findings.length > 5);
      await isText(page);

      // Everywhere that text is shown: rows and what is said of them, the other views, findings, messages, result.
      await page.part("row").first().click();
      await page.page.keyboard.press("*");
      const rows = await page.part("row").count();
      for (let row = 0; row < Math.min(rows, 30); row += 1) {
        await page.page.keyboard.press("ArrowDown");
        await page.page.keyboard.press("ArrowRight");
      }
      await page.part("filter").fill("<img");
      await page.part("filter-count").getByText(/\d/).waitFor();
      await page.part("row").getByText(IMAGE).first().click();
      await page.page.keyboard.press("F2");
      await page.page.keyboard.press("Escape");
      await isText(page);
      await page.part("filter").fill("");
      for (const tab of ["Size map", "Largest files", "Tree"]) {
        await page.element.getByRole("tab", { name: tab }).click();
        await isText(page);
      }
      await page.part("keys").click();
      await page.part("close").click();
      for (const details of await page.element.locator("details").all()) await details.evaluate((element) => void (element.open = true));
      for (const operation of [{ op: "exclude", path: markup() }, { op: markup(), path: IMAGE }]) await page.refusal("apply", operation);
      await page.refusal("applyRecipe", `{"layerdrop":1,"settings":{"__proto__":{"layerName":"polluted"},"layerName":${JSON.stringify(markup())}},"${IMAGE}":1}`).catch(() => {});
      await page.part("build").click();
      await page.part("result").waitFor();
      await isText(page);
      await page.set({ layerName: "fine", runtimes: ["python3.12"], region: "", shareWith: [], s3Bucket: "", namePrefix: "" });
      await page.build();
      await page.part("result").waitFor();
      await isText(page);
      // Shown, as it is: markup as markup's text, what can't be seen written out.
      const texts = await page.element.evaluate((element) => element.shadowRoot.textContent);
      assert.ok(texts.includes("<img data-owned"), "markup is shown");
      const all = (await page.plan()).entries.map(({ path }) => path).join("\n");
      assert.ok(all.includes("__proto__") && all.includes("constructor"), "names of JavaScript's own are names");
      assert.equal(await page.page.evaluate(() => /** @type {any} */ ({}).layerName), undefined, "nothing is polluted");
    });
  }

  /** @param {import("./support/page.js").LayerPage} page */
  async function isText(page) {
    const seen = await page.page.evaluate(() => {
      /** @type {Element[]} */
      const all = [];
      const walk = (/** @type {ParentNode} */ root) => {
        for (const element of root.querySelectorAll("*")) {
          all.push(element);
          if (element.shadowRoot) walk(element.shadowRoot);
        }
      };
      walk(document);
      return {
        title: document.title,
        owned: globalThis.owned,
        payload: all.filter((element) => element.hasAttribute("data-owned")).map((element) => element.outerHTML),
        handlers: all.flatMap((element) => element.getAttributeNames().filter((name) => name.startsWith("on"))),
        links: all.flatMap((element) => ["href", "src", "action"].map((name) => element.getAttribute(name)).filter((url) => url !== null && /^\s*(javascript|data):|127\.0\.0\.1/i.test(url))),
        invisible: all.flatMap((element) => [...element.childNodes].filter((node) => node.nodeType === 3 && /[\u202E\u200B\u0007]/.test(node.data) && element.closest("pre, textarea") === null).map((node) => node.data)),
      };
    });
    assert.deepEqual(seen, { title: "untouched", owned: undefined, payload: [], handlers: [], links: [], invisible: [] });
    assert.deepEqual(sink.hits, []);
  }
});

/**
 * A file of each kind, with the text in every field that a page might show.
 * @param {string} folder
 * @param {string} markup
 */
async function corpus(folder, markup) {
  await mkdir(folder, { recursive: true });
  const line = markup.replace("\u0007", "");
  const json = (/** @type {object} */ value) => JSON.stringify(value);
  const metadata = `Metadata-Version: 2.1\nName: demo\nVersion: 1.0\nSummary: ${line}\nLicense: ${line}\nHome-page: javascript:owned=1\nRequires-Dist: ${line}\nRequires-Dist: ${IMAGE}>=1\nRequires-Python: ${line}\n\n${markup}\n`;
  const wheel = [
    { name: `demo/${IMAGE}.py`, text: "x = 1\n" },
    { name: "demo-1.0.dist-info/METADATA", text: metadata },
    { name: "demo-1.0.dist-info/WHEEL", text: `Wheel-Version: 1.0\nGenerator: ${line}\nRoot-Is-Purelib: true\nTag: py3-none-any\nTag: ${line}\n` },
    { name: "demo-1.0.dist-info/top_level.txt", text: `${line}\n` },
    { name: "demo-1.0.dist-info/entry_points.txt", text: `[console_scripts]\n${line} = ${line}\n` },
    { name: "demo-1.0.dist-info/RECORD", text: `${IMAGE},,\n` },
  ];
  const manifest = { name: markup, version: markup, description: markup, license: markup, main: markup, bin: { [IMAGE]: markup }, dependencies: { [markup]: markup, constructor: "1", [IMAGE]: "*" }, engines: { node: markup }, os: [markup], cpu: [IMAGE], scripts: { install: markup } };
  const polluting = json(manifest).replace("{", '{"__proto__":{"layerName":"polluted"},');
  const gem = `--- !ruby/object:Gem::Specification\nname: ${json(line)}\nversion: !ruby/object:Gem::Version\n  version: ${json(line)}\nplatform: ${json(line)}\nsummary: ${json(line)}\nrequired_ruby_version: ${json(line)}\nlicenses:\n- ${json(line)}\nextensions:\n- ${json(line)}\n`;
  /** @type {Record<string, Buffer | string>} */
  const files = {
    "demo-1.0-py3-none-any.whl": zip(wheel),
    [`${IMAGE}-1.0-py3-none-any.whl`]: zip(wheel),
    "names.zip": zip(HOSTILE_NAMES.map((name) => ({ name: `names/${name}`, text: "x", utf8: true }))),
    "climbs.zip": zip([{ name: `../${IMAGE}`, text: "" }]),
    "library.jar": zip([
      { name: "META-INF/MANIFEST.MF", text: `Manifest-Version: 1.0\r\nImplementation-Title: ${IMAGE}\r\nBundle-SymbolicName: ${IMAGE}\r\nImplementation-Version: ${IMAGE}\r\n` },
      { name: "META-INF/maven/g/a/pom.properties", text: `groupId=${line}\nartifactId=${line}\nversion=${line}\n` },
    ]),
    "layer.json": json({ layerdrop: 1, settings: { layerName: markup } }),
    "requirements.txt": `${line}\n${IMAGE}==1.0\n`,
    "package.json": polluting,
    [`${IMAGE}.so`]: "\u007fELF",
    "broken.whl": `no zip ${markup}`,
  };
  await Promise.all(Object.entries(files).map(([name, content]) => writeFile(join(folder, name), content)));
  await Promise.all([writeFile(join(folder, "metadata.gz"), gzipSync(gem)), writeFile(join(folder, "data.tar.gz"), gzipSync(Buffer.alloc(1024)))]);
  await output("tar", ["-cf", "hostile.gem", "metadata.gz", "data.tar.gz"], { cwd: folder });
  await mkdir(join(folder, "package"));
  await writeFile(join(folder, "package/package.json"), polluting);
  await writeFile(join(folder, `package/${IMAGE}.js`), "1");
  await output("tar", ["-czf", "hostile-1.0.0.tgz", "package"], { cwd: folder });
  const drops = [...Object.keys(files), "hostile.gem", "hostile-1.0.0.tgz"].map((name) => ({ path: name === "package.json" ? `node_modules/${IMAGE}/package.json` : name, file: join(folder, name) }));
  for (const { file } of drops) assert.ok((await readFile(file)).length > 0);
  return drops;
}
