/** What one would write by hand: the browser's CompressionStream in two workers, which share the files by size. */

import { directory } from "./compression-stream/container.js";

const WORKERS = 2;

/** @param {import("../page/page.js").Given[]} files */
export async function tree(files) {
  const shares = Array.from({ length: WORKERS }, () => ({ size: 0, files: [] }));
  for (const file of [...files].sort((a, b) => b.blob.size - a.blob.size)) {
    const share = shares.reduce((least, other) => (other.size < least.size ? other : least));
    share.size += file.blob.size;
    share.files.push(file);
  }
  const packed = await Promise.all(shares.map((share) => inWorker(share.files)));
  let offset = 0;
  const entries = packed.flatMap(({ blob, entries }) => {
    const start = offset;
    offset += blob.size;
    return entries.map((entry) => ({ ...entry, offset: start + entry.offset }));
  });
  return { blob: new Blob([...packed.map(({ blob }) => blob), ...directory(entries, offset)], { type: "application/zip" }) };
}

/** @param {import("../page/page.js").Given[]} files */
function inWorker(files) {
  const worker = new Worker(new URL("compression-stream/worker.js", import.meta.url), { type: "module" });
  const packed = new Promise((resolve, reject) => {
    worker.onmessage = ({ data }) => (data.error ? reject(new Error(data.error)) : resolve(data));
    worker.onerror = (event) => reject(new Error(event.message || "the worker failed"));
  });
  worker.postMessage(files);
  return packed.finally(() => worker.terminate());
}
