/**
 * Settings as the fragment of a link, which no server sees: `#layerdrop=1.eyJsYXllck5hbWUiOiJ4In0`, version 1 and JSON
 * in base64url. Nothing of the files is in it. What is read is checked against the settings that exist: a link, or what
 * a browser keeps, may come from anybody.
 */

import { noSettings } from "./layer-attributes.js";

/** @typedef {wasm_bindgen.Settings} Settings */

const MARK = "layerdrop=1.";
/** Characters; browsers and chats take more, but nobody's settings need it. */
const LONGEST = 8000;

/** Those settings that are not as they are to begin with. @param {Settings} settings @returns {Partial<Settings>} */
export function changed(settings) {
  const none = noSettings();
  return Object.fromEntries(
    Object.entries(settings).filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(none[/** @type {keyof Settings} */ (name)])),
  );
}

/** `fragmentOf({ layerName: "x" })` → `#layerdrop=1.eyJsYXllck5hbWUiOiJ4In0`. @param {Partial<Settings>} settings */
export function fragmentOf(settings) {
  const bytes = new TextEncoder().encode(JSON.stringify(settings));
  const text = btoa(String.fromCharCode(...bytes));
  return `#${MARK}${text.replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "")}`;
}

/**
 * The settings of a fragment: `null` where it is no link of ours.
 * @param {string} fragment
 * @returns {Partial<Settings> | null}
 * @throws `LinkError` for a link of ours that can't be read
 */
export function settingsOf(fragment) {
  const text = fragment.replace(/^#/, "");
  if (!text.startsWith("layerdrop=")) return null;
  if (!text.startsWith(MARK)) throw unreadable("another version", "version 1");
  if (text.length > LONGEST) throw unreadable(`${text.length} characters`, `at most ${LONGEST}`);
  const coded = text.slice(MARK.length);
  if (!/^[\w-]*$/.test(coded)) throw unreadable("other characters", "base64url");
  try {
    const bytes = Uint8Array.from(atob(coded.replaceAll("-", "+").replaceAll("_", "/")), (character) => character.charCodeAt(0));
    return known(JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes)));
  } catch (error) {
    throw error instanceof Error && error.name === "LinkError" ? error : unreadable("a part of a link", "all of it");
  }
}

/**
 * What of a value are settings; names that are not known are passed over.
 * @param {unknown} value
 * @returns {Partial<Settings>}
 */
export function known(value) {
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw unreadable(typeof value, "settings");
  const none = noSettings();
  /** @type {Record<string, unknown>} */
  const settings = {};
  for (const [name, given] of Object.entries(value)) {
    if (!Object.hasOwn(none, name)) continue;
    const expected = none[/** @type {keyof Settings} */ (name)];
    const list = Array.isArray(given) && given.every((each) => typeof each === "string");
    if (Array.isArray(expected) ? !list : typeof given !== typeof expected) throw unreadable(`${JSON.stringify(given)?.slice(0, 40)} as ${name}`, Array.isArray(expected) ? "a list of texts" : typeof expected);
    settings[name] = given;
  }
  return settings;
}

/**
 * @param {string} found
 * @param {string} expected
 */
function unreadable(found, expected) {
  const error = new Error(`found ${found} in the link, expected ${expected}: no setting was changed`);
  error.name = "LinkError";
  return error;
}
