/**
 * What dialogs share: a heading, a form that Enter sends, a way out. The focus comes back by itself when one closes.
 */

import { button, element } from "./dom.js";
import { words } from "../words.js";

/**
 * @param {string} part
 * @param {() => boolean} send  false if it is not to be closed
 * @param {Node[]} content
 */
export function dialog(part, send, content) {
  const heading = element("h2", { id: `${part}-heading` });
  const sender = element("button", { type: "submit", class: "primary", part: `${part}-send` });
  const form = element(
    "form",
    {},
    heading,
    ...content,
    element("div", { class: "buttons" }, button(words.progress.cancel, () => box.close(), { part: `${part}-close` }), sender),
  );
  const box = element("dialog", { part, class: "asking", "aria-labelledby": heading.id }, form);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (send()) box.close();
  });
  return {
    box,
    /**
     * @param {string} title
     * @param {string} label  of the button that sends
     */
    open(title, label) {
      heading.textContent = title;
      sender.textContent = label;
      if (!box.open) box.showModal();
    },
  };
}
