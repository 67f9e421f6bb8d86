/**
 * Ruby 3.4 itself, compiled to WebAssembly: `node ruby-wasi.js OPT CODE`, with a folder as /opt and nothing else of this machine.
 */

import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { WASI } from "node:wasi";
import { RubyVM } from "@ruby/wasm-wasi";

const [opt, code] = process.argv.slice(2);
const wasip1 = new WASI({
  version: "preview1",
  returnOnExit: true,
  env: { GEM_PATH: "/opt/ruby/gems/3.4.0", RUBYLIB: "/var/task:/var/runtime/lib:/opt/ruby/lib" },
  preopens: { "/opt": opt },
});
const wasm = createRequire(import.meta.url).resolve("@ruby/3.4-wasm-wasi/dist/ruby+stdlib.wasm");
const module = await WebAssembly.compile(await readFile(wasm));
const { vm } = await RubyVM.instantiateModule({ module, wasip1 });
vm.eval(code);
// It does not end by itself, so nothing else writes what is left.
vm.eval("$stdout.flush");
