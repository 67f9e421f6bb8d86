/**
 * `<layer-drop-zone>`: the ways in. Drag and drop, paste, the two pickers; all of them end in `#take`,
 * which hands out `layer-intake` with a `read` function. It must be called at once: the files of a drop are gone after
 * its event.
 *
 * @typedef {import("./dropped-files.js").Found} Found
 * @typedef {(options: import("./dropped-files.js").WalkOptions) => Promise<Found>} Read
 * @typedef {"drop" | "paste" | "files" | "folder" | "sample"} Way
 */

import { button, define, element, icon, tell } from "../page/dom.js";
import { droppedFiles, pickedFiles } from "./dropped-files.js";
import { SAMPLES } from "./samples.js";
import { words } from "../words.js";

export class LayerDropZoneElement extends HTMLElement {
  /** Where drags and pastes count. @type {EventTarget | null} */
  #scope = null;
  /** Drags enter a child before they leave its parent, so entering and leaving are counted. */
  #depth = 0;

  #files = picker(this, "files", { "aria-label": words.zone.filesToAdd, part: "file-input" });
  #folder = picker(this, "folder", { "aria-label": words.zone.folderToAdd, part: "folder-input", webkitdirectory: true });

  #offer = element("p", { class: "samples", part: "last-session" });

  /** @type {[string, (event: any) => void][]} */
  #listeners = [
    ["dragenter", (event) => this.#enter(event)],
    ["dragover", (event) => this.#over(event)],
    ["dragleave", (event) => this.#leave(event)],
    ["drop", (event) => this.#drop(event)],
    ["paste", (event) => this.#paste(event)],
    // While something is dragged the pointer is silent: a drag that ended untold, over a row that went meanwhile, is over.
    ["pointermove", () => this.#depth > 0 && this.#drag(0)],
  ];

  connectedCallback() {
    if (this.firstChild) return;
    this.append(
      icon("drop"),
      element("p", { class: "invitation" }, words.zone.invitation),
      element(
        "p",
        { class: "ways" },
        element(
          "button",
          { type: "button", part: "choose-files", onclick: () => this.#files.click() },
          words.zone.files,
        ),
        element(
          "button",
          { type: "button", part: "choose-folder", onclick: () => this.#folder.click() },
          words.zone.folder,
        ),
      ),
      element("p", { class: "hint" }, words.zone.accepts),
      element(
        "p",
        { class: "samples" },
        words.zone.try,
        ...SAMPLES.map(({ id, files }) =>
          button(words.zone.samples[id], () => this.#sample(files), { class: "link", part: `sample-${id}` }),
        ),
      ),
      this.#offer,
      this.#files,
      this.#folder,
      element("div", { class: "drop-target", part: "drop-target", "aria-hidden": "true" }, element("span", {}, words.zone.target)),
    );
  }

  /** What was kept of an earlier visit, to go on with. @param {import("../engine/kept-session.js").Kept | null} kept */
  set kept(kept) {
    this.#offer.replaceChildren(
      ...(kept === null
        ? []
        : [
            words.session.offer(kept.sources.length, words.moment(kept.when)),
            button(words.session.restore, () => tell(this, "layer-restore", kept), { class: "link", part: "restore" }),
            button(words.session.forget, () => tell(this, "layer-forget"), { class: "link", part: "forget-session" }),
          ]),
    );
  }

  /** @param {EventTarget | null} scope */
  set scope(scope) {
    for (const [name, listener] of this.#listeners) {
      this.#scope?.removeEventListener(name, listener);
      scope?.addEventListener(name, listener);
    }
    this.#scope = scope;
    this.#drag(0);
  }

  /** @param {DragEvent} event */
  #enter(event) {
    if (!holdsFiles(event)) return;
    event.preventDefault();
    this.#drag(this.#depth + 1);
  }

  /** @param {DragEvent} event */
  #over(event) {
    if (!holdsFiles(event) || !event.dataTransfer) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = "copy";
  }

  /** @param {DragEvent} event */
  #leave(event) {
    if (holdsFiles(event)) this.#drag(this.#depth - 1);
  }

  /** @param {DragEvent} event */
  #drop(event) {
    if (!holdsFiles(event)) return;
    event.preventDefault();
    this.#drag(0);
    this.#take("drop", event.dataTransfer);
  }

  /** @param {ClipboardEvent} event */
  #paste(event) {
    if (!event.clipboardData?.types.includes("Files")) return;
    event.preventDefault();
    this.#take("paste", event.clipboardData);
  }

  /** @param {number} depth */
  #drag(depth) {
    this.#depth = Math.max(0, depth);
    this.toggleAttribute("dragging", this.#depth > 0);
  }

  /**
   * @param {Way} way
   * @param {DataTransfer | ArrayLike<File> | null} given
   */
  #take(way, given) {
    if (!given) return;
    /** @type {Read} */
    const read = async (options) => (given instanceof DataTransfer ? droppedFiles(given, options) : pickedFiles(given));
    tell(this, "layer-intake", { way, read });
  }

  /** @param {() => import("./dropped-files.js").FoundFile[]} files */
  #sample(files) {
    /** @type {Read} */
    const read = async () => ({ files: files(), folders: 0, problems: [] });
    tell(this, "layer-intake", { way: "sample", read });
  }

  /** @param {Way} way @param {HTMLInputElement} input */
  picked(way, input) {
    // A copy, because emptying the input, so that the same files can be picked again, empties its list.
    this.#take(way, Array.from(input.files ?? []));
    input.value = "";
  }
}

/**
 * @param {LayerDropZoneElement} zone
 * @param {Way} way
 * @param {Record<string, unknown>} attributes
 */
function picker(zone, way, attributes) {
  const input = element("input", { type: "file", multiple: true, hidden: true, ...attributes });
  input.addEventListener("change", () => zone.picked(way, input));
  return input;
}

/** @param {DragEvent} event */
function holdsFiles(event) {
  return event.dataTransfer?.types.includes("Files") ?? false;
}

define("layer-drop-zone", LayerDropZoneElement);
