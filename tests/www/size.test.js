/**
 * What travels, compressed: no more than README.md says.
 */

import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { it } from "node:test";
import { gzipSync } from "node:zlib";
import { allowed } from "../e2e/support/promised.js";

const compressed = (/** @type {string} */ path) => gzipSync(readFileSync(path), { level: 9 }).length;

/** Bytes of a language beside English, which comes only where it is spoken. */
const LANGUAGE = 6_000;

it("all scripts and styles are small", (test) => {
  const sizes = readdirSync("dist", { recursive: true, encoding: "utf8" })
    .filter((name) => !/^(pkg|headless)\//.test(name))
    .filter((name) => /\.(js|css)$/.test(name))
    .map((name) => /** @type {const} */ ([name, compressed(`dist/${name}`)]));
  const languages = sizes.filter(([name]) => /^words\/..\.js$/.test(name) && name !== "words/en.js");
  for (const [name, size] of languages) assert.ok(size <= LANGUAGE, `${name} has ${size} bytes`);
  const total = sizes.filter((one) => !languages.includes(one)).reduce((sum, [, size]) => sum + size, 0);
  test.diagnostic(`${total} bytes in ${sizes.length} files`);
  const most = allowed("scripts and styles, with the glue of the engine");
  assert.ok(total > 20_000 && total <= most, `${total} bytes: ${sizes.map((one) => one.join(" ")).join(", ")}`);
});

it("the engine is no larger than it has to be", (test) => {
  const size = compressed("dist/pkg/layerdrop_bg.wasm");
  test.diagnostic(`${size} bytes`);
  assert.ok(size <= allowed("the engine \\(wasm\\)"), `${size} bytes: ARCHITECTURE.md tells what its size is made of`);
});
