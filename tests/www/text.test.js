import assert from "node:assert/strict";
import { test } from "node:test";

import { bytes, visible } from "../../www/page/text.js";

test("invisible characters are written out", () => {
  for (const [text, shown] of [
    ["plain café.py", "plain café.py"],
    ["exe\u202Etxt.py", "exe\\u{202E}txt.py"],
    ["zero\u200Bwidth", "zero\\u{200B}width"],
    ["line\nbreak\u001b[0m", "line\\u{000A}break\\u{001B}[0m"],
    ["nul\0", "nul\\u{0000}"],
    ["filler\u3164", "filler\\u{3164}"],
    ["tag\u{E0041}", "tag\\u{E0041}"],
    ["half\uD800", "half\\u{D800}"],
    ["<b>&amp;", "<b>&amp;"],
  ]) {
    assert.equal(visible(text), shown);
  }
});

test("sizes are in the units of AWS's limits", () => {
  for (const [size, shown] of [
    [0, "0 B"],
    [1023, "1023 B"],
    [1024, "1 KB"],
    [3_250_586, "3.1 MB"],
    [52_428_800, "50 MB"],
    [262_144_000, "250 MB"],
    [1_073_741_823, "1 GB"],
    [4 * 1024 ** 3, "4 GB"],
  ]) {
    assert.equal(bytes(size), shown);
  }
});
