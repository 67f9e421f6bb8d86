/** fflate's synchronous functions in a worker: the fastest published library that deflates. */

import { unzipSync, zipSync } from "/peers/fflate/esm/browser.js";
import { read } from "../page/read.js";

export const inWorker = true;

/** @param {import("../page/page.js").Given[]} files */
export async function tree(files) {
  const named = (await read(files)).map(({ path, bytes }) => [path, bytes]);
  return { blob: zipped(Object.fromEntries(named)) };
}

/** @param {import("../page/page.js").Given[]} files */
export async function archives(files) {
  const members = (await read(files)).flatMap(({ bytes }) => Object.entries(unzipSync(bytes)));
  const named = members.filter(([name]) => !name.endsWith("/")).map(([name, bytes]) => [`python/${name}`, bytes]);
  return { blob: zipped(Object.fromEntries(named)) };
}

/** @param {Record<string, Uint8Array>} files */
function zipped(files) {
  return new Blob([zipSync(files, { level: 6 })], { type: "application/zip" });
}
