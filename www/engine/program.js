/**
 * Where the program of the workers is: beside this module, once it is built. Each address is written out, because that is how bundlers find what to copy.
 * Where all is one file, npm/program-embedded.js stands in place of this module.
 */

/**
 * What is `embedded` needs no fetching, and nothing but a blob to start from.
 * @type {{ worker: string, wasm: string, embedded?: { script: string, wasm: () => Promise<BufferSource> } }}
 */
export const program = {
  worker: new URL("./worker.js", import.meta.url).href,
  wasm: new URL("./pkg/layerdrop_bg.wasm", import.meta.url).href,
};
