/**
 * `<layer-details>`: all that is known of the selected row: why it is there, where it came from, its sizes, what was
 * found in it; and what can be done with it without dragging. Tells `layer-operate` and `layer-finding`.
 */

import { button, define, element, focused, icon, tell, unseen } from "../page/dom.js";
import { moves, together } from "./moves.js";
import { bytes, visible } from "../page/text.js";
import { words } from "../words.js";

/** @typedef {wasm_bindgen.TreeRow} TreeRow */

/** Findings that are named one by one. */
const NAMED = 5;

export class LayerDetailsElement extends HTMLElement {
  /** Asks the engine. @type {import("../layer-workbench.js").Ask} */
  ask = async () => Promise.reject(new Error("nobody answers"));
  /** What the indices in details mean. @type {wasm_bindgen.Finding[]} */
  findings = [];
  /** @type {TreeRow | null} */
  #row = null;
  /** All that is selected. @type {string[]} */
  #paths = [];
  /** What is drawn, as a text: the same row is told again and again while its tree scrolls. */
  #drawn = "";
  /** The field for a path, kept as long as the selection is: facts that come in late must not undo what is typed. */
  #moving = { key: "", field: element("div", {}) };
  /** Counts questions: earlier answers are void. */
  #version = 0;

  connectedCallback() {
    if (!this.firstChild) this.selection = null;
  }

  /** @param {{ row: TreeRow | null, paths: string[] } | null} selection */
  set selection(selection) {
    const row = selection?.row ?? null;
    this.#paths = selection?.paths ?? [];
    const other = row?.path !== this.#row?.path || !row;
    this.#row = row;
    if (other) this.#draw(null);
    if (row) void this.#look(row);
  }

  /** @param {TreeRow} row */
  async #look({ path }) {
    const version = (this.#version += 1);
    const details = await this.ask("details", [path]).catch(() => null);
    if (version === this.#version && this.#row?.path === path) this.#draw(details);
  }

  /** @param {wasm_bindgen.Details | null} details */
  #draw(details) {
    const row = this.#row;
    const found = (details?.findings ?? []).flatMap((index) => {
      const finding = this.findings[index];
      return finding ? [{ index, finding }] : [];
    });
    const drawn = JSON.stringify([row, details, found, this.#paths.length]);
    if (drawn === this.#drawn) return;
    this.#drawn = drawn;
    if (!row) {
      this.replaceChildren(element("p", { class: "hint" }, words.details.none));
      return;
    }
    const part = this.contains(focused(this)) ? (focused(this)?.getAttribute("part") ?? "") : "";
    this.replaceChildren(
      element("p", { class: "path", dir: "ltr" }, element("bdi", {}, `/opt/${visible(row.path)}`)),
      element("p", { class: "reason", lang: "en" }, sentence(visible(details?.reason || row.reason))),
      element("dl", {}, ...facts(row, details)),
      ...this.#found(found),
      element("div", { class: "actions" }, ...this.#actions(row)),
      this.#mover(row),
    );
    if (part) /** @type {HTMLElement | null} */ (this.querySelector(`[part="${part}"]`))?.focus();
  }

  /** @param {{ index: number, finding: wasm_bindgen.Finding }[]} found */
  #found(found) {
    if (found.length === 0) return [];
    const lines = found.slice(0, NAMED).map(({ index, finding }) =>
      element(
        "li",
        {},
        element("span", { class: `badge ${finding.severity}` }, icon(finding.severity), unseen(`${words.severity[finding.severity]}: `)),
        button(visible(finding.message), () => tell(this, "layer-finding", index), { class: "link", part: `finding-${index}`, lang: "en" }),
      ),
    );
    const rest = found.length - NAMED;
    if (rest > 0) lines.push(element("li", { class: "hint" }, words.more(rest)));
    return [element("ul", { class: "found", part: "row-findings" }, ...lines)];
  }

  /** @param {TreeRow} row */
  #actions(row) {
    const { path } = row;
    const several = this.#paths.length > 1;
    const paths = several ? this.#paths : [path];
    /** @type {"include" | "exclude"} */
    const op = row.excluded ? "include" : "exclude";
    const operate = (/** @type {wasm_bindgen.Operation} */ operation) => tell(this, "layer-operate", operation);
    const executable = (row.mode & 0o111) !== 0;
    return [
      button(
        several ? words.details.all[op](this.#paths.length) : words.details[op],
        () => operate(together(paths.map((path) => ({ op, path })))),
        { part: "exclude", title: words.details.deleteKey },
      ),
      several || row.folder || row.excluded
        ? ""
        : button(
            executable ? words.details.notExecutable : words.details.executable,
            () => operate({ op: "chmod", path, mode: executable ? 0o644 : 0o755 }),
            { part: "chmod" },
          ),
    ];
  }

  /**
   * The way to move and rename without dragging: a path for one row, a folder for several.
   * @param {TreeRow} row
   */
  #mover({ path }) {
    const key = [path, ...this.#paths].join("\n");
    if (this.#moving.key !== key) this.#moving = { key, field: this.#field(path) };
    return this.#moving.field;
  }

  /** @param {string} path */
  #field(path) {
    const several = this.#paths.length > 1;
    const input = element("input", {
      type: "text",
      part: "path",
      autocomplete: "off",
      spellcheck: "false",
      dir: "ltr",
      value: several ? path.split("/").slice(0, -1).join("/") : path,
    });
    const move = () => {
      const to = input.value.trim().replace(/^\/?(opt\/)?|\/+$/g, "");
      /** @type {wasm_bindgen.Operation[]} */
      const operations = several ? moves(this.#paths, to) : to === path ? [] : [{ op: "move", path, to }];
      const [first] = operations;
      if (first?.op !== "move") return;
      tell(this, "layer-operate", together(operations));
      tell(this, "layer-reveal", first.to);
    };
    input.addEventListener("keydown", (event) => {
      if (event.key === "Enter") move();
    });
    return element(
      "div",
      { class: "move" },
      element(
        "label",
        { class: "field" },
        element("span", { class: "label" }, several ? words.details.folder : words.details.path),
        input,
      ),
      button(words.details.move, move, { part: "move" }),
    );
  }
}

/**
 * @param {TreeRow} row
 * @param {wasm_bindgen.Details | null} details
 */
function facts(row, details) {
  const { size, holds, mode, from, sizeInZip } = words.details;
  /** @type {[string, string][]} */
  const all = [[size, details && !row.excluded ? sizeInZip(row.size, details.zipped) : bytes(row.size)]];
  if (row.folder) all.push([holds, words.files(row.files)]);
  else all.push([mode, (row.mode & 0o7777).toString(8).padStart(4, "0")]);
  if (row.source) all.push([from, row.source]);
  for (const { label, value } of details?.facts ?? []) all.push([label, value]);
  return all.flatMap(([term, value]) => [element("dt", {}, term), element("dd", {}, visible(value))]);
}

/** Reasons begin with a small letter. @param {string} text */
function sentence(text) {
  return text ? `${text[0]?.toUpperCase()}${text.slice(1)}${/[.!?]$/.test(text) ? "" : "."}` : "";
}

define("layer-details", LayerDetailsElement);
