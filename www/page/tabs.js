/**
 * Tabs with their panels: arrows, Home and End choose, as people who hear the page expect it.
 *
 * @typedef {{ id: string, label: string, panel: HTMLElement }} Tab
 */

import { element } from "./dom.js";

/**
 * @param {string} label
 * @param {string} name  names the tabs' parts: `tab-<name>-<id>`
 * @param {Tab[]} all
 * @param {(id: string) => void} chosen
 */
export function tabs(label, name, all, chosen) {
  const buttons = all.map(({ id, label }) =>
    element(
      "button",
      { type: "button", role: "tab", id: `${name}-${id}`, part: `tab-${id}`, "aria-controls": `${name}-panel-${id}`, onclick: () => choose(id) },
      label,
    ),
  );
  for (const { id, panel } of all) {
    panel.setAttribute("role", "tabpanel");
    panel.id = `${name}-panel-${id}`;
    panel.setAttribute("aria-labelledby", `${name}-${id}`);
  }
  let present = "";

  /** @param {string} wanted */
  function choose(wanted) {
    if (wanted === present) return;
    present = wanted;
    all.forEach(({ id, panel }, index) => {
      panel.hidden = id !== wanted;
      buttons[index]?.setAttribute("aria-selected", String(id === wanted));
      buttons[index]?.setAttribute("tabindex", id === wanted ? "0" : "-1");
    });
    chosen(wanted);
  }

  const bar = element("div", {
    class: "views",
    role: "tablist",
    "aria-label": label,
    onkeydown: (/** @type {KeyboardEvent} */ event) => {
      const here = all.findIndex(({ id }) => id === present);
      const to = new Map([["ArrowRight", here + 1], ["ArrowLeft", here - 1], ["Home", 0], ["End", -1]]).get(event.key);
      if (to === undefined) return;
      event.preventDefault();
      const next = (to + all.length) % all.length;
      choose(all[next]?.id ?? present);
      buttons[next]?.focus();
    },
  }, ...buttons);
  return { bar, panels: all.map(({ panel }) => panel), choose };
}
