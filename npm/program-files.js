/**
 * In place of www/program.js: the package's files. Each address is written out, because that is how bundlers find what to copy.
 */

export const program = {
  scripts: [new URL("./worker.js", import.meta.url).href],
  wasm: new URL("./pkg/layerdrop_bg.wasm", import.meta.url).href,
};
