/**
 * The package as somebody gets it: unpacked from its tarball into a project of its own.
 */

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { LayerPage } from "../e2e/support/page.js";

export const ROOT = fileURLToPath(new URL("../../", import.meta.url));
/** What `make package` made. */
export const NPM = join(ROOT, "target/npm");
export const TARBALL = join(NPM, readdirSync(NPM).find((name) => name.endsWith(".tgz")) ?? "missing");

/** What the main job is tried with, and what comes out of it wherever it is done. */
export const FILES = [{ path: "demo/__init__.py", text: "x = 1\n" }, { path: "demo/more.py", text: "y = 2\n".repeat(1000) }];

/**
 * A project with the package installed and files of its own.
 * @param {string} folder  that does not exist yet
 * @param {Record<string, string>} [files]
 */
export function project(folder, files = {}) {
  const place = join(folder, "node_modules/layerdrop");
  mkdirSync(place, { recursive: true });
  execFileSync("tar", ["-xzf", TARBALL, "-C", place, "--strip-components=1"]);
  for (const [name, text] of Object.entries({ "package.json": '{ "type": "module" }', ...files })) writeFileSync(join(folder, name), text);
  return folder;
}

const TYPES = new Map([
  [".html", "text/html; charset=utf-8"],
  [".js", "text/javascript; charset=utf-8"],
  [".mjs", "text/javascript; charset=utf-8"],
  [".css", "text/css; charset=utf-8"],
  [".svg", "image/svg+xml"],
  [".json", "application/json"],
  [".xml", "application/xml"],
  [".wasm", "application/wasm"],
]);

/**
 * Serves a folder.
 * @param {string} folder
 * @param {{ headers?: Record<string, string>, pages?: Record<string, string>, base?: string }} [options]  `base`: where the folder lies
 */
export async function serve(folder, { headers = {}, pages = {}, base = "/" } = {}) {
  const server = createServer((request, response) => {
    try {
      const { pathname } = new URL(request.url ?? "/", "http://folder");
      const asked = pathname.startsWith(base) ? decodeURIComponent(pathname.slice(base.length)) : "..";
      const name = existing(folder, asked);
      const body = pages[asked] ?? readFileSync(join(folder, name));
      response.writeHead(200, { "content-type": TYPES.get(extname(name)) ?? "application/octet-stream", ...headers }).end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(undefined)));
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  return {
    origin: `http://127.0.0.1:${port}`,
    /** The same server under another origin. */
    other: `http://localhost:${port}`,
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}

/** `layers/` is a folder's page, and `layers` may be one too. @param {string} folder @param {string} asked */
function existing(folder, asked) {
  if (asked.includes("..")) return "missing";
  const names = [asked, `${asked}.html`, join(asked, "index.html")];
  return names.find((name) => existsSync(join(folder, name)) && statSync(join(folder, name)).isFile()) ?? asked;
}

/**
 * The main job, by script. @param {LayerPage} page
 * @returns {Promise<{ worker: string, codeSha256: string }>}
 */
export async function job(page) {
  const { worker } = await page.ready();
  // Not `add`, whose files come from an input of the outermost page.
  await page.element.evaluate((element, files) => element.addFiles(files.map(({ path, text }) => ({ path, blob: new Blob([text]) }))), FILES);
  await page.set({ runtimes: ["python3.12"], layerName: "demo" });
  const { codeSha256, digest } = await page.build();
  assert.equal(codeSha256, digest);
  return { worker, codeSha256 };
}
