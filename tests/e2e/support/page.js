/**
 * A page with a `<layer-drop>` on it, in the words of the element's contract: what a person does, and what a script can ask.
 */

import { basename, join } from "node:path";
import { drop } from "./drop.js";
import { output } from "./run.js";

/** @typedef {{ path?: string, file?: string, text?: string, mode?: number }} Given  a file on disk, or a text; `path` as dropped */

/** Milliseconds: far longer than anything here takes, and short enough to wait for when it is broken. */
const PATIENCE = 120_000;

export class LayerPage {
  /** What no code caught. @type {Error[]} */
  errors = [];
  /** Every request that the page and its workers made. @type {string[]} */
  requests = [];

  /**
   * @param {import("playwright-core").Page} page
   * @param {string} [selector]  which element, where there are several
   */
  constructor(page, selector = "layer-drop") {
    this.page = page;
    this.selector = selector;
    this.element = page.locator(selector);
    page.setDefaultTimeout(PATIENCE);
    page.on("pageerror", (error) => this.errors.push(error));
    page.context().on("request", (request) => this.requests.push(request.url()));
  }

  /** @param {string} name  a part of the element */
  part(name) {
    return this.element.locator(`[part~="${name}"]`);
  }

  /** @returns {Promise<{ worker: string, version: string }>} */
  ready() {
    return this.element.evaluate((element) => customElements.whenDefined(element.localName).then(() => element.ready));
  }

  /** The engine's worker. */
  worker() {
    const [worker] = this.page.workers();
    if (!worker) throw new Error("the page has no worker");
    return worker;
  }

  /**
   * The detail of the next event of that name, which the action brings about.
   * @param {string} event
   * @param {() => Promise<unknown>} action
   * @param {number} [patience]  milliseconds
   * @returns {Promise<any>}
   */
  async hearing(event, action, patience = PATIENCE) {
    const heard = await this.element.evaluateHandle(
      (element, event) => ({
        detail: new Promise((resolve) =>
          element.addEventListener(event, (told) => resolve(told.detail), { once: true }),
        ),
      }),
      event,
    );
    await action();
    return within(
      heard.evaluate(({ detail }) => detail),
      `${event} was not heard`,
      patience,
    );
  }

  /**
   * Drops files and folders from outside, and waits until the layer has changed.
   * @param {string[]} paths
   * @param {string} [onto]  a selector
   * @param {number} [patience]  milliseconds
   */
  drop(paths, onto = this.selector, patience = PATIENCE) {
    return this.hearing("layerdrop-change", () => drop(this.page, paths, onto), patience);
  }

  /**
   * Chooses in one of the two pickers, and waits until the layer has changed.
   * @param {"files" | "folder"} kind
   * @param {string | string[]} paths
   */
  pick(kind, paths) {
    return this.hearing("layerdrop-change", async () => {
      const chooser = this.page.waitForEvent("filechooser");
      await this.part(`choose-${kind}`).click();
      await (await chooser).setFiles(paths);
    });
  }

  /** @returns {Promise<any>} */
  plan() {
    return this.call("plan");
  }

  /** The paths under /opt. @returns {Promise<string[]>} */
  async paths() {
    return (await this.plan()).entries.map(({ path }) => path);
  }

  /** @returns {Promise<any>} */
  settings() {
    return this.element.evaluate((element) => element.settings);
  }

  /** @param {object} partial */
  set(partial) {
    return this.element.evaluate((element, partial) => void (element.settings = partial), partial);
  }

  /**
   * The layer without its blob, and with the digest of the blob's bytes as AWS would compute it.
   * @param {{ workers?: number }} [options]
   * @returns {Promise<any>}
   */
  build(options) {
    return this.element.evaluate(async (element, options) => {
      const { blob, ...layer } = await element.build(options);
      const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", await blob.arrayBuffer()));
      return { ...layer, digest: btoa(String.fromCharCode(...digest)), blobSize: blob.size };
    }, options);
  }

  /** The bytes of the layer, which is built for it. */
  async built() {
    return Uint8Array.from(
      await this.element.evaluate(async (element) => [...new Uint8Array(await (await element.build()).blob.arrayBuffer())]),
    );
  }

  /**
   * Builds and downloads the layer as a person would, and unzips it: what Lambda mounts at /opt.
   * @param {string} folder  for the zip, and for the folder `opt` of what is in it
   * @returns {Promise<string>}
   */
  async unzipped(folder) {
    await this.part("build").click();
    await this.part("result").waitFor();
    const zip = await this.save(this.part("download"), folder);
    const opt = join(folder, "opt");
    await output("unzip", ["-q", zip, "-d", opt]);
    return opt;
  }

  /**
   * What a method returns.
   * @param {string} method
   * @param {...unknown} args
   */
  call(method, ...args) {
    return this.element.evaluate((element, [method, args]) => element[method](...args), [method, args]);
  }

  /**
   * The error with which a method refuses; fails if it does not.
   * @param {string} method
   * @param {...unknown} args
   * @returns {Promise<{ name: string, message: string, isError: boolean }>}
   */
  refusal(method, ...args) {
    return this.element.evaluate(
      async (element, [method, args]) => {
        try {
          await element[method](...args);
        } catch (error) {
          const { name, message } = error;
          return { name, message, isError: error instanceof Error || error instanceof DOMException };
        }
        throw new Error(`${method} did not refuse`);
      },
      [method, args],
    );
  }

  /**
   * `addFiles` with files on disk, each under its own name unless a path is given, or with texts.
   * @param {Given[]} given
   */
  async add(given) {
    // Real `File`s come only from an input; one that is not part of the page can be filled as well.
    const input = await this.page.evaluateHandle(() =>
      Object.assign(document.createElement("input"), { type: "file", multiple: true }),
    );
    const onDisk = given.flatMap(({ file }) => (file === undefined ? [] : [file]));
    await input.asElement().setInputFiles(onDisk);
    const named = given.map((one) => ({ ...one, path: one.path ?? basename(one.file ?? "") }));
    await this.element.evaluate(
      (element, { input, named }) => {
        const files = [...input.files];
        const dropped = named.map(({ path, file, text, mode }) => ({
          path,
          mode,
          blob: file === undefined ? new Blob([text ?? ""]) : files.shift(),
        }));
        return element.addFiles(dropped);
      },
      { input, named },
    );
  }

  /**
   * Presses a button that saves a file, as a person would, and returns where it was saved.
   * @param {import("playwright-core").Locator} button
   * @param {string} folder
   */
  async save(button, folder) {
    const download = this.page.waitForEvent("download");
    await button.click();
    const path = join(folder, (await download).suggestedFilename());
    await (await download).saveAs(path);
    return path;
  }
}

/**
 * @template Value
 * @param {Promise<Value>} promise
 * @param {string} otherwise
 * @param {number} patience
 * @returns {Promise<Value>}
 */
function within(promise, otherwise, patience) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`${otherwise} within ${patience / 1000} seconds`)), patience);
    promise.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
