/**
 * What a person reads stands in www/words/ alone, and reads well in every language.
 */

import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { test } from "node:test";
import { transformSync } from "esbuild";

import { words as german } from "../../www/words/de.js";
import { words as english } from "../../www/words/en.js";

/** Capital words that are no words of the page: keys of the keyboard, names of errors and methods, markers. */
const NAMES = new Set(
  "ArrowDown ArrowLeft ArrowRight ArrowUp Delete End Enter Error Escape Files Home PageDown PageUp Tab Windows".split(" "),
);

/** Attributes that are shown or read out. */
const SPOKEN = /(?:"aria-label"|"aria-valuetext"|\btitle|\bplaceholder|\balt): (["`])(?!\1)/;

/**
 * Texts in a script that look as if a person were to read them.
 * @param {string} code
 */
function readable(code) {
  // Printed again: without comments, and with one kind of quotes.
  const plain = transformSync(code, { charset: "utf8", legalComments: "none" }).code.replace(/\/\*[^]*?\*\/|^\s*\/\/.*$/gm, "");
  const texts = [...plain.matchAll(/"((?:[^"\\\n]|\\.)*)"|`((?:[^`\\]|\\.)*)`/g)].map(([, quoted, template]) => ({
    text: quoted ?? template?.replace(/\$\{[^}]*\}/g, "0") ?? "",
  }));
  const found = texts
    .map(({ text }) => text)
    .filter((text) => !NAMES.has(text))
    .filter((text) => /^[A-Z][a-z]+$|^[A-Z][a-z]* .*[a-z]|^[^a-z]*[a-z]+.* [a-z]+[.!?…:]$/.test(text));
  const spoken = plain.split("\n").filter((line) => SPOKEN.test(line));
  return [...found, ...spoken.map((line) => line.trim())];
}

test("words of a person are told from those of a program", () => {
  /** @type {[string, boolean][]} */
  const cases = [
    ['button("Undo", undo)', true],
    ['element("p", {}, "Drop files here")', true],
    ['element("p", {}, `Added ${n} files`)', true],
    ['element("p", {}, `${n} files were added.`)', true],
    ['element("nav", { "aria-label": "steps" })', true],
    ['element("p", { title: `${n} bytes` })', true],
    ['element("p", { class: "card contents" })', false],
    ['if (event.key === "ArrowDown") go("top")', false],
    ["// Says what was done.\ngo()", false],
    ['throw failure("EngineLoadError", `found ${x}, expected 200`)', false],
    ['element("p", {}, words.steps.undo)', false],
  ];
  for (const [code, expected] of cases) assert.equal(readable(code).length > 0, expected, code);
});

/** Scripts that hold texts of another kind: styles, and files to try. */
const OTHERS = ["page/style.js", "page/style-outcome.js", "drop/samples.js"];

const scripts = readdirSync("www", { recursive: true, encoding: "utf8" }).filter((name) => /^(?!pkg\/|words\/).*\.js$/.test(name));
for (const name of scripts.filter((name) => !OTHERS.includes(name)))
  test(`${name} leaves what a person reads to www/words/`, () => {
    assert.deepEqual(readable(readFileSync(`www/${name}`, "utf8")), []);
  });

test("numbers choose their words and are written as the language writes them", () => {
  /** @type {[string, string][]} */
  const cases = [
    [english.files(0), "0 files"],
    [english.files(1), "1 file"],
    [english.files(1240), "1,240 files"],
    [english.share(35, 1000), "3.5%"],
    [english.share(1, 1), "100%"],
    [german.files(1), "1 Datei"],
    [german.files(1240), "1.240 Dateien"],
    [german.share(35, 1000), "3,5\u00a0%"],
    [german.bytes(3_250_586), "3,1 MB"],
    [german.said.judged(1, 2), "1 Fehler, 2 Warnungen."],
    [english.said.judged(0, 1), "1 warning."],
  ];
  for (const [found, expected] of cases) assert.equal(found, expected);
});
