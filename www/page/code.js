/**
 * Texts of programs: their colours, which the engine tells, and how they are copied.
 */

import { button, element, focused, tell } from "./dom.js";
import { words } from "../words.js";

/**
 * Shows a text at once, and its colours as soon as they are known.
 * @param {HTMLElement} shown
 * @param {import("../layer-workbench.js").Ask} ask
 * @param {string} language
 * @param {string} text
 */
export async function paint(shown, ask, language, text) {
  shown.textContent = text;
  const pieces = text === "" ? [] : await ask("tokens", [language, text]).catch(() => []);
  // Another text may have come meanwhile; and colours must never change what is copied.
  if (shown.textContent !== text || pieces.map(([, piece]) => piece).join("") !== text) return;
  shown.replaceChildren(
    ...pieces.map(([token, piece]) =>
      token === "space" || token === "word" ? piece : element("span", { class: `token-${token}` }, piece),
    ),
  );
}

/**
 * Copies a text; `false` where the browser does not allow it.
 * @param {HTMLElement} owner  in whose tree the old way may select
 * @param {string} text
 */
export async function copy(owner, text) {
  const copied = await navigator.clipboard?.writeText(text).then(
    () => true,
    () => false,
  );
  return copied || copyBySelection(owner, text);
}

/**
 * A button that copies a text, and says so.
 * @param {string} text
 * @param {Record<string, unknown>} attributes
 */
export function copyButton(text, attributes) {
  const made = button(words.command.copy, () => void copied(), attributes, "copy");
  const copied = async () => tell(made, "layer-announce", (await copy(/** @type {HTMLElement} */ (made.parentElement), text)) ? words.command.copied(words.command.command) : words.command.notCopied);
  return made;
}

/**
 * For frames where the clipboard API is refused; there the old command still works.
 * @param {HTMLElement} owner
 * @param {string} text
 */
function copyBySelection(owner, text) {
  const before = /** @type {HTMLElement | null} */ (focused(owner));
  const area = element("textarea", { class: "visually-hidden", "aria-hidden": "true" });
  area.value = text;
  owner.append(area);
  area.select();
  const copied = document.execCommand("copy");
  area.remove();
  before?.focus();
  return copied;
}
