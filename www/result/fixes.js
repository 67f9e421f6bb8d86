/**
 * What mends a finding: a button for each fix, and the commands to run where nothing can be mended here.
 */

import { copyButton } from "../page/code.js";
import { button, element, tell } from "../page/dom.js";
import { visible } from "../page/text.js";

/** @typedef {wasm_bindgen.Finding} Finding */

/**
 * @param {HTMLElement} host
 * @param {Pick<Finding, "fixes" | "commands">} finding
 * @param {...(HTMLElement | null)} others  buttons that stand beside those of the fixes
 * @returns {HTMLElement[]}
 */
export function fixesFor(host, { fixes, commands }, ...others) {
  const mend = (/** @type {string} */ id) => tell(host, "layer-operate", { op: "fix", id });
  const buttons = [
    ...fixes.map(({ id, label }) => button(visible(label), () => mend(id), { part: "fix", "data-fix": id, lang: "en" })),
    ...others.filter((other) => other !== null),
  ];
  return [
    ...(buttons.length > 0 ? [element("div", { class: "fixes" }, ...buttons)] : []),
    ...commands.map(({ label, sh, powershell }) => {
      const text = navigator.userAgent.includes("Windows") ? powershell : sh;
      return element(
        "div",
        { class: "get" },
        element("p", { class: "hint", lang: "en" }, visible(label)),
        copyButton(text, { part: "copy-fix", class: "quiet" }),
        element("code", { dir: "ltr" }, visible(text)),
      );
    }),
  ];
}
