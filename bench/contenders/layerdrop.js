/** Layerdrop as the page and every script uses it: the element's public methods, with its checks, findings and tree. */

import "/dist/layer-drop.js";

/** @type {HTMLElement & Record<string, any>} */
export const element = document.createElement("layer-drop");
document.body.append(element);

/** @param {object} settings */
export async function prepare(settings) {
  await element.ready;
  element.settings = settings;
  await element.plan();
}

/** @param {import("../page/page.js").Given[]} files */
export async function tree(files) {
  const start = performance.now();
  await element.addFiles(files);
  const added = performance.now();
  const { blob, codeSha256 } = await element.build();
  return { blob, sha256: codeSha256, parts: { add: added - start, build: performance.now() - added } };
}

/** It tells by itself what the files are. */
export const archives = tree;

/** What the plan says that it leaves out. */
export async function leftOut() {
  return (await element.plan()).excluded.map(({ path }) => path);
}

export function reset() {
  return element.clear();
}
