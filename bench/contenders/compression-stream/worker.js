/** Deflates its share of the files, several at once, into one blob of local entries. */

import { local } from "./container.js";

const AT_ONCE = 8;
/** What gzip puts before a stream that comes from no file, and after it: the CRC-32 and the size. */
const [GZIP_HEAD, GZIP_TAIL] = [10, 8];

onmessage = async ({ data: files }) => {
  try {
    postMessage(await packed(files));
  } catch (error) {
    postMessage({ error: String(error) });
  }
};

/** @param {import("../../page/page.js").Given[]} files */
async function packed(files) {
  const [parts, entries] = [[], []];
  let offset = 0;
  let next = 0;
  const packer = async () => {
    while (next < files.length) {
      const { path, blob } = files[next++];
      const { chunks, size, crc } = await deflated(blob);
      const entry = { name: new TextEncoder().encode(path), crc, packed: size, size: blob.size, offset };
      const head = local(entry);
      parts.push(head, ...chunks);
      entries.push(entry);
      offset += head.length + size;
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, packer));
  return { blob: new Blob(parts), entries };
}

/** As gzip, because that brings the CRC-32 along. @param {Blob} blob */
async function deflated(blob) {
  const stream = new CompressionStream("gzip");
  const writer = stream.writable.getWriter();
  const written = blob.arrayBuffer().then((bytes) => writer.write(new Uint8Array(bytes))).then(() => writer.close());
  const chunks = [];
  for await (const chunk of stream.readable) chunks.push(chunk);
  await written;
  const whole = chunks.length === 1 ? chunks[0] : new Uint8Array(await new Blob(chunks).arrayBuffer());
  const [from, to] = [GZIP_HEAD, whole.length - GZIP_TAIL];
  const crc = new DataView(whole.buffer, whole.byteOffset + to).getUint32(0, true);
  return { chunks: [whole.subarray(from, to)], size: to - from, crc };
}
