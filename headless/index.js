/**
 * Layerdrop without a page: `import { pack } from "layerdrop/headless"`.
 *
 *     const { layer, findings } = pack(["requests-2.32.3-py3-none-any.whl"], { runtimes: ["python3.12"] });
 *     layer.writeTo("layer.zip");
 *
 * Same engine, same files, same settings: same bytes as on the page.
 */

import { closeSync, openSync, writeSync } from "node:fs";
import { openSession } from "./engine.js";
import { MemoryBlob } from "./file-blob.js";
import { UsageError, dropped } from "./files.js";

export { openSession } from "./engine.js";
export { UsageError, dropped } from "./files.js";

/** @typedef {wasm_bindgen.Settings} Settings */
/** @typedef {wasm_bindgen.Plan} Plan */
/** @typedef {wasm_bindgen.Published} Published */
/**
 * `modes`: take execute bits from the disk, which a page could not see.
 * @typedef {{ modes?: boolean, progress?: (progress: wasm_bindgen.Progress) => void }} Options
 */
/** @typedef {{ bytes: () => Uint8Array, writeTo: (path: string) => void }} Written */
/** @typedef {Published & Written} Layer */

/**
 * What would be in the layer, and what is wrong with it.
 * @param {string[]} paths  files and folders
 * @param {Partial<Settings>} [settings]
 * @param {Options} [options]
 * @returns {Plan}
 */
export function check(paths, settings, options) {
  return open(paths, settings, options).plan();
}

/**
 * The layer itself, and the plan that it was made by.
 * @param {string[]} paths
 * @param {Partial<Settings>} [settings]
 * @param {Options} [options]
 * @returns {Plan & { layer: Layer }}
 */
export function pack(paths, settings, options) {
  const work = open(paths, settings, options);
  const layer = work.build();
  return { ...work.plan(), layer };
}

/**
 * Layers on top of each other, in their order, and the function that has them.
 * @param {string[]} layers  zips
 * @param {string} [functionZip]
 * @param {Partial<Settings>} [settings]
 * @returns {wasm_bindgen.Stack}
 */
export function stack(layers, functionZip, settings) {
  return open([], settings).stack(layers, functionZip);
}

/**
 * The same step by step, with operations between, as on the page:
 * `work.apply({ op: "exclude", path: "python/tests" })`.
 * @param {string[]} paths
 * @param {Partial<Settings>} [settings]
 * @param {Options} [options]
 */
export function open(paths, settings = {}, { modes = false, progress } = {}) {
  const session = openSession();
  session.setSettings(settings);
  session.add(/** @type {any} */ (dropped(paths, { modes })), progress);
  return {
    plan: () => session.plan(),
    /** @param {wasm_bindgen.Operation} operation */
    apply: (operation) => void session.apply(operation),
    /** @returns {Layer} */
    build: () => {
      const { blob, ...built } = session.build(progress);
      return { ...built, ...written(blob) };
    },
    /**
     * The same as `build` gave, for the version that AWS made of it; a bundle then is about that, too.
     * @param {string} answer  what the publish command printed
     * @returns {Published}
     */
    published: (answer) => session.published(answer),
    /**
     * One zip of the layer that was built and all about it: recipe, manifest, bill of materials, scripts, templates.
     * @param {Layer} layer
     * @returns {Written & { fileName: string }}
     */
    bundle: (layer) => {
      const { blob, fileName } = session.bundle(/** @type {any} */ (new MemoryBlob([layer.bytes()])), progress);
      return { fileName, ...written(blob) };
    },
    /** @param {string} text  what a log or a command says @returns {wasm_bindgen.Explanation[]} */
    explain: (text) => session.explain(text),
    /**
     * What changes from an earlier layer's zip to this layer.
     * @param {string} path
     * @returns {wasm_bindgen.Difference}
     */
    diff: (path) => session.diff(zip(path)),
    /**
     * @param {string[]} layers
     * @param {string} [functionZip]
     * @returns {wasm_bindgen.Stack}
     */
    stack: (layers, functionZip) =>
      session.stack(layers.map(zip), functionZip === undefined ? undefined : zip(functionZip)),
    /** What was decided, as the text of a `layer.json`. */
    recipe: () => session.recipe(),
    /**
     * Decides as a recipe did, apart from the settings that were given here.
     * @param {string} text  of a `layer.json`
     * @returns {wasm_bindgen.Comparison}
     */
    applyRecipe: (text) => {
      const comparison = session.applyRecipe(text);
      session.setSettings(settings);
      return comparison;
    },
  };
}

/** A file that is looked at beside the layer. @param {string} path */
function zip(path) {
  const [file] = dropped([path]);
  if (!file || file.path.includes("/")) throw new UsageError(`found the folder ${path}; expected a zip`);
  return /** @type {wasm_bindgen.DroppedFile} */ (/** @type {unknown} */ (file));
}

/**
 * @param {Blob} blob
 * @returns {Written}
 */
function written(blob) {
  const { pieces } = /** @type {MemoryBlob} */ (/** @type {unknown} */ (blob));
  return { bytes: () => Buffer.concat(pieces), writeTo: (path) => write(path, pieces) };
}

/**
 * @param {string} path
 * @param {Uint8Array[]} pieces
 */
function write(path, pieces) {
  const file = openSync(path, "w");
  try {
    for (const piece of pieces) writeSync(file, piece);
  } finally {
    closeSync(file);
  }
}
