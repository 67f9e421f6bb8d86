/**
 * Serves dist/ on this machine: from any sub-path, with the headers and the extra pages that a test wants.
 * It also counts what was asked of it, the other half of the proof that the page asks for nothing.
 */

import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";

const DIST = fileURLToPath(new URL("../../../dist/", import.meta.url));

const TYPES = new Map([
  [".html", "text/html; charset=utf-8"],
  [".js", "text/javascript; charset=utf-8"],
  [".css", "text/css; charset=utf-8"],
  [".wasm", "application/wasm"],
]);

/** The page's own policy, as README tells portals to send it. */
export const POLICY =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; worker-src blob: 'self'; connect-src 'self'; img-src 'self' data:";

/**
 * `await serveSite({ path: "/docs/", policy: "worker-src 'self'", pages: { "two.html": "<layer-drop>…" } })`.
 * @param {object} [options]
 * @param {string} [options.path]  where dist/ lies, with a slash at either end
 * @param {string} [options.policy]  a Content-Security-Policy sent with the pages
 * @param {boolean} [options.everywhere]  sends it with scripts and wasm too, as many servers do
 * @param {Record<string, string>} [options.pages]  pages beside index.html, by name
 */
export async function serveSite({ path = "/", policy, everywhere = false, pages = {} } = {}) {
  /** @type {string[]} */
  const requests = [];
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://site");
    requests.push(pathname);
    const name = pathname.startsWith(path) ? normalize(pathname.slice(path.length)) || "index.html" : "..";
    const file = name === "." || name === "./" ? "index.html" : name;
    const body = pages[file] ?? (file.startsWith("..") ? null : await readFile(join(DIST, file)).catch(() => null));
    if (body === null) return response.writeHead(404).end();
    const type = TYPES.get(extname(file)) ?? "application/octet-stream";
    const guarded = policy && (everywhere || type.startsWith("text/html"));
    response.writeHead(200, { "content-type": type, ...(guarded && { "content-security-policy": policy }) }).end(body);
  });
  const origin = await listen(server);
  return { origin, url: origin + path, requests, close: () => close(server) };
}

/** A server that nothing may ever reach: it counts who comes, and by which way. */
export async function serveSink() {
  /** @type {string[]} */
  const hits = [];
  const server = createServer((request, response) => {
    hits.push(`${request.method} ${request.url}`);
    response.writeHead(200, { "content-type": "text/javascript", "access-control-allow-origin": "*" }).end();
  });
  // The second is how a web socket comes, and whatever is encrypted, where this server is the browser's proxy.
  for (const way of ["upgrade", "connect"]) {
    server.on(way, (request, socket) => {
      hits.push(`${way.toUpperCase()} ${request.url}`);
      socket.destroy();
    });
  }
  const origin = await listen(server);
  return { origin, hits, close: () => close(server) };
}

/** @param {import("node:http").Server} server */
async function listen(server) {
  await new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(undefined)));
  return `http://127.0.0.1:${server.address().port}`;
}

/** @param {import("node:http").Server} server */
function close(server) {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(resolve));
}
