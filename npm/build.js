/**
 * The npm package, from the built site: `node npm/build.js FOLDER` after `make site`. `make package` packs it.
 *
 * Nothing here depends on the day or the machine: the same sources give the same bytes.
 */

import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { chmodSync, cpSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { gzipSync } from "node:zlib";
import * as esbuild from "esbuild";
import { manifest } from "./manifest.js";

const out = process.argv[2];
if (!out) throw new Error("usage: node npm/build.js FOLDER");

const text = (/** @type {string} */ path) => readFileSync(path, "utf8");
/** @param {string} name @param {string | Uint8Array} content */
const write = (name, content) => writeFileSync(join(out, name), content);

const script = text("dist/worker.js");

/**
 * @param {string} entry
 * @param {import("esbuild").BuildOptions} [options]
 */
async function bundled(entry, options) {
  const { outputFiles } = await esbuild.build({
    entryPoints: [entry],
    bundle: true,
    write: false,
    minify: true,
    charset: "utf8",
    legalComments: "none",
    format: "esm",
    target: "es2022",
    inject: ["npm/on-server.js"],
    ...options,
  });
  return /** @type {import("esbuild").OutputFile[]} */ (outputFiles)[0]?.text ?? "";
}

/** The workers' program stands in the file itself. @type {import("esbuild").Plugin} */
const embedded = {
  name: "program",
  setup(build) {
    build.onResolve({ filter: /\/program\.js$/ }, () => ({ path: join(process.cwd(), "npm/program-embedded.js") }));
    build.onResolve({ filter: /^embedded:program$/ }, ({ path }) => ({ path, namespace: "embedded" }));
    build.onLoad({ filter: /.*/, namespace: "embedded" }, () => {
      const wasm = gzipSync(readFileSync("dist/pkg/layerdrop_bg.wasm"), { level: 9 }).toString("base64");
      return { contents: JSON.stringify({ script, wasm }), loader: "json" };
    });
  },
};

/**
 * A page in one file. Its policy names its own script and style by their hashes, and no network at all.
 * @param {string} entry
 * @param {string} body
 * @param {string} [head]
 */
async function page(entry, body, head = "") {
  // What ends the script element, or would open a comment in it, must not stand in it.
  const code = (await bundled(entry, { format: "iife", plugins: [embedded] })).replaceAll(/<(?=\/script|!--|script)/gi, "\\x3c");
  const { code: style } = await esbuild.transform(text("www/page.css"), { loader: "css", minify: true });
  const hash = (/** @type {string} */ content) => `'sha256-${createHash("sha256").update(content).digest("base64")}'`;
  const policy = `default-src 'none'; script-src ${hash(code)} 'wasm-unsafe-eval'; style-src ${hash(style)}; worker-src blob:; connect-src 'none'; img-src data:; base-uri 'none'; form-action 'none'`;
  const parts = { POLICY: policy, STYLE: style, HEAD: head, BODY: body, SCRIPT: code };
  return text("npm/page.html").replace(/%([A-Z]+)%/g, (_, name) => parts[/** @type {keyof typeof parts} */ (name)]);
}

/** Types of a script and what it imports. @param {string[]} entries @param {string} folder @param {string[]} options */
function types(entries, folder, options) {
  const common = ["--ignoreConfig", "--allowJs", "--declaration", "--emitDeclarationOnly", "--skipLibCheck", "--strict", "--target", "es2023", "--module", "esnext", "--moduleResolution", "bundler"];
  execFileSync("node_modules/.bin/tsc", [...common, "--outDir", folder, ...options, ...entries], { stdio: "inherit" });
}

/** @param {string} folder @returns {string[]} */
function files(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .sort();
}

rmSync(out, { recursive: true, force: true });
mkdirSync(join(out, "pkg"), { recursive: true });

write("element.js", await bundled("www/layer-drop-element.js"));
write("inline.js", await bundled("npm/inline.js", { plugins: [embedded] }));
write("host.js", await bundled("npm/host.js", { inject: [] }));
cpSync("npm/define.js", join(out, "define.js"));
write("worker.js", script);
write("standalone.html", await page("npm/inline.js", "<h1>Layerdrop</h1>\n      <layer-drop whole-window></layer-drop>"));
write("embed.html", await page("npm/embed.js", "<layer-drop whole-window></layer-drop>", `<meta name="layerdrop-parents" content="">\n    `));

cpSync("dist/pkg", join(out, "pkg"), { recursive: true });
mkdirSync(join(out, "headless"));
for (const name of ["headless/index.js", "headless/layerdrop.js"]) {
  write(name, await bundled(`dist/${name}`, { platform: "node", inject: [] }));
}
chmodSync(join(out, "headless/layerdrop.js"), 0o755);
for (const name of ["README.md", "CHANGELOG.md", "LICENSE"]) cpSync(name, join(out, name));

const browser = ["--lib", "es2023,esnext.disposable,dom,dom.iterable,dom.asynciterable", "--types", ""];
const scratch = `${out}.types`;
types(["www/layer-drop-element.js", "npm/host.js", "www/pkg/layerdrop.d.ts"], scratch, [...browser, "--rootDir", "."]);
types(["headless/index.js", "www/pkg/layerdrop.d.ts"], scratch, ["--lib", "es2023,esnext.disposable,dom", "--types", "node", "--rootDir", "."]);
cpSync("www/pkg/layerdrop.d.ts", join(out, "pkg/layerdrop.d.ts"));
write("element.d.ts", `/// <reference path="./pkg/layerdrop.d.ts" />\n${text(`${scratch}/www/layer-drop-element.d.ts`)}`);
write("host.d.ts", text(`${scratch}/npm/host.d.ts`));
for (const name of ["define.d.ts", "inline.d.ts"]) cpSync("npm/define.d.ts", join(out, name));
for (const name of readdirSync(`${scratch}/headless`)) {
  write(`headless/${name}`, `/// <reference types="node" />\n/// <reference path="../pkg/layerdrop.d.ts" />\n${text(`${scratch}/headless/${name}`)}`);
}
rmSync(scratch, { recursive: true });

const version = /^version = "(.*)"/m.exec(text("Cargo.toml"))?.[1];
const { name, ...rest } = JSON.parse(text("npm/package.json"));
write("package.json", `${JSON.stringify({ name, version, ...rest }, null, 2)}\n`);
write("custom-elements.json", `${JSON.stringify(manifest(), null, 2)}\n`);

/** For `integrity` attributes and import maps. */
const integrity = files(out).map((name) => [name, `sha384-${createHash("sha384").update(readFileSync(join(out, name))).digest("base64")}`]);
write("integrity.json", `${JSON.stringify(Object.fromEntries(integrity), null, 2)}\n`);
