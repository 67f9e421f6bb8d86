/** client-zip, which stores and does not deflate: what reading and putting together alone cost it. */

import { downloadZip } from "/peers/client-zip/index.js";

/** @param {import("../page/page.js").Given[]} files */
export async function tree(files) {
  const named = files.map(({ path, blob }) => ({ name: path, input: blob }));
  return { blob: await downloadZip(named).blob() };
}
