/**
 * What travels before the wasm: all scripts and styles of the built page, compressed, in at most 60 kB.
 */

import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { it } from "node:test";
import { gzipSync } from "node:zlib";

const BUDGET = 60_000;

it("all scripts and styles are small", (test) => {
  const sizes = readdirSync("dist", { recursive: true, encoding: "utf8" })
    .filter((name) => !/^(pkg|headless)\//.test(name))
    .filter((name) => /\.(js|css)$/.test(name))
    .map((name) => /** @type {const} */ ([name, gzipSync(readFileSync(`dist/${name}`), { level: 9 }).length]));
  const total = sizes.reduce((sum, [, size]) => sum + size, 0);
  test.diagnostic(`${total} bytes in ${sizes.length} files`);
  assert.ok(sizes.length > 20 && total <= BUDGET, `${total} bytes: ${sizes.map((one) => one.join(" ")).join(", ")}`);
});
