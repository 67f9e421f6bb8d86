/**
 * In place of www/engine/program.js: the program itself, so that one file is all, and one integrity hash covers it.
 */

// @ts-expect-error Made by build.js.
import { script, wasm } from "embedded:program";

export const program = { worker: "", wasm: "", embedded: { script, wasm: unpacked } };

/** The wasm travels compressed. */
async function unpacked() {
  const packed = Uint8Array.from(atob(wasm), (letter) => letter.charCodeAt(0));
  return new Response(new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"))).arrayBuffer();
}
