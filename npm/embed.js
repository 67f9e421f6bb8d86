/**
 * The page of `embed.html`: `<layer-drop>` in a frame, and what it and the page around it say to each other.
 *
 * Messages are `{ layerdrop: 1, type, … }`. Nobody is listened to, and nobody is told more than that the frame is there and how high it is,
 * unless this file's `<meta name="layerdrop-parents" content="https://docs.example.com">` names the page's origin or, where that
 * is empty, the frame's address does: `embed.html?parent=https://docs.example.com`.
 *
 * from the frame: `hello` { version, capabilities } until it is answered · `resize` { height } · and to the page that answered: `ready`,
 *   `change`, `findings`, `progress`, `built`, `error` with the details of the element's events, `download` { blob, fileName },
 *   `reply` { id, value } or { id, error }
 * to the frame: `init` { settings, theme, downloads } · `set` { settings } · `add-files` { files } · `apply` { operation } · `apply-recipe`
 *   { recipe } · `plan` · `build` · `recipe` · `undo` · `redo` · `clear` · `get-state`, each with an `id` to reply to
 */

import "../www/layer-drop.js";
import { ATTRIBUTES } from "./contract.js";

const PROTOCOL = 1;
const HELLO_EVERY = 250;
const HELLO_LIMIT = 5000;

const element = /** @type {import("../www/layer-drop-element.js").LayerDropElement} */ (document.querySelector("layer-drop"));
const framed = window.parent !== window;
const query = new URLSearchParams(location.search);

/** Origins that may give commands. A page without an origin of its own is nobody in particular. */
const parents = new Set(named().filter((origin) => origin !== "null"));

/** The one that did. @type {string | null} */
let pinned = null;
/** It saves files for the frame. */
let saves = false;

function named() {
  const written = document.querySelector("meta[name=layerdrop-parents]")?.getAttribute("content")?.trim();
  return written ? written.split(/\s+/) : query.getAll("parent");
}

/** @param {Record<string, unknown>} message @param {string | null} [origin] */
function say(message, origin = pinned) {
  if (framed && origin !== null) window.parent.postMessage({ layerdrop: PROTOCOL, ...message }, origin);
}

/** @type {Map<string, (message: any) => unknown>} */
const COMMANDS = new Map(
  Object.entries({
    set: ({ settings }) => void (element.settings = settings),
    "add-files": ({ files }) => element.addFiles(files),
    apply: ({ operation }) => element.apply(operation),
    "apply-recipe": ({ recipe }) => element.applyRecipe(recipe),
    plan: () => element.plan(),
    build: () => element.build(),
    recipe: () => element.recipe(),
    undo: () => element.undo(),
    redo: () => element.redo(),
    clear: () => element.clear(),
    "get-state": async () => ({ settings: element.settings, ...(await element.plan()) }),
  }),
);

/** @param {any} message @param {string} origin */
async function begin({ settings, theme, downloads }, origin) {
  pinned = origin;
  saves = downloads === true;
  note.hidden = saves;
  if (theme === "light" || theme === "dark") element.setAttribute("theme", theme);
  if (settings) element.settings = settings;
  const { worker, version } = await element.ready;
  say({ type: "ready", worker, version });
}

window.addEventListener("message", async ({ data, source, origin }) => {
  if (!framed || source !== window.parent || data?.layerdrop !== PROTOCOL || !parents.has(origin)) return;
  const { type, id } = data;
  try {
    if (type === "init" && (pinned ?? origin) === origin) return await begin(data, origin);
    if (origin !== pinned) return;
    const command = COMMANDS.get(type);
    if (!command) throw new TypeError(`found the command ${type}, expected one of init, ${[...COMMANDS.keys()].join(", ")}`);
    say({ type: "reply", id, value: await command(data) });
  } catch (error) {
    const { name, message } = error instanceof Error ? error : new Error(String(error));
    say({ type: "reply", id, error: { name, message } });
  }
});

for (const name of ["change", "findings", "progress", "built", "error"]) {
  element.addEventListener(`layerdrop-${name}`, (event) => {
    const { error: _, ...detail } = /** @type {CustomEvent} */ (event).detail;
    say({ type: name, ...detail });
  });
}
element.addEventListener("layerdrop-download", (event) => {
  if (!saves) return;
  event.preventDefault();
  say({ type: "download", .../** @type {CustomEvent} */ (event).detail });
});

// Presets of whoever wrote the address: `embed.html?runtime=python3.12&name-prefix=acme-`.
for (const { name } of ATTRIBUTES) {
  const value = query.get(name);
  if (value !== null) element.setAttribute(name, value);
}

// A frame as high as what is in it has no screen to measure by.
const sheet = new CSSStyleSheet();
sheet.replaceSync(`body { background: none } main { min-height: 0; padding: 4px } layer-drop { ${framed ? "--layerdrop-screen: 8px" : ""} }`);
document.adoptedStyleSheets = [sheet];

const note = unsaved();
if (framed) {
  element.append(note);
  const since = performance.now();
  const hello = setInterval(() => {
    if (pinned !== null || performance.now() - since > HELLO_LIMIT) return clearInterval(hello);
    greet();
  }, HELLO_EVERY);
  greet();
  new ResizeObserver(([entry]) => say({ type: "resize", height: Math.ceil(entry?.borderBoxSize[0]?.blockSize ?? 0) }, "*")).observe(
    /** @type {Element} */ (document.querySelector("main")),
  );
}

function greet() {
  say({ type: "hello", capabilities: ["init", ...COMMANDS.keys()] }, "*");
}

/** Shown with the result: a frame that may not save files is not told so, neither are those who look at it. */
function unsaved() {
  const own = new URL(location.href);
  own.searchParams.delete("parent");
  const link = document.createElement("a");
  link.href = own.href;
  link.target = "_blank";
  link.rel = "noopener";
  link.textContent = own.href;
  const made = document.createElement("p");
  made.slot = "saving";
  made.append("No file? The page around this frame may not let it save any. Open Layerdrop in a tab of its own and drop the files there: ", link);
  return made;
}
