/**
 * The page's own engine, the same bytes of wasm, in Node.js: `const session = openSession()`.
 */

import { readFileSync } from "node:fs";
import { FileBlob, FileReaderSync, MemoryBlob } from "./file-blob.js";

const PACKAGE = new URL("../pkg/", import.meta.url);

/** @type {WebAssembly.Module | undefined} */
let compiled;

/**
 * A session of its own. Every call is synchronous; after one that throws a `WebAssembly.RuntimeError` the session can't
 * be trusted any more.
 * @returns {wasm_bindgen.Session}
 */
export function openSession() {
  compiled ??= new WebAssembly.Module(readFileSync(new URL("layerdrop_bg.wasm", PACKAGE)));
  // The glue is a script for browsers that leaves one name behind; here it gets files to read and keeps to itself.
  const glue = readFileSync(new URL("layerdrop.js", PACKAGE), "utf8");
  const load = new Function("Blob", "File", "FileReaderSync", `${glue}\nreturn wasm_bindgen;`);
  const bindings = load(MemoryBlob, FileBlob, FileReaderSync);
  bindings.initSync({ module: compiled });
  return new bindings.Session();
}
