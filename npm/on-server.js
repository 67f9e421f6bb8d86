/**
 * Stands in for what only browsers have, so that importing the class on a server, where it is of no use, does no harm.
 */

export const HTMLElement = globalThis.HTMLElement ?? /** @type {any} */ (class {});
export const CSSStyleSheet = globalThis.CSSStyleSheet ?? /** @type {any} */ (class {
  replaceSync() {}
});
