/**
 * How values are written for people: text from files, sizes, numbers.
 * Names in archives are hostile until proven otherwise, so whatever a file says passes `visible` before it is shown.
 */

import { words } from "../words.js";

/** Controls, bidi marks, zero-width and other characters that would hide or reorder what is really there. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Default_Ignorable_Code_Point}]/gu;

/**
 * The same text with every invisible character written out: `visible("a\u202Eb")` → `a\u{202E}b`.
 * @param {string} text
 */
export function visible(text) {
  return text.replace(INVISIBLE, (character) => {
    const code = character.codePointAt(0) ?? 0;
    return `\\u{${code.toString(16).toUpperCase().padStart(4, "0")}}`;
  });
}

/** A size in the units of AWS's limits: `bytes(3_250_586)` → `3.1 MB`. @param {number} size */
export function bytes(size) {
  return words.bytes(size);
}

/** `number(262144000)` → `262,144,000`. @param {number} value */
export function number(value) {
  return words.number(value);
}
