/** zip.js with its workers and the browser's CompressionStream, its default; what is deflated already it can pass through. */

import { BlobReader, BlobWriter, Uint8ArrayReader, Uint8ArrayWriter, ZipReader, ZipWriter, configure } from "/peers/@zip.js/zip.js/index.js";

configure({ useWebWorkers: true, maxWorkers: navigator.hardwareConcurrency });

/** Files that are added without waiting for the ones before. */
const AT_ONCE = 16;

/** @param {import("../page/page.js").Given[]} files */
export async function tree(files) {
  const writer = new ZipWriter(new BlobWriter("application/zip"), { level: 6 });
  const waiting = [...files].reverse();
  const adder = async () => {
    for (let file = waiting.pop(); file; file = waiting.pop()) await writer.add(file.path, new BlobReader(file.blob));
  };
  await Promise.all(Array.from({ length: AT_ONCE }, adder));
  return { blob: await writer.close() };
}

/** @param {import("../page/page.js").Given[]} files */
export async function archives(files) {
  const writer = new ZipWriter(new BlobWriter("application/zip"));
  for (const { blob } of files) {
    const reader = new ZipReader(new BlobReader(blob));
    for (const entry of await reader.getEntries()) {
      if (entry.directory) continue;
      const { uncompressedSize, signature, compressionMethod } = entry;
      const bytes = await entry.getData(new Uint8ArrayWriter(), { passThrough: true });
      const options = { passThrough: true, uncompressedSize, signature, compressionMethod };
      await writer.add(`python/${entry.filename}`, new Uint8ArrayReader(bytes), options);
    }
    await reader.close();
  }
  return { blob: await writer.close() };
}
