/** Serves the benchmark's pages, the built site and the other libraries on this machine, and takes archives to be checked. */

import { createReadStream, createWriteStream } from "node:fs";
import { mkdir, stat } from "node:fs/promises";
import { createServer } from "node:http";
import { basename, extname, join, normalize } from "node:path";
import { pipeline } from "node:stream/promises";
import { CACHE, ROOT } from "./cache.js";

const TYPES = new Map([
  [".html", "text/html; charset=utf-8"],
  [".js", "text/javascript; charset=utf-8"],
  [".css", "text/css; charset=utf-8"],
  [".wasm", "application/wasm"],
]);

/** What lies where. */
const FOLDERS = new Map([
  ["page", join(ROOT, "bench/page")],
  ["contenders", join(ROOT, "bench/contenders")],
  ["dist", join(ROOT, "dist")],
  ["peers", join(CACHE, "peers/node_modules")],
]);

export async function serve() {
  const archive = (name) => join(CACHE, "archives", `${basename(name)}.zip`);
  await mkdir(join(CACHE, "archives"), { recursive: true });
  const server = createServer(async (request, response) => {
    const [, top, ...rest] = normalize(decodeURIComponent(new URL(request.url, "http://site").pathname)).split("/");
    try {
      if (request.method === "POST" && top === "archive") {
        await pipeline(request, createWriteStream(archive(rest.join("/"))));
        return response.writeHead(204).end();
      }
      const file = join(FOLDERS.get(top) ?? "/nowhere", ...rest);
      const { size } = await stat(file);
      const type = TYPES.get(extname(file)) ?? "application/octet-stream";
      response.writeHead(200, { "content-type": type, "content-length": size });
      await pipeline(createReadStream(file), response);
    } catch (error) {
      if (!response.headersSent) response.writeHead(error.code === "ENOENT" ? 404 : 500);
      response.end();
    }
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(undefined)));
  const { port } = server.address();
  return {
    /** Names below localhost are this machine, each a site of its own. @param {string} contender */
    url: (contender) => `http://${contender}.localhost:${port}/page/index.html`,
    archive,
    close() {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}
