/**
 * How one row of the tree looks and reads. All words of a row are in it, so its content is its accessible name.
 *
 * @typedef {wasm_bindgen.TreeRow} TreeRow
 */

import { element, icon, unseen } from "../page/dom.js";
import { bytes, visible } from "../page/text.js";
import { words } from "../words.js";

/** What is drawn, as a text: scrolling and selecting draw the same row again and again. @type {WeakMap<HTMLElement, string>} */
const DRAWN = new WeakMap();

/**
 * @param {HTMLElement} drawn
 * @param {TreeRow} row
 * @param {{ selected: boolean, cut: boolean }} state
 */
export function drawRow(drawn, row, { selected, cut }) {
  drawn.setAttribute("aria-selected", String(selected));
  drawn.classList.toggle("cut", cut);
  const key = JSON.stringify(row);
  if (DRAWN.get(drawn) === key) return;
  DRAWN.set(drawn, key);
  drawn.setAttribute("aria-level", String(row.level));
  drawn.setAttribute("aria-setsize", String(row.setSize));
  drawn.setAttribute("aria-posinset", String(row.posInSet));
  if (row.folder) drawn.setAttribute("aria-expanded", String(row.open));
  else drawn.removeAttribute("aria-expanded");
  drawn.dataset.path = row.path;
  drawn.title = visible(row.path);
  drawn.draggable = true;
  drawn.classList.toggle("folder", row.folder);
  drawn.classList.toggle("excluded", row.excluded);
  drawn.style.setProperty("--level", String(row.level));
  drawn.replaceChildren(
    element("span", { class: "twist" }, ...(row.folder ? [icon("chevron")] : [])),
    icon(row.folder ? "folder" : "file"),
    element("bdi", { class: "name" }, ...named(row.pieces)),
    unseen(row.folder ? words.row.folder : words.row.file),
    row.excluded ? unseen(words.row.excluded) : "",
    row.worst ? badge(row.worst, row.findings) : "",
    !row.folder && row.mode & 0o111 ? element("span", { class: "executable", title: words.row.executable }, "x", unseen(words.row.executable)) : "",
    element("span", { class: "files" }, row.folder ? words.files(row.files) : ""),
    element("span", { class: "size" }, bytes(row.size)),
    element("span", { class: "more", part: "row-more", "aria-hidden": "true" }, icon("more")),
  );
}

/** A name, with what was looked for marked in it. @param {string[]} pieces */
function named(pieces) {
  return pieces.map((piece, at) => (at % 2 === 1 ? element("mark", {}, visible(piece)) : visible(piece)));
}

/**
 * @param {wasm_bindgen.Severity} worst
 * @param {number} findings
 */
function badge(worst, findings) {
  const several = findings > 1;
  const word = words.severity[worst];
  const shown = element("span", { class: "word" }, several ? words.row.findings(findings) : word);
  return element("span", { class: `badge ${worst}`, title: shown.textContent }, icon(worst), several ? unseen(word) : "", shown);
}
