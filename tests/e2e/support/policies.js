/**
 * Content-Security-Policies that a portal may send, and what comes of each. README shows this table; policies.test.js tries it in Chromium, and engines/guard.test.js in each engine.
 *
 * `worker`: it works, with the worker from a blob, which inherits the policy, or from its URL, which doesn't.
 * `expected`: what the message says is missing. `found`: how it names what is in the way.
 * @typedef {{ policy: string, worker: "blob" | "url" } | { policy: string, found: string, expected: string }} Row
 */

import { POLICY } from "./site.js";

/** A portal that writes a new one into each page. */
const NONCE = "r4nd0m";

/** A page of a portal, which has no policy of its own beside the header. */
export const PORTAL = `<!doctype html><script type="module" nonce="${NONCE}" src="layer-drop.js"></script><layer-drop></layer-drop>`;

const BASE = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'";

/** @type {Row[]} */
export const POLICIES = [
  { policy: "", worker: "blob" },
  { policy: `${BASE}; worker-src blob:`, worker: "blob" },
  { policy: `${BASE}; worker-src 'self'`, worker: "url" },
  { policy: `${BASE}; style-src 'none'; worker-src blob: 'self'`, worker: "blob" },
  { policy: BASE, worker: "url" },
  { policy: "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'", worker: "url" },
  { policy: `script-src 'nonce-${NONCE}' 'strict-dynamic' 'wasm-unsafe-eval'; object-src 'none'; base-uri 'none'; worker-src blob:`, worker: "blob" },
  { policy: "worker-src 'self'", worker: "url" },
  { policy: `${BASE}; worker-src blob:; require-trusted-types-for 'script'; trusted-types layerdrop`, worker: "blob" },
  { policy: `${BASE}; worker-src blob:; require-trusted-types-for 'script'; trusted-types other`, found: "trusted-types other", expected: "trusted-types layerdrop" },
  { policy: "default-src 'self'", found: "default-src 'self'", expected: "script-src 'wasm-unsafe-eval'" },
  { policy: `${BASE.replace(" 'wasm-unsafe-eval'", "")}; worker-src blob:`, found: "script-src 'self'", expected: "script-src 'wasm-unsafe-eval'" },
  { policy: `${BASE}; worker-src 'none'`, found: "worker-src 'none'", expected: "worker-src blob: 'self'" },
  { policy: `${BASE}; child-src 'none'`, found: "child-src 'none'", expected: "worker-src blob: 'self'" },
  { policy: `${BASE.replace("connect-src 'self'", "connect-src 'none'")}; worker-src blob:`, found: "connect-src 'none'", expected: "connect-src 'self'" },
];

const NO_BLOB = POLICY.replace("worker-src blob: 'self'", "worker-src 'self'");

/**
 * Where the site may lie, and which of its files carry the policy: it works everywhere.
 * @type {{ what: string, site: Parameters<typeof import("./site.js").serveSite>[0], page?: string, worker: "blob" | "url" }[]}
 */
export const PLACES = [
  { what: "the page's own policy, as a header too", site: { policy: POLICY }, worker: "blob" },
  { what: "the same, sent with every file", site: { policy: POLICY, everywhere: true }, worker: "blob" },
  {
    what: "the same for a portal's page, sent with every file",
    site: { policy: POLICY, everywhere: true },
    page: "portal.html",
    worker: "blob",
  },
  {
    what: "no blob workers, sent with every file",
    site: { policy: NO_BLOB, everywhere: true },
    page: "portal.html",
    worker: "url",
  },
  {
    what: "trusted types enforced",
    site: { policy: `${POLICY}; require-trusted-types-for 'script'; trusted-types layerdrop`, everywhere: true },
    page: "portal.html",
    worker: "blob",
  },
  { what: "a folder deep down", site: { path: "/docs/tools/x/" }, worker: "blob" },
  {
    what: "a folder deep down, with a policy that names no blobs",
    site: { path: "/docs/tools/x/", policy: "worker-src 'self'" },
    worker: "url",
  },
];
