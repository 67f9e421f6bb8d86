/**
 * What README.md says that travels at most.
 */

import { readFileSync } from "node:fs";
import assert from "node:assert/strict";

/** The bytes that it allows for something: "| scripts and styles | 60 kB |". @param {string} what  a regular expression */
export function allowed(what) {
  const row = new RegExp(`^\\| ${what} \\| (\\d+) kB \\|`, "m").exec(readFileSync("README.md", "utf8"));
  assert.ok(row, `README.md has no row for ${what}`);
  return Number(row[1]) * 1000;
}
