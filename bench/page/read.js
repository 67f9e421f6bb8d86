/** Reads files for libraries that want bytes: several at once, because each takes the browser several hops between threads. */

const AT_ONCE = 16;

/**
 * @param {import("./page.js").Given[]} files
 * @returns {Promise<{ path: string, bytes: Uint8Array }[]>}
 */
export async function read(files) {
  const all = new Array(files.length);
  let next = 0;
  const reader = async () => {
    while (next < files.length) {
      const index = next++;
      const { path, blob } = files[index];
      all[index] = { path, bytes: new Uint8Array(await blob.arrayBuffer()) };
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, reader));
  return all;
}
