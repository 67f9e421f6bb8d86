/**
 * `<layer-progress>`: what is being done, how far it is, and a way to stop it. Work of under 400 ms never shows.
 * Tells `layer-cancel`.
 */

import { define, element, tell } from "../page/dom.js";
import { visible } from "../page/text.js";
import { words } from "../words.js";

/** @typedef {{ phase: string, done: number, total: number, detail: string, files?: number, allFiles?: number }} Progress */

const SHOW_AFTER = 400;
/** A screen reader hears how far it is this often, not at each step. */
const SAY_EVERY = 5000;
/** Until then the pace says too little about the time that is left. */
const FORESEE_AFTER = 2000;

/** @type {Map<string, (done: number, total: number, progress: Progress) => string>} */
const PHASES = new Map([
  ["walking", (done) => words.progress.walking(done)],
  ["reading", (done, total) => (total > 0 ? words.progress.readingOf(done, total) : words.progress.reading)],
  [
    "packing",
    (done, total, { files = 0, allFiles = 0 }) =>
      total > 0 ? words.progress.packingOf(done, total, files, allFiles) : words.progress.packing,
  ],
]);

export class LayerProgressElement extends HTMLElement {
  #text = element("p", {});
  #detail = element("p", { class: "hint" });
  #bar = element("progress", { "aria-label": words.progress.name });
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #waiting;
  #said = 0;
  /** The work at hand, and when it began. */
  #phase = "";
  #since = 0;

  connectedCallback() {
    if (this.firstChild) return;
    this.hidden = true;
    const cancel = element(
      "button",
      { type: "button", part: "cancel", onclick: () => tell(this, "layer-cancel") },
      words.progress.cancel,
    );
    this.append(element("div", { class: "line" }, this.#text, cancel), this.#bar, this.#detail);
  }

  /**
   * @param {Progress} progress
   */
  show(progress) {
    const { phase, done, total, detail } = progress;
    const text = PHASES.get(phase)?.(done, total, progress) ?? words.progress.working;
    this.#text.textContent = [text, this.#left(progress)].filter(Boolean).join("; ");
    this.#detail.textContent = visible(detail);
    if (total > 0) {
      this.#bar.max = total;
      this.#bar.value = Math.min(done, total);
    } else {
      this.#bar.removeAttribute("value");
    }
    this.#waiting ??= setTimeout(() => {
      this.hidden = false;
      this.#say();
    }, SHOW_AFTER);
    if (!this.hidden && performance.now() - this.#said > SAY_EVERY) this.#say();
  }

  hide() {
    clearTimeout(this.#waiting);
    this.#waiting = undefined;
    this.#phase = "";
    this.hidden = true;
  }

  /** How long it will go on at the pace so far; nothing while that can't be told. @param {Progress} progress */
  #left({ phase, done, total }) {
    const now = performance.now();
    if (phase !== this.#phase) [this.#phase, this.#since] = [phase, now];
    const spent = now - this.#since;
    if (spent < FORESEE_AFTER || done <= 0 || done >= total) return "";
    const seconds = Math.ceil((spent * (total - done)) / done / 1000);
    return seconds < 100 ? words.progress.secondsLeft(seconds) : words.progress.minutesLeft(Math.ceil(seconds / 60));
  }

  #say() {
    this.#said = performance.now();
    tell(this, "layer-announce", `${this.#text.textContent}.`);
  }
}

define("layer-progress", LayerProgressElement);
