/**
 * How values are written for people: text from files, sizes, counts.
 * Names in archives are hostile until proven otherwise, so whatever a file says passes `visible` before it is shown.
 */

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

/**
 * A size in the units of AWS's own limits, where one MB is 1,048,576 bytes: `bytes(3_250_586)` → `3.1 MB`.
 * @param {number} size
 */
export function bytes(size) {
  if (size < 1024) return `${size} B`;
  const units = ["KB", "MB", "GB", "TB"];
  let value = size / 1024;
  let unit = 0;
  while (value >= 1023.95 && unit < units.length - 1) {
    value /= 1024;
    unit += 1;
  }
  return `${value >= 100 ? Math.round(value) : Math.round(value * 10) / 10} ${units[unit]}`;
}

const NUMBER = new Intl.NumberFormat("en");

/**
 * `number(262144000)` → `262,144,000`.
 * @param {number} value
 */
export function number(value) {
  return NUMBER.format(value);
}

const SHARE = new Intl.NumberFormat("en", { style: "percent", maximumFractionDigits: 1 });

/**
 * `share(35, 1000)` → `3.5%`.
 * @param {number} part
 * @param {number} whole
 */
export function share(part, whole) {
  return SHARE.format(part / whole);
}

/**
 * `count(1, "file")` → `1 file`, `count(1240, "file")` → `1,240 files`.
 * @param {number} value
 * @param {string} one
 * @param {string} many
 */
export function count(value, one, many = `${one}s`) {
  return `${number(value)} ${value === 1 ? one : many}`;
}
