/**
 * Content-Security-Policies that a portal may have, as headers.
 */

import { POLICY } from "../../e2e/support/site.js";

/** A page of a portal, which has no policy of its own beside the header. */
export const PORTAL = `<!doctype html><script type="module" src="layer-drop.js"></script><layer-drop></layer-drop>`;

const NO_BLOB = POLICY.replace("worker-src blob: 'self'", "worker-src 'self'");

/** @type {{ what: string, site: Parameters<typeof import("../../e2e/support/site.js").serveSite>[0], page?: string, worker: "blob" | "url" }[]} */
export const WORKING = [
  { what: "the page's own policy, as a header too", site: { policy: POLICY }, worker: "blob" },
  { what: "the same, sent with every file", site: { policy: POLICY, everywhere: true }, worker: "blob" },
  {
    what: "the same for a portal's page, sent with every file",
    site: { policy: POLICY, everywhere: true },
    page: "portal.html",
    worker: "blob",
  },
  { what: "no blob workers", site: { policy: "worker-src 'self'" }, worker: "url" },
  {
    what: "no blob workers, sent with every file",
    site: { policy: NO_BLOB, everywhere: true },
    page: "portal.html",
    worker: "url",
  },
  {
    what: "workers left to script-src",
    site: { policy: NO_BLOB.replace("worker-src 'self'; ", "") },
    page: "portal.html",
    worker: "url",
  },
  {
    what: "trusted types enforced",
    site: { policy: `${POLICY}; require-trusted-types-for 'script'; trusted-types layerdrop`, everywhere: true },
    page: "portal.html",
    worker: "blob",
  },
  { what: "no policy at all", site: {}, page: "portal.html", worker: "blob" },
  { what: "a folder deep down", site: { path: "/docs/tools/x/" }, worker: "blob" },
  {
    what: "a folder deep down, with a policy that names no blobs",
    site: { path: "/docs/tools/x/", policy: "worker-src 'self'" },
    worker: "url",
  },
];

/** @type {{ what: string, policy: string, names: RegExp[] }[]} */
export const STUCK = [
  {
    what: "no worker at all",
    policy: POLICY.replace("worker-src blob: 'self'", "worker-src 'none'"),
    names: [/a worker/, /found "worker-src 'none'"/, /expected worker-src blob: 'self'/],
  },
  {
    what: "no worker, by default-src",
    policy:
      "default-src 'none'; script-src-elem 'self'; script-src 'wasm-unsafe-eval'; style-src 'self'; connect-src 'self'",
    names: [/a worker/, /script-src|default-src/, /expected worker-src blob: 'self'/],
  },
  {
    what: "no wasm",
    policy: POLICY.replace(" 'wasm-unsafe-eval'", ""),
    names: [/WebAssembly/, /found "script-src 'self'"/, /expected script-src 'wasm-unsafe-eval'/],
  },
  {
    what: "no fetching of its own files",
    policy: POLICY.replace("connect-src 'self'", "connect-src 'none'"),
    names: [/fetching its own files/, /found "connect-src 'none'"/, /expected connect-src 'self'/],
  },
];
