/**
 * Brings workers up under whatever policy the page has: the engine, and the packers.
 *
 * A blob worker comes first: it inherits the page's Content-Security-Policy, so the bytes of dropped files can reach
 * no network that the page itself cannot reach. A worker from a URL does not inherit it and is only the way out where
 * the policy forbids blobs.
 */

import { program } from "./program.js";

/** How long a worker may take to answer. Only a browser that blocks them without a sign takes so long. */
const HELLO_LIMIT = 30_000;

/** @typedef {{ worker: Worker, kind: "blob" | "url", module: WebAssembly.Module }} Started */
/** @typedef {{ module: WebAssembly.Module, text: string, kinds: ("blob" | "url")[] }} Loaded  `kinds`: ways to try */

/** The program is fetched and compiled once for all elements of a page. @type {Promise<Loaded> | null} */
let loading = null;

/**
 * A worker that has answered, and the compiled module to give it.
 * @returns {Promise<Started>}
 * @throws an error named `WorkerBlockedError` when a policy is in the way, `EngineLoadError` when fetching fails
 */
export async function startWorker() {
  const violations = watchPolicy();
  try {
    loading ??= load();
    const loaded = await loading;
    const { module, text, kinds } = loaded;
    /** @type {string[]} */
    const failures = [];
    for (const kind of kinds) {
      try {
        const worker = await open(kind, text);
        loaded.kinds = [kind]; // What worked once is what works.
        return { worker, kind, module };
      } catch (error) {
        failures.push(`${kind === "blob" ? "a blob worker" : "worker.js"}: ${said(error)}`);
      }
    }
    throw await violations.explain("a worker", failures.join("; "), "worker-src blob: 'self'", ["worker-src"]);
  } catch (error) {
    loading = null;
    if (error instanceof WebAssembly.CompileError) {
      throw await violations.explain("WebAssembly", error.message, "script-src 'wasm-unsafe-eval'", ["script-src"]);
    }
    if (error instanceof Error && error.name === "EngineLoadError") {
      throw await violations.explain(
        "fetching its own files",
        error.message,
        "connect-src 'self'",
        ["connect-src"],
        error,
      );
    }
    throw error;
  } finally {
    violations.stop();
  }
}

/** A module that holds nothing. */
const NOTHING = Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0);

/** @returns {Promise<Loaded>} */
async function load() {
  // WebKit compiles under any policy and only then refuses: in the worker, where no event of the policy is seen.
  await WebAssembly.instantiate(NOTHING);
  const { worker, embedded } = program;
  if (embedded) return { module: await WebAssembly.compile(await embedded.wasm()), text: embedded.script, kinds: ["blob"] };
  const [module, text] = await Promise.all([compile(), fetched(worker).then((response) => response.text())]);
  return { module, text, kinds: ["blob", "url"] };
}

/** @returns {Promise<WebAssembly.Module>} */
async function compile() {
  const response = await fetched(program.wasm);
  // Streaming wants the type application/wasm, which some static hosts don't send.
  if (response.headers.get("content-type")?.startsWith("application/wasm"))
    return WebAssembly.compileStreaming(response);
  return WebAssembly.compile(await response.arrayBuffer());
}

/** @param {string} url */
async function fetched(url) {
  const response = await fetch(url).catch((error) => {
    throw failure("EngineLoadError", `could not fetch ${url}: ${said(error)}`);
  });
  if (!response.ok)
    throw failure("EngineLoadError", `could not fetch ${url}: found HTTP status ${response.status}, expected 200`);
  return response;
}

/**
 * @param {"blob" | "url"} kind
 * @param {string} text
 * @returns {Promise<Worker>}
 */
async function open(kind, text) {
  const url = kind === "url" ? program.worker : URL.createObjectURL(new Blob([text], { type: "text/javascript" }));
  try {
    return await greet(new Worker(trusted(url), { name: "layerdrop" }));
  } finally {
    if (kind === "blob") URL.revokeObjectURL(url);
  }
}

/**
 * The page speaks first, and repeats itself: a worker that speaks first is not always heard in WebKit.
 * @param {Worker} worker
 * @returns {Promise<Worker>}
 */
function greet(worker) {
  return new Promise((resolve, reject) => {
    const hello = () => worker.postMessage({ hello: true });
    const again = setInterval(hello, 250);
    const limit = setTimeout(() => settle(new Error("it did not answer")), HELLO_LIMIT);
    /** @param {Error} [error] */
    const settle = (error) => {
      clearInterval(again);
      clearTimeout(limit);
      worker.onmessage = null;
      worker.onerror = null;
      if (!error) return resolve(worker);
      worker.terminate();
      reject(error);
    };
    worker.onmessage = () => settle();
    // A forbidden worker fires an error without a message in Chromium and Firefox; in WebKit its constructor throws.
    worker.onerror = (event) => {
      event.preventDefault();
      settle(new Error(event.message || "the browser refused it"));
    };
    hello();
  });
}

/** The one Trusted Types policy, `layerdrop`: it lets through the URLs of our worker and nothing else. @type {any} */
let policy = null;

/** @param {string} url */
function trusted(url) {
  const types = /** @type {any} */ (globalThis).trustedTypes;
  if (!types) return url;
  try {
    policy ??= types.createPolicy("layerdrop", {
      createScriptURL: (/** @type {string} */ asked) => {
        if (asked === program.worker || asked.startsWith("blob:")) return asked;
        throw new TypeError(`found ${asked}, expected the URL of the worker`);
      },
    });
    return policy.createScriptURL(url);
  } catch {
    return url; // The page's allow-list leaves our policy out; where it also enforces, `new Worker` says so.
  }
}

/** Collects policy violations while the worker starts, so that a failure can name the directive behind it. */
function watchPolicy() {
  /** @type {SecurityPolicyViolationEvent[]} */
  const seen = [];
  /** @param {SecurityPolicyViolationEvent} event */
  const note = (event) => void (event.disposition === "enforce" && seen.push(event));
  document.addEventListener("securitypolicyviolation", note);
  return {
    stop: () => document.removeEventListener("securitypolicyviolation", note),
    /**
     * @param {string} what
     * @param {string} message
     * @param {string} expected
     * @param {string[]} directives
     * @param {Error} [otherwise] thrown instead when no policy was involved
     */
    explain: async (what, message, expected, directives, otherwise) => {
      await new Promise((resolve) => setTimeout(resolve, 50)); // Violations are reported a moment after the failure.
      // Where the page's list of Trusted Types policies leaves ours out, that is what keeps the worker from its address.
      const unnamed = seen.find((event) => event.effectiveDirective === "trusted-types");
      const violation = seen.findLast((event) => directives.includes(event.effectiveDirective.replace(/-elem$/, ""))) ?? unnamed;
      if (!violation && otherwise) return otherwise;
      // WebKit fires no event for WebAssembly, but quotes the directive.
      const found = violation ? inForce(violation) : (/directive: ("[^"]+")/.exec(message)?.[1] ?? message);
      return failure(
        "WorkerBlockedError",
        `this page's Content-Security-Policy or browser does not allow ${what}: found ${found}; expected ${violation && violation === unnamed ? "trusted-types layerdrop" : expected}`,
      );
    },
  };
}

/**
 * The directive that decided, as the page's policy writes it.
 * @param {SecurityPolicyViolationEvent} violation
 */
function inForce({ effectiveDirective, originalPolicy }) {
  const written = originalPolicy.split(";").map((directive) => directive.trim());
  for (const name of [effectiveDirective, "child-src", "script-src", "default-src"]) {
    const directive = written.find((candidate) => candidate.split(/\s/)[0] === name);
    if (directive && (name !== "child-src" || effectiveDirective === "worker-src")) return `"${directive}"`;
  }
  return `a violation of ${effectiveDirective}`;
}

/**
 * @param {string} name
 * @param {string} message
 */
export function failure(name, message) {
  const error = new Error(message);
  error.name = name;
  return error;
}

/** @param {unknown} error */
function said(error) {
  return error instanceof Error ? error.message : String(error);
}
