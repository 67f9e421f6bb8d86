/** Layerdrop where size counts most: everything is compressed again, as strongly as it can. */

import { element, prepare as prepared } from "./layerdrop.js";

export { archives, leftOut, reset, tree } from "./layerdrop.js";

/** @param {object} settings */
export async function prepare(settings) {
  await prepared(settings);
  if (!("recompress" in element.settings)) return "this Layerdrop has no such setting";
  element.settings = { recompress: "smallest" };
  await element.plan();
}
