/** fflate's asynchronous function, which starts workers of its own. */

import { zip } from "/peers/fflate/esm/browser.js";
import { read } from "../page/read.js";

/** @param {import("../page/page.js").Given[]} files */
export async function tree(files) {
  const named = (await read(files)).map(({ path, bytes }) => [path, bytes]);
  const bytes = await new Promise((resolve, reject) => {
    zip(Object.fromEntries(named), { level: 6 }, (error, data) => (error ? reject(error) : resolve(data)));
  });
  return { blob: new Blob([bytes], { type: "application/zip" }) };
}
