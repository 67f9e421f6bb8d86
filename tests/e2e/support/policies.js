/**
 * Content-Security-Policies that a portal may send, and what comes of each. README shows this table, and policies.test.js tries it.
 *
 * `worker`: it works, with the worker from a blob, which inherits the policy, or from its URL, which doesn't.
 * `expected`: what the message says is missing. `found`: how it names what is in the way.
 * @typedef {{ policy: string, worker: "blob" | "url" } | { policy: string, found: string, expected: string }} Row
 */

/** A portal that writes a new one into each page. */
export const NONCE = "r4nd0m";

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
