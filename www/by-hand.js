/**
 * What a person does on the workbench, done through the element's public methods: so a script can do all of it too.
 */

import { isAbort } from "./engine/engine.js";
import { reported } from "./page/promises.js";
import { settingsOf } from "./settings/share-link.js";
import { visible } from "./page/text.js";
import { words } from "./words.js";

/** @typedef {import("./layer-drop-element.js").LayerDropElement} LayerDropElement */
/** @typedef {import("./layer-workbench.js").LayerWorkbenchElement} LayerWorkbenchElement */
/** @typedef {import("./drop/layer-drop-zone.js").Way} Way */
/** @typedef {{ way: Way, read: import("./drop/layer-drop-zone.js").Read }} Intake */
/** @typedef {{ phase: "walking", done: number, total: number, detail: string }} Walking */

/**
 * What a hand needs beyond the public methods, because it changes nothing in the layer.
 * @typedef {object} Inside
 * @property {() => wasm_bindgen.Overview | null} overview
 * @property {() => boolean} busy
 * @property {(folder: { path: string, open: boolean }) => void} open
 * @property {(progress: Walking) => void} progress
 * @property {() => void} cancel
 * @property {import("./engine/kept-session.js").KeptSession} kept
 * @property {() => void} flush
 * @property {() => Promise<void>} refresh
 * @property {(error: unknown) => void} report
 * @property {(file: { blob: Blob, fileName: string }) => boolean} mayDownload
 */

/** A saved file's URL is kept this long: Safari reads it late. */
const KEEP_URL = 60_000;

/** Milliseconds between two reports of a walk; the worker thins out its own. */
const PROGRESS_INTERVAL = 50;

/** Is there while a session is taken up again: one that its page died of is only offered the next time. */
const RESTORING = "layerdrop-restoring";

export class ByHand {
  #element;
  #bench;
  #inside;
  #keeping = false;
  /** What was kept of an earlier visit. @type {import("./engine/kept-session.js").Kept | null} */
  #offered = null;
  /** The recipe of a session whose files have to be added again. */
  #wanted = "";
  /** The fragment that was followed last. */
  #followed = "";
  /** Walks through dropped folders that are under way. @type {Set<AbortController>} */
  #walks = new Set();

  /**
   * @param {LayerDropElement} element
   * @param {LayerWorkbenchElement} bench
   * @param {Inside} inside
   */
  constructor(element, bench, inside) {
    this.#element = element;
    this.#inside = inside;
    this.#bench = bench;
    this.serve(bench);
  }

  /** @param {LayerWorkbenchElement} bench */
  serve(bench) {
    const [element, inside] = [this.#element, this.#inside];
    this.#bench = bench;
    bench.zone.kept = this.#offered;
    bench.choices.keeping = this.#keeping;
    /** @type {[string, (detail: any) => unknown][]} */
    const wishes = [
      ["layer-intake", (intake) => this.#take(intake)],
      ["layer-open", (folder) => inside.open(folder)],
      ["layer-operate", (operation) => element.apply(operation).then(() => this.#operated(operation), reported)],
      ["layer-choose", (settings) => (element.settings = settings)],
      ["layer-undo", () => this.#step("undo")],
      ["layer-redo", () => this.#step("redo")],
      ["layer-clear", () => element.clear().then(() => bench.announce(words.said.startedOver, true, inside.overview()?.undo ?? null), reported)],
      ["layer-build", () => element.build().then(() => bench.reveal(), reported)],
      ["layer-bundle", () => element.bundle().then((file) => this.#save(file), reported)],
      ["layer-published", (answer) => element.published(answer).then((published) => (this.#bench.published = published), reported)],
      ["layer-recipe", (file) => (file ? this.#applyRecipe(file) : this.#saveRecipe()).catch(reported)],
      ["layer-restore", (kept) => this.#restore(kept)],
      ["layer-forget", () => this.#forget()],
      ["layer-print", () => this.#print().catch(reported)],
      ["layer-save", (file) => this.#save(file)],
      ["layer-cancel", () => this.cancel()],
    ];
    for (const [name, act] of wishes) {
      bench.addEventListener(name, (event) => void act(/** @type {CustomEvent} */ (event).detail));
    }
  }

  /** True while dropped folders are walked through. */
  get walking() {
    return this.#walks.size > 0;
  }

  /** Cancels whatever is being done. */
  cancel() {
    for (const walk of this.#walks) walk.abort();
    this.#inside.cancel();
  }

  /**
   * Where drops, pastes and shortcuts are heard: the element, or the window when the element is the whole page.
   * @param {EventTarget | null} scope
   */
  listen(scope) {
    this.#bench.zone.scope = scope;
    this.page = scope === window;
    for (const target of [window, this.#element]) {
      target.removeEventListener("keydown", this.#shortcut);
      if (target === scope) target.addEventListener("keydown", this.#shortcut);
    }
  }

  /** The one end of drop, paste and pickers. @param {Intake} intake */
  async #take({ way, read }) {
    const walk = new AbortController();
    this.#walks.add(walk);
    this.#bench.dismiss();
    this.#offer(null);
    try {
      const onProgress = this.#reporter();
      if (way === "drop") onProgress(0); // The first file may be long in coming.
      const { files, folders, problems } = await read({ signal: walk.signal, onProgress });
      if (problems.length > 0) {
        this.#bench.alert(words.said.unreadable(problems.length), problems);
      }
      if (files.length > 0) await this.#element.addFiles(files, { signal: walk.signal });
      this.#bench.announce([found(way, files.length, folders), this.#judged()].filter(Boolean).join(" "));
      if (this.#wanted !== "" && files.length > 0 && (await this.#decide(this.#wanted))) this.#wanted = "";
    } catch (error) {
      if (isAbort(error)) this.#bench.announce(words.said.cancelled);
    } finally {
      this.#walks.delete(walk);
      if (!this.#inside.busy()) this.#bench.progress.hide();
    }
  }

  /** @returns {(files: number) => void} */
  #reporter() {
    let told = -PROGRESS_INTERVAL;
    return (done) => {
      if (performance.now() - told < PROGRESS_INTERVAL) return;
      told = performance.now();
      this.#inside.progress({ phase: "walking", done, total: 0, detail: "" });
    };
  }

  /** `1 error, 2 warnings.` */
  #judged() {
    const findings = this.#inside.overview()?.findings ?? [];
    const [errors = 0, warnings = 0] = ["error", "warning"].map(
      (severity) => findings.filter((finding) => finding.severity === severity).length,
    );
    return errors + warnings > 0 ? words.said.judged(errors, warnings) : "";
  }

  /** @param {wasm_bindgen.Operation} operation */
  #operated(operation) {
    this.#done();
    if (operation.op === "rename")
      void this.#bench.contents.follow([...operation.path.split("/").slice(0, -1), operation.name].join("/"));
  }

  /** Says what was done, and offers to take it back. */
  #done() {
    const step = this.#inside.overview()?.undo ?? null;
    this.#bench.announce(step ? words.said.doneStep(visible(step)) : words.said.done, true, step);
  }

  /** @param {"undo" | "redo"} direction */
  async #step(direction) {
    const name = this.#inside.overview()?.[direction];
    if (!name) return;
    const said = direction === "undo" ? words.said.undone : words.said.redone;
    await this.#element[direction]().then(() => this.#bench.announce(said(visible(name))), reported);
  }

  /** The report, with what is in the layer now. */
  async #print() {
    this.#bench.report.entries = (await this.#element.plan()).entries;
    print();
  }

  async #saveRecipe() {
    const text = await this.#element.recipe();
    this.#save({ blob: new Blob([text], { type: "application/json" }), fileName: "layer.json" });
  }

  /** @param {File} file */
  async #applyRecipe(file) {
    await this.#decide(await file.text());
  }

  /**
   * Keeps the session from now on. What was kept before is taken up again after a reload, and offered to a later visit.
   * @param {boolean} wanted
   */
  async keep(wanted) {
    if (!wanted || this.#keeping) return;
    this.#keeping = true;
    const kept = await this.#inside.kept.begin();
    this.#bench.choices.keeping = true;
    if (!kept || (this.#inside.overview()?.recognised.length ?? 0) > 0) return;
    if (!reloaded() || sessionStorage.getItem(RESTORING)) return this.#offer(kept);
    sessionStorage.setItem(RESTORING, "1");
    await this.#element.ready.then(() => this.#restore(kept), reported);
    sessionStorage.removeItem(RESTORING);
  }

  /** @param {import("./engine/kept-session.js").Kept | null} kept */
  #offer(kept) {
    this.#offered = kept;
    this.#bench.zone.kept = kept;
  }

  /** @param {import("./engine/kept-session.js").Kept} kept */
  async #restore(kept) {
    this.#offer(null);
    if (kept.recipe !== undefined) {
      this.#wanted = kept.recipe;
      return this.#bench.alert(words.session.again(kept.sources.map(visible).join(", ")));
    }
    const inside = this.#inside;
    inside.flush(); // What the attributes say came first at that time, too.
    const whole = await inside.kept.takeUp(kept, inside.report).catch(reported);
    await inside.refresh().catch(reported);
    if (whole === false) this.#offer(kept);
    if (whole !== undefined) this.#bench.announce(whole ? words.session.restored : words.session.cancelled);
  }

  async #forget() {
    this.#wanted = "";
    this.#offer(null);
    this.#bench.choices.keeping = false;
    await this.#inside.kept.forget();
    this.#bench.announce(words.session.forgotten);
  }

  /** @param {string} recipe */
  async #decide(recipe) {
    const { missing, changed, extra } = await this.#element.applyRecipe(recipe);
    const { choices } = words;
    /** @type {[string[], (names: string) => string][]} */
    const differences = [[missing, choices.missing], [changed, choices.changed], [extra, choices.extra]];
    const said = differences.flatMap(([names, say]) => (names.length > 0 ? [say(names.map(visible).join(", "))] : []));
    this.#bench.announce([choices.applied, ...said].join(" "), true, this.#inside.overview()?.undo ?? null);
    return missing.length + changed.length === 0;
  }

  /**
   * On a page of its own: what a link says is chosen, and its browser may keep settings.
   * @param {boolean} whole
   */
  set page(whole) {
    this.#bench.choices.page = whole;
    removeEventListener("hashchange", this.#follow);
    if (!whole) return;
    addEventListener("hashchange", this.#follow);
    this.#follow();
  }

  /** Once for each link: what is chosen afterwards stays. */
  #follow = () => {
    if (location.hash === this.#followed) return;
    this.#followed = location.hash;
    try {
      const settings = settingsOf(location.hash);
      if (settings) this.#element.settings = settings;
    } catch (error) {
      this.#bench.alert(error instanceof Error ? error.message : String(error));
    }
  };

  /** @param {{ blob: Blob, fileName: string }} file */
  #save({ blob, fileName }) {
    if (!this.#inside.mayDownload({ blob, fileName })) return;
    const url = URL.createObjectURL(blob);
    const link = document.createElement("a");
    link.href = url;
    link.download = fileName;
    link.click();
    setTimeout(() => URL.revokeObjectURL(url), KEEP_URL);
    // Not "saved": a sandboxed frame drops the download without a sign.
    this.#bench.announce(words.said.download(fileName));
  }

  /** @param {Event} event */
  #shortcut = (event) => {
    const { key, ctrlKey, metaKey, shiftKey, altKey } = /** @type {KeyboardEvent} */ (event);
    if (key === "Escape" && (this.walking || this.#inside.busy())) this.cancel();
    if (altKey || !(ctrlKey || metaKey) || takesText(event.composedPath()[0])) return;
    const letter = key.toLowerCase();
    const direction = letter === "y" || (letter === "z" && shiftKey) ? "redo" : letter === "z" ? "undo" : null;
    if (!direction) return;
    event.preventDefault();
    void this.#step(direction);
  };
}

/**
 * @param {Way} way
 * @param {number} files
 * @param {number} folders
 */
function found(way, files, folders) {
  const { said } = words;
  if (files === 0 && folders > 0) return said.onlyFolders(folders);
  if (files === 0) return way === "paste" ? said.emptyClipboard : said.emptySelection;
  return folders === 0 ? said.added(files) : said.addedFolders(files, folders);
}

/** Whether this page is there because it was loaded again. */
function reloaded() {
  const [navigation] = /** @type {PerformanceNavigationTiming[]} */ (performance.getEntriesByType("navigation"));
  return navigation?.type === "reload";
}

/** @param {EventTarget | undefined} target */
function takesText(target) {
  return target instanceof HTMLElement && (target.isContentEditable || target.matches("input[type=text], input[type=search], textarea"));
}
