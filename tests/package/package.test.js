/**
 * The npm package: what is in it, that it is made the same twice, and that it works in every bundler and in none.
 */

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { after, before, describe, it } from "node:test";
import { pathToFileURL } from "node:url";
import * as esbuild from "esbuild";
import { startBrowser } from "../e2e/support/browser.js";
import { LayerPage } from "../e2e/support/page.js";
import { FILES, NPM, ROOT, TARBALL, job, project, serve } from "./support.js";

const INLINE = `import "layerdrop/inline";\n`;
const DEFINE = `import "layerdrop/define";\n`;
const PAGE = `<!doctype html><script type="module" src="./bundle.js"></script><layer-drop></layer-drop>`;

describe("the npm package", { timeout: 600_000 }, () => {
  const folder = mkdtempSync(join(tmpdir(), "layerdrop-package-"));
  const { version, ...about } = JSON.parse(readFileSync(join(NPM, "layerdrop/package.json"), "utf8"));
  /** @type {import("playwright-core").Browser} */
  let browser;
  let expected = "";

  before(async () => {
    browser = await startBrowser();
    const home = project(join(folder, "headless"));
    for (const { path, text } of FILES) {
      mkdirSync(join(home, "drop", path, ".."), { recursive: true });
      writeFileSync(join(home, "drop", path), text);
    }
    const { pack } = await import(pathToFileURL(join(home, "node_modules/layerdrop/headless/index.js")).href);
    expected = pack([join(home, "drop/demo")], { runtimes: ["python3.12"], layerName: "demo" }).layer.codeSha256;
  });
  after(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** Opens a page of a folder and does the main job there. @param {string} served @param {{ name?: string, headers?: Record<string, string>, pages?: Record<string, string> }} [options] */
  async function works(served, { name = "index.html", ...options } = {}) {
    const site = await serve(served, options);
    const context = await browser.newContext();
    try {
      const page = new LayerPage(await context.newPage());
      await page.page.goto(`${site.origin}/${name}`);
      const { worker, codeSha256 } = await job(page);
      assert.equal(codeSha256, expected, "the same bytes as in Node.js");
      assert.deepEqual(page.errors, []);
      return { worker, requests: page.requests.filter((url) => url.startsWith("http")).map((url) => new URL(url).pathname) };
    } finally {
      await context.close();
      await site.close();
    }
  }

  it("needs nothing, runs nothing when it is installed, and says so to editors and bundlers", () => {
    for (const none of ["dependencies", "peerDependencies", "optionalDependencies", "scripts", "main"]) assert.equal(about[none], undefined, none);
    const cargo = /^version = "(.*)"/m.exec(readFileSync(join(ROOT, "Cargo.toml"), "utf8"))?.[1];
    assert.equal(version, cargo);
    for (const path of paths(about.exports)) assert.ok(existsSync(join(NPM, "layerdrop", path)), path);
    assert.ok(about.sideEffects.includes("./define.js") && !about.sideEffects.includes("./element.js"));
  });

  it("is what publint and arethetypeswrong have nothing against", () => {
    const bin = join(ROOT, "tests/package/node_modules/.bin");
    execFileSync(join(bin, "publint"), ["run", "--strict", "--pack", "npm", join(NPM, "layerdrop")], { encoding: "utf8" });
    const files = ["worker.js", "layerdrop.wasm", "standalone.html", "embed.html", "custom-elements.json", "integrity.json", "package.json"];
    execFileSync(join(bin, "attw"), [TARBALL, "--profile", "esm-only", "--no-emoji", "--exclude-entrypoints", ...files], { encoding: "utf8" });
  });

  it("lists the hash of every file", () => {
    const integrity = JSON.parse(readFileSync(join(NPM, "layerdrop/integrity.json"), "utf8"));
    const names = listed(join(NPM, "layerdrop")).filter((name) => name !== "integrity.json");
    assert.deepEqual(Object.keys(integrity), names);
    for (const name of names) assert.equal(integrity[name], sha384(readFileSync(join(NPM, "layerdrop", name))), name);
    execFileSync("sha256sum", ["--check", "--strict", "--quiet", "SHA256SUMS"], { cwd: NPM });
  });

  it("is made the same a second time", () => {
    const again = join(folder, "again/layerdrop");
    execFileSync("node", ["npm/build.js", again], { cwd: ROOT });
    assert.deepEqual(listed(again), listed(join(NPM, "layerdrop")));
    for (const name of listed(again)) assert.ok(readFileSync(join(again, name)).equals(readFileSync(join(NPM, "layerdrop", name))), `${name} differs`);
    execFileSync("npm", ["pack", "--silent", "./layerdrop"], { cwd: join(folder, "again") });
    const tarball = readdirSync(join(folder, "again")).find((name) => name.endsWith(".tgz")) ?? "";
    assert.ok(readFileSync(join(folder, "again", tarball)).equals(readFileSync(TARBALL)), "the tarball differs");
  });

  it("loads without a bundler, each file held to its hash by an import map", async () => {
    const home = project(join(folder, "map"));
    const integrity = JSON.parse(readFileSync(join(NPM, "layerdrop/integrity.json"), "utf8"));
    const base = "/node_modules/layerdrop/";
    const map = { imports: { "layerdrop/define": `${base}define.js` }, integrity: { [`${base}define.js`]: integrity["define.js"], [`${base}element.js`]: integrity["element.js"] } };
    const html = `<!doctype html><script type="importmap">${JSON.stringify(map)}</script><script type="module">${DEFINE}</script><layer-drop></layer-drop>`;
    const { requests } = await works(home, { pages: { "index.html": html } });
    assert.deepEqual(requests.filter((path) => path.startsWith(base)).map((path) => path.slice(base.length)).sort(), ["define.js", "element.js", "pkg/layerdrop_bg.wasm", "worker.js"]);
  });

  it("loads as one script that one hash covers, worker and wasm included, under connect-src 'none'", async () => {
    const home = project(join(folder, "one"));
    const hash = JSON.parse(readFileSync(join(NPM, "layerdrop/integrity.json"), "utf8"))["inline.js"];
    const html = `<!doctype html><script type="module" src="/node_modules/layerdrop/inline.js" integrity="${hash}"></script><layer-drop></layer-drop>`;
    const headers = { "content-security-policy": "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src blob:; connect-src 'none'" };
    const { worker, requests } = await works(home, { pages: { "index.html": html }, headers });
    assert.equal(worker, "blob");
    assert.deepEqual(requests.filter((path) => !path.includes("favicon")), ["/index.html", "/node_modules/layerdrop/inline.js"]);
  });

  it("loads from another origin, where a portal has no scripts of its own", async () => {
    const cdn = await serve(join(NPM, "layerdrop"), { headers: { "access-control-allow-origin": "*" } });
    try {
      for (const name of ["inline.js", "define.js"]) {
        const html = `<!doctype html><script type="module" src="${cdn.origin}/${name}"></script><layer-drop></layer-drop>`;
        assert.equal((await works(folder, { pages: { "index.html": html } })).worker, "blob");
      }
    } finally {
      await cdn.close();
    }
  });

  it("is bundled by esbuild, whole or with its files beside", async () => {
    const home = project(join(folder, "esbuild"), {
      "inline.js": INLINE,
      "files.js": `import { LayerDropElement } from "layerdrop";
        import worker from "layerdrop/worker.js" with { type: "file" };
        import wasm from "layerdrop/layerdrop.wasm";
        LayerDropElement.program = { worker, wasm };
        customElements.define("layer-drop", LayerDropElement);`,
    });
    const common = { bundle: true, format: /** @type {const} */ ("esm"), minify: true, absWorkingDir: home, logLevel: /** @type {const} */ ("error") };
    await esbuild.build({ ...common, entryPoints: ["inline.js"], outfile: join(home, "inline/bundle.js") });
    await works(join(home, "inline"), { pages: { "index.html": PAGE } });
    /** @type {import("esbuild").Plugin} */
    const asFile = { name: "file", setup: (build) => void build.onLoad({ filter: /layerdrop\/worker\.js$/ }, ({ path }) => ({ contents: readFileSync(path), loader: "file" })) };
    await esbuild.build({ ...common, entryPoints: ["files.js"], outfile: join(home, "files/bundle.js"), loader: { ".wasm": "file" }, plugins: [asFile] });
    const { requests } = await works(join(home, "files"), { pages: { "index.html": PAGE } });
    assert.ok(requests.some((path) => /\/worker-\w+\.js$/.test(path)) && requests.some((path) => path.endsWith(".wasm")), String(requests));
  });

  it("is bundled by Vite and by webpack, which take its files along by themselves", async () => {
    const tools = createRequire(join(ROOT, "tests/package/package.json"));
    const home = project(join(folder, "vite"), { "main.js": DEFINE, "index.html": `<!doctype html><script type="module" src="/main.js"></script><layer-drop></layer-drop>` });
    const { build } = await import(pathToFileURL(join(ROOT, "tests/package/node_modules/vite/dist/node/index.js")).href);
    await build({ root: home, logLevel: "error", configFile: false, base: "./" });
    assert.ok((await works(join(home, "dist"))).requests.some((path) => path.endsWith(".wasm")));

    const other = project(join(folder, "webpack"), { "main.js": DEFINE });
    const stats = await new Promise((resolve, reject) =>
      tools("webpack")({ context: other, entry: "./main.js", mode: "production", output: { path: join(other, "dist"), filename: "bundle.js" }, performance: false }, (/** @type {Error | null} */ error, /** @type {any} */ stats) => (error ? reject(error) : resolve(stats))),
    );
    assert.ok(!stats.hasErrors(), stats.toString());
    assert.ok((await works(join(other, "dist"), { pages: { "index.html": PAGE } })).requests.some((path) => path.endsWith(".wasm")));
  });

  it("does no harm on a server, and is small in a bundle that does not use it", async () => {
    const home = project(join(folder, "server"), { "server.js": `import { LayerDropElement } from "layerdrop"; console.log(typeof LayerDropElement);`, "unused.js": `import { LayerDropElement } from "layerdrop"; console.log("nothing");` });
    assert.equal(execFileSync("node", ["server.js"], { cwd: home, encoding: "utf8" }), "function\n");
    const { outputFiles } = await esbuild.build({ bundle: true, write: false, format: "esm", absWorkingDir: home, entryPoints: ["unused.js"] });
    assert.ok((outputFiles[0]?.text.length ?? 0) < 200);
  });

  it("is a command line, and its types hold", () => {
    const home = project(join(folder, "types"), {
      "page.ts": `import { LayerDropElement, type Settings } from "layerdrop";
        import "layerdrop/define";
        import { connect } from "layerdrop/host.js";
        const element: LayerDropElement = document.querySelector("layer-drop")!;
        const settings: Partial<Settings> = { runtimes: ["python3.12"] };
        element.settings = settings;
        await element.addFiles([{ path: "a.py", blob: new Blob(["x = 1"]) }]);
        const { codeSha256, commands } = await element.build({ workers: 2 });
        const text: string = codeSha256 + commands.publish.sh;
        // @ts-expect-error There is no such setting.
        element.settings = { colour: "red" };
        await connect(document.querySelector("iframe")!, { settings }).send("build", { text });`,
      "server.ts": `import { pack, check } from "layerdrop/headless";
        const { layer, findings } = pack(["a.whl"], { runtimes: ["python3.12"] });
        layer.writeTo("layer.zip");
        console.log(findings.length, check(["a.whl"]).entries[0]?.path);`,
    });
    cpSync(join(ROOT, "node_modules/@types"), join(home, "node_modules/@types"), { recursive: true });
    if (existsSync(join(ROOT, "node_modules/undici-types"))) cpSync(join(ROOT, "node_modules/undici-types"), join(home, "node_modules/undici-types"), { recursive: true });
    for (const [module, resolution] of [["nodenext", "nodenext"], ["esnext", "bundler"]]) {
      const result = join(ROOT, "node_modules/.bin/tsc");
      execFileSync(result, ["--noEmit", "--strict", "--target", "es2023", "--lib", "es2023,esnext.disposable,dom,dom.iterable", "--types", "node", "--module", module, "--moduleResolution", resolution, "page.ts", "server.ts"], { cwd: home, stdio: "pipe" });
    }
    writeFileSync(join(home, "a.py"), "x = 1\n");
    execFileSync("node", ["node_modules/layerdrop/headless/layerdrop.js", "pack", "a.py", "--runtime", "python3.12", "-o", "layer.zip"], { cwd: home, stdio: "pipe" });
    assert.ok(existsSync(join(home, "layer.zip")));
  });
});

/** @param {unknown} exports @returns {string[]} */
function paths(exports) {
  return typeof exports === "string" ? [exports] : Object.values(/** @type {object} */ (exports)).flatMap(paths);
}

/** @param {string} folder */
function listed(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .sort();
}

/** @param {Uint8Array} bytes */
function sha384(bytes) {
  return `sha384-${createHash("sha384").update(bytes).digest("base64")}`;
}
