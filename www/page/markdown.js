/**
 * A report of the engine in Markdown: shown as what it means, and copied as it is. It knows what the engine writes:
 * headings, tables, lists, code and what is strong.
 */

import { copy } from "./code.js";
import { button, element, tell } from "./dom.js";
import { words } from "../words.js";

/** @param {string} part  names it for themes and tests */
export function report(part) {
  let text = "";
  const shown = element("div", { class: "markdown", lang: "en", dir: "ltr", tabindex: "0", role: "group", "aria-label": words.tools.report });
  const all = element(
    "div",
    { part, hidden: true },
    shown,
    button(words.tools.copy, () => void copied(), { part: `copy-${part}` }, "copy"),
  );
  const copied = async () =>
    tell(all, "layer-announce", (await copy(all, text)) ? words.command.copied(words.tools.report) : words.command.notCopied);
  return {
    element: all,
    /** Nothing is shown where there is nothing to say. @param {string} said */
    show(said) {
      text = said;
      shown.replaceChildren(...blocks(said));
      all.hidden = said === "";
    },
  };
}

/** @param {string} text */
function blocks(text) {
  /** @type {HTMLElement[]} */
  const made = [];
  const last = (/** @type {"ul" | "table"} */ tag) => {
    const open = made.at(-1);
    if (open?.localName === tag) return open;
    const begun = element(tag);
    made.push(begun);
    return begun;
  };
  for (const line of text.split("\n")) {
    const [, sign = "", rest = ""] = /^(#+ |- |\|(?=[^-])|\|-|)(.*)$/.exec(line) ?? [];
    if (sign === "- ") last("ul").append(element("li", {}, ...pieces(rest)));
    else if (sign === "|") last("table").append(row(rest));
    else if (sign.startsWith("#")) made.push(element(sign.length > 3 ? "h4" : "h3", {}, ...pieces(rest)));
    else if (sign === "" && rest !== "") made.push(element("p", {}, ...pieces(rest)));
  }
  return made;
}

/** The first cell says what the row is about. @param {string} line */
function row(line) {
  const cells = line.split(/(?<!\\)\|/).slice(0, -1);
  const made = cells.map((cell, index) => {
    const text = cell.replaceAll("\\|", "|").trim();
    const [tag, scope] = index === 0 && text !== "" ? /** @type {const} */ (["th", "row"]) : /** @type {const} */ (["td"]);
    return element(tag, { scope }, ...pieces(text));
  });
  return element("tr", {}, ...made);
}

/** @param {string} text */
function pieces(text) {
  const found = text.split(/(`+)(.+?)\1(?!`)|\*\*(.+?)\*\*/);
  return found.flatMap((piece, index) => {
    if (!piece || index % 4 === 1) return [];
    if (index % 4 === 2) return [element("code", {}, /^ .* $/.test(piece) ? piece.slice(1, -1) : piece)];
    return [index % 4 === 3 ? element("strong", {}, piece) : piece];
  });
}
