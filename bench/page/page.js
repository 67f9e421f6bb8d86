/**
 * One contender's page: it has the files, packs them when it is told to, and says how long that took and how long its
 * main thread was held up meanwhile. Which contender: the first label of the host name, so that each has a process of its own.
 */

import { watchMainThread } from "./main-thread.js";

/** @typedef {{ path: string, blob: File }} Given  the path as it is to stand in the layer, or the name of an archive */
/** @typedef {{ blob: Blob, sha256?: string, parts?: Record<string, number> }} Packed  SHA-256 in base64; parts in ms */

const contender = await import(`../contenders/${location.hostname.split(".")[0]}.js`);
const input = document.querySelector("input");

/** @type {Given[]} */
let files = [];
/** What was packed last. @type {Blob | null} */
let blob = null;

globalThis.bench = {
  /** What can't be measured, and why; or nothing. @param {object} settings  the layer's */
  prepare: (settings) => contender.prepare?.(settings),

  /** Takes the files of the folder that was chosen. The folder itself is the layer's root. */
  take() {
    files = Array.from(input.files, (file) => ({ path: file.webkitRelativePath.split("/").slice(1).join("/"), blob: file }));
    return { files: files.length, bytes: files.reduce((sum, { blob }) => sum + blob.size, 0) };
  },

  files: () => files,

  /**
   * From the files in hand to the zip and its SHA-256 in hand.
   * @param {"tree" | "archives"} kind  what the files are
   */
  async run(kind) {
    blob = null;
    const stop = watchMainThread();
    const start = performance.now();
    const packed = await (contender.inWorker ? inWorker(kind) : contender[kind](files));
    const sha256 = packed.sha256 ?? (await digest(packed.blob));
    const took = performance.now() - start;
    const held = await stop();
    blob = packed.blob;
    return { took, held, sha256, size: blob.size, parts: packed.parts ?? {} };
  },

  /** What it left out on purpose, as the paths that the files have. */
  leftOut: async () => (await contender.leftOut?.()) ?? [],

  /** Hands the zip over, to be checked outside the browser. @param {string} name */
  async upload(name) {
    const response = await fetch(`/archive/${name}`, { method: "POST", body: blob });
    if (!response.ok) throw new Error(`the archive could not be handed over: ${response.status}`);
  },

  /** Forgets what was packed. */
  async reset() {
    blob = null;
    await contender.reset?.();
  },
};

/** @param {string} kind */
async function inWorker(kind) {
  const worker = new Worker(new URL("worker.js", import.meta.url), { type: "module" });
  try {
    return await new Promise((resolve, reject) => {
      worker.onmessage = ({ data }) => (data.error ? reject(new Error(data.error)) : resolve(data));
      worker.onerror = (event) => reject(new Error(event.message || "the worker failed"));
      worker.postMessage({ kind, files });
    });
  } finally {
    worker.terminate();
  }
}

/** @param {Blob} blob */
async function digest(blob) {
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", await blob.arrayBuffer()));
  return btoa(String.fromCharCode(...hash));
}
