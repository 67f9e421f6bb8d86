/**
 * `<layer-contents>`: what the layer holds, as a tree with a filter, as a map of sizes, or as a list of the largest
 * files. Tells `layer-operate`, `layer-open` and `layer-announce`.
 *
 * @typedef {wasm_bindgen.TreeRow} TreeRow
 */

import { copy } from "../page/code.js";
import { button, define, element, tell } from "../page/dom.js";
import { LayerListElement } from "./layer-list.js";
import { LayerMapElement } from "./layer-map.js";
import { LayerMenuElement } from "./layer-menu.js";
import { LayerMoveElement } from "./layer-move.js";
import { LayerSourcesElement } from "./layer-sources.js";
import { LayerTreeElement, folderOf } from "./layer-tree.js";
import { LayerWriteElement } from "./layer-write.js";
import { tabs } from "../page/tabs.js";
import { words } from "../words.js";

/** Milliseconds after the last letter until the number of matches is said. */
const SAY_AFTER = 500;

export class LayerContentsElement extends HTMLElement {
  tree = new LayerTreeElement();
  #sources = new LayerSourcesElement();
  #map = new LayerMapElement();
  #list = new LayerListElement();
  #menu = new LayerMenuElement();
  #move = new LayerMoveElement();
  #write = new LayerWriteElement();
  /** Files that the filter means. */
  #found = 0;
  /** Counts questions: earlier answers are void. */
  #version = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #saying;
  #filter = element("input", {
    type: "search",
    part: "filter",
    "aria-label": words.contents.filter,
    placeholder: words.contents.filter,
    autocomplete: "off",
    spellcheck: "false",
  });
  #actions = button(words.menu.open, () => this.#openMenu(), { part: "actions", "aria-haspopup": "menu" }, "more");
  #count = element("span", { class: "hint", part: "filter-count" });
  #frame = element("div", { class: "frame" }, this.tree);
  #none = element("p", { class: "hint none", hidden: true }, words.contents.noMatch);
  #views = tabs(
    words.contents.as,
    "view",
    [
      {
        id: "tree",
        label: words.contents.tree,
        panel: element(
          "div",
          {},
          element("div", { class: "search", role: "search", "aria-label": words.contents.filter }, this.#filter, this.#count, this.#actions),
          this.#frame,
          this.#none,
        ),
      },
      { id: "map", label: words.contents.map, panel: element("div", {}, this.#map) },
      { id: "list", label: words.contents.list, panel: element("div", {}, this.#list) },
    ],
    (id) => {
      this.#map.shown = id === "map";
      this.#list.shown = id === "list";
    },
  );

  connectedCallback() {
    if (this.firstChild) return;
    this.tree.setAttribute("part", "tree");
    this.tree.setAttribute("aria-labelledby", "contents");
    this.#sources.setAttribute("part", "sources");
    this.#map.setAttribute("part", "map");
    this.#list.setAttribute("part", "list");
    this.append(
      element("div", { class: "head" }, element("h2", { id: "contents" }, words.contents.title), this.#views.bar),
      this.#sources,
      ...this.#views.panels,
      this.#menu,
      this.#move,
      this.#write,
    );
    this.#views.choose("tree");
    this.#filter.addEventListener("input", () => void this.#look());
    this.#filter.addEventListener("keydown", (event) => this.#filterKey(event));
    this.addEventListener("layer-select", (event) => {
      this.#map.selected = /** @type {CustomEvent} */ (event).detail.row?.path ?? "";
    });
    this.addEventListener("layer-menu", (event) => this.#openMenu(/** @type {CustomEvent} */ (event).detail));
    this.addEventListener("layer-menu-closed", () => this.#actions.removeAttribute("aria-expanded"));
    this.addEventListener("layer-copy-paths", () => void this.#copyPaths());
    this.addEventListener("layer-rename", (event) => this.#rename(/** @type {CustomEvent} */ (event).detail));
    this.addEventListener("layer-open-beside", (event) => void this.#openBeside(/** @type {CustomEvent} */ (event).detail));
  }

  /** @param {import("../layer-workbench.js").Ask} ask */
  set ask(ask) {
    this.tree.ask = ask;
    this.#map.ask = ask;
    this.#list.ask = ask;
    this.#move.ask = ask;
  }

  /** @param {wasm_bindgen.Overview} overview */
  show({ recognised, findings, rowCount }) {
    this.#sources.show(recognised, findings);
    this.refresh(rowCount, true);
    this.#map.changed();
    this.#list.changed();
    if (this.#filter.value === "") return;
    if (recognised.length === 0) this.#filter.value = "";
    void this.#look();
  }

  /**
   * @param {number} rowCount
   * @param {boolean} [changed]  the layer is another one
   */
  refresh(rowCount, changed = false) {
    this.tree.refresh(rowCount, changed);
    this.#none.hidden = rowCount > 0 || this.#filter.value === "";
    this.#frame.hidden = !this.#none.hidden;
  }

  /** Keeps the focus on a row that has another path now. @param {string} path */
  async follow(path) {
    if (this.tree.hasFocus) await this.reveal(path, "");
  }

  /**
   * Selects a file or folder in the tree and moves the focus there.
   * @param {string} path
   * @param {string} [otherwise]  what is said where there is none
   */
  async reveal(path, otherwise = words.contents.notThere) {
    const sight = await this.tree.ask("reveal", [path]).catch(() => null);
    if (!sight) return;
    const { rowCount, index, files } = sight;
    if (index === null || index === undefined) return void (otherwise && tell(this, "layer-announce", otherwise));
    // A filter that hides it has been dropped.
    if (files !== this.#found) this.#forget();
    this.#views.choose("tree");
    this.refresh(rowCount);
    this.tree.select(index, true);
  }

  focusFilter() {
    this.#views.choose("tree");
    this.#filter.focus();
    this.#filter.select();
  }

  #forget() {
    this.#filter.value = "";
    this.#count.textContent = "";
  }

  async #look() {
    const version = (this.#version += 1);
    const text = this.#filter.value;
    const sight = await this.tree.ask("filter", [text]).catch(() => null);
    if (!sight || version !== this.#version) return;
    this.#found = sight.files;
    this.refresh(sight.rowCount);
    const found = text.trim() === "" ? "" : words.files(sight.files);
    if (found === this.#count.textContent) return;
    this.#count.textContent = found;
    clearTimeout(this.#saying);
    if (found) this.#saying = setTimeout(() => tell(this, "layer-announce", words.contents.found(found)), SAY_AFTER);
  }

  /** @param {KeyboardEvent} event */
  #filterKey(event) {
    if (event.key === "ArrowDown") this.tree.focusRow();
    else if (event.key === "Escape" && this.#filter.value !== "") {
      this.#filter.value = "";
      void this.#look();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** Below its button, or at a row. @param {{ x: number, y: number }} [place] */
  #openMenu(place) {
    if (this.#menu.isOpen) return;
    const { tree } = this;
    const { left, bottom } = this.#actions.getBoundingClientRect();
    if (!place) this.#actions.setAttribute("aria-expanded", "true");
    this.#menu.open(
      words.menu.name(tree.paths.length),
      this.#possible(),
      place ?? { x: left, y: bottom },
      place ? () => tree.focusRow() : () => this.#actions.focus(),
    );
  }

  /** What can be done with what is selected. @returns {import("./layer-menu.js").Item[]} */
  #possible() {
    const { tree } = this;
    const [row, paths] = [tree.activeRow, tree.paths];
    const { menu, details } = words;
    const folder = row ? folderOf(row) : "";
    const fresh = [
      { label: menu.folder, part: "folder", act: () => this.#write.open("folder", folder) },
      { label: menu.file, part: "file", act: () => this.#write.open("write", folder) },
    ];
    if (!row) return fresh;
    const { path } = row;
    const [several, executable] = [paths.length > 1, (row.mode & 0o111) !== 0];
    /** @type {"include" | "exclude"} */
    const op = row.excluded ? "include" : "exclude";
    const chmod = { op: "chmod", path, mode: executable ? 0o644 : 0o755 };
    return [
      several ? [] : [{ label: menu.rename, part: "rename", keys: menu.keys.rename, act: () => this.#rename(row) }],
      { label: menu.move, part: "move", act: () => void this.#move.open(paths) },
      { label: several ? menu.copyPaths : menu.copyPath, part: "copy-path", keys: menu.keys.copy, act: () => void this.#copyPaths() },
      { label: menu.cut, part: "cut", keys: menu.keys.cut, act: () => this.#cut() },
      tree.hasCut ? { label: menu.paste, part: "paste", keys: menu.keys.paste, act: () => tree.paste() } : [],
      {
        label: several ? details.all[op](paths.length) : details[op],
        part: "exclude",
        keys: menu.keys.exclude,
        act: () => tree.exclude(),
      },
      several || row.folder || row.excluded
        ? []
        : {
            label: executable ? details.notExecutable : details.executable,
            part: "chmod",
            act: () => tell(this, "layer-operate", chmod),
          },
      fresh,
    ].flat();
  }

  /** Copies where the selected rows lie, as a function sees it: a line each. */
  async #copyPaths() {
    const { paths } = this.tree;
    const copied = await copy(this, paths.map((path) => `/opt/${path}`).join("\n"));
    tell(this, "layer-announce", copied ? words.menu.copied(paths.length) : words.command.notCopied);
  }

  #cut() {
    this.tree.cut();
    tell(this, "layer-announce", words.menu.cutDone(this.tree.paths.length));
  }

  /** @param {number} index */
  async #openBeside(index) {
    const sight = await this.tree.ask("openBeside", [index]).catch(() => null);
    if (sight) this.refresh(sight.rowCount);
  }

  /**
   * A field over the row; Enter commits, Escape goes back. It lies beside the tree, in which only rows may be.
   * @param {TreeRow} row
   */
  #rename(row) {
    const place = this.tree.place();
    const frame = this.#frame.getBoundingClientRect();
    const name = row.path.split("/").at(-1) ?? "";
    const input = element("input", {
      type: "text",
      class: "rename",
      part: "rename",
      "aria-label": words.contents.newName,
      autocomplete: "off",
      spellcheck: "false",
    });
    input.value = name;
    input.style.top = `${place.top - frame.top}px`;
    input.style.insetInlineStart = `${8 + (row.level - 1) * 16 + 40}px`;
    let done = false;
    const finish = (/** @type {boolean} */ commit) => {
      if (done) return;
      done = true;
      const focus = input.matches(":focus");
      input.remove();
      if (focus) this.tree.focusRow();
      if (commit && input.value !== "" && input.value !== name)
        tell(this, "layer-operate", { op: "rename", path: row.path, name: input.value });
    };
    input.addEventListener("keydown", (event) => {
      event.stopPropagation();
      if (event.key === "Enter") finish(true);
      if (event.key === "Escape") finish(false);
    });
    input.addEventListener("blur", () => finish(false));
    this.#frame.append(input);
    input.focus();
    const dot = name.lastIndexOf(".");
    input.setSelectionRange(0, !row.folder && dot > 0 ? dot : name.length);
  }
}

define("layer-contents", LayerContentsElement);
