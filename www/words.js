/**
 * The words of the language that the page speaks: one for all elements of a page. English is there from the start, the
 * others are fetched when they are asked for.
 *
 * @typedef {import("./words/en.js").Words} Words
 */

import { words as english } from "./words/en.js";

/** Other languages, by the first part of their tag. @type {Map<string, () => Promise<{ words: Words }>>} */
const OTHERS = new Map([["de", () => import("./words/de.js")]]);

/** What is spoken now. It changes by `speak` alone, before anything is built of it. */
export let words = english;

/**
 * The language that an element should speak: what is said on it or around it, else what the browser prefers.
 * An empty `lang` says that nobody knows, as HTML has it.
 * @param {Element} element
 */
export function languageOf(element) {
  /** @type {string[]} */
  const wanted = [];
  for (let at = /** @type {Element | null} */ (element); at; at = around(at)) {
    const said = at.getAttribute("lang");
    if (said === null) continue;
    if (said !== "") wanted.push(said);
    break;
  }
  const [known] = (wanted.length > 0 ? wanted : navigator.languages)
    .map((tag) => tag.split("-")[0]?.toLowerCase() ?? "")
    .filter((language) => language === english.language || OTHERS.has(language));
  return known ?? english.language;
}

/**
 * Sees to it that a language is spoken. Where it can't be fetched, the one of before stays.
 * @param {string} language
 * @returns {Promise<void> | null}  `null` if it is spoken already
 */
export function speak(language) {
  if (language === words.language) return null;
  const fetching = OTHERS.get(language)?.() ?? Promise.resolve({ words: english });
  return fetching.then(
    (fetched) => void (words = fetched.words),
    () => undefined,
  );
}

/** The element around another one, also out of a shadow root. @param {Element} element */
function around(element) {
  const parent = element.assignedSlot ?? element.parentNode;
  return parent instanceof ShadowRoot ? parent.host : parent instanceof Element ? parent : null;
}
