/**
 * What all languages share: numbers and sizes as a language writes them, and the form of a word that a number asks for.
 */

/** `other` fits every number that has no form of its own; `#` stands for the number. @typedef {Partial<Record<Intl.LDMLPluralRule, string>> & { other: string }} Forms */

/** Sizes in the units of AWS's own limits, where one MB is 1,048,576 bytes. */
const UNITS = ["B", "KB", "MB", "GB", "TB"];

/** @param {string} language */
export function wording(language) {
  const rules = new Intl.PluralRules(language);
  const whole = new Intl.NumberFormat(language);
  const tenths = new Intl.NumberFormat(language, { maximumFractionDigits: 1 });
  const percent = new Intl.NumberFormat(language, { style: "percent", maximumFractionDigits: 1 });
  const moments = new Intl.DateTimeFormat(language, { dateStyle: "medium", timeStyle: "short" });
  return {
    language,
    /** `number(262144000)` → `262,144,000`. @param {number} value */
    number: (value) => whole.format(value),
    /** `share(35, 1000)` → `3.5%`. @param {number} part @param {number} all */
    share: (part, all) => percent.format(part / all),
    /** Date and time, short. @param {number} when  milliseconds since 1970 */
    moment: (when) => moments.format(when),
    /** `plural(1240, { one: "# file", other: "# files" })` → `1,240 files`. @param {number} value @param {Forms} forms */
    plural: (value, forms) => (forms[rules.select(value)] ?? forms.other).replace("#", whole.format(value)),
    /** `bytes(3_250_586)` → `3.1 MB`. @param {number} size */
    bytes: (size) => {
      let [value, unit] = [size, 0];
      while (value >= (unit === 0 ? 1024 : 1023.95) && unit < UNITS.length - 1) {
        value /= 1024;
        unit += 1;
      }
      const text = unit === 0 ? size : value >= 100 ? whole.format(Math.round(value)) : tenths.format(value);
      return `${text} ${UNITS[unit]}`;
    },
  };
}
