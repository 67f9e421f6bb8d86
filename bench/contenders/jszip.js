/** JSZip, the most used; it has no workers. */

import "/peers/jszip/dist/jszip.min.js";

/** @param {import("../page/page.js").Given[]} files */
export async function tree(files) {
  const zip = new JSZip();
  for (const { path, blob } of files) zip.file(path, blob, { createFolders: false });
  return { blob: await generated(zip) };
}

/** @param {import("../page/page.js").Given[]} files */
export async function archives(files) {
  const zip = new JSZip();
  for (const { blob } of files) await zip.folder("python").loadAsync(blob);
  return { blob: await generated(zip) };
}

function generated(zip) {
  return zip.generateAsync({ type: "blob", compression: "DEFLATE", compressionOptions: { level: 6 } });
}
