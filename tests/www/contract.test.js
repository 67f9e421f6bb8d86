/**
 * The contract's rows (npm/contract.js) against the code, and README against the rows.
 */

import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { it } from "node:test";
import * as contract from "../../npm/contract.js";
import { manifest } from "../../npm/manifest.js";
import { renewed } from "../../npm/readme.js";
import { OBSERVED, settingOf } from "../../www/settings/layer-attributes.js";

const MEND = "npm/contract.js and the code differ: change the rows, then 'node npm/readme.js'";
const sources = readdirSync("www", { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".js") && !name.startsWith("pkg/")).map((name) => readFileSync(`www/${name}`, "utf8"));
const all = sources.join("\n");
const element = readFileSync("www/layer-drop-element.js", "utf8");
const names = (/** @type {{ name: string }[]} */ rows) => rows.map(({ name }) => name).sort();
const found = (/** @type {string} */ text, /** @type {RegExp} */ pattern) => [...new Set(Array.from(text.matchAll(pattern), ([, name]) => name))].sort();

it("every attribute that is a setting has a row, and a data- twin", () => {
  const rows = contract.ATTRIBUTES.filter(({ setting }) => setting);
  assert.deepEqual(rows.flatMap(({ name }) => [name, `data-${name}`]).sort(), [...OBSERVED].sort(), MEND);
  for (const { name, setting } of rows) {
    const bearer = { getAttribute: (/** @type {string} */ asked) => (asked === `data-${name}` ? "1" : null) };
    assert.deepEqual(Object.keys(settingOf(/** @type {any} */ (bearer), `data-${name}`)), [setting], name);
  }
});

it("every public method, property and event has a row", () => {
  assert.deepEqual(found(element, /^  (?:async )?([a-z]\w*)\([^)]*\) \{$/gm).filter((name) => !/^constructor$|Callback$/.test(name)), names(contract.METHODS), MEND);
  assert.deepEqual(found(element, /^  (?:get|set) ([a-z]\w*)\(/gm), names(contract.PROPERTIES), MEND);
  assert.deepEqual(found(element, /"(layerdrop-[a-z]+)"/g), names(contract.EVENTS), MEND);
});

it("every part and slot that has a row is there", () => {
  const parts = found(all, /part(?:: |", )"([a-z -]+)"/g).concat(found(all, /\[this\.[#\w]+, "([a-z-]+)"\]/g));
  for (const { name } of contract.PARTS) assert.ok(parts.some((part) => part.split(" ").includes(name)), `part ${name}: ${MEND}`);
  assert.deepEqual(found(all, /slot(?:\(|", \{ name: )"([a-z]+)"/g), names(contract.SLOTS).filter(Boolean), MEND);
});

it("the manifest is whole: every row is in it, none is without a word", () => {
  const [{ declarations = [] } = {}] = manifest().modules;
  const [made] = declarations;
  assert.equal(made?.members.length, contract.METHODS.length + contract.PROPERTIES.length);
  for (const list of [made.attributes, made.members, made.events, made.slots, made.cssParts, made.cssProperties]) {
    assert.ok(list.length > 0);
    for (const row of list) assert.ok(row.description, JSON.stringify(row));
  }
});

it("README is up to date with rows and examples", () => {
  const text = readFileSync("README.md", "utf8");
  assert.match(text, /<!-- made: attributes -->/);
  assert.equal(renewed(text), text, "README.md is out of date: run 'node npm/readme.js'");
});
