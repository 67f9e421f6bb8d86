/**
 * Where the program of the workers is: beside this module. The builds of the npm package have another module in place of this one.
 */

/** @param {string} name */
const beside = (name) => new URL(name, import.meta.url).href;

/**
 * `scripts` make up the worker's script, in this order. What is `embedded` needs no fetching, and nothing but a blob to start from.
 * @type {{ scripts: string[], wasm: string, embedded?: { script: string, wasm: () => Promise<BufferSource> } }}
 */
export const program = {
  scripts: ["./pkg/layerdrop.js", "./worker-packing.js", "./worker.js"].map(beside),
  wasm: beside("./pkg/layerdrop_bg.wasm"),
};
