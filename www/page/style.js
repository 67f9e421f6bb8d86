/**
 * The one style sheet, constructable: `style-src 'self'` does not object to it. A page themes the element by the `--layerdrop-…` properties
 * and by `::part()`. Colours follow the `color-scheme` that the element inherits from its page.
 */

import { outcome } from "./style-outcome.js";
import { themed } from "./theme.js";

/** A page may have changed the size of its \`rem\`: ours is the element's own font size, as a length that is inherited. */
const rem = registered() ? "1em" : "16px";

const css = `
${themed()}
:host {
  display: grid;
  grid-template-columns: minmax(0, 1fr);
  position: relative;
  font: 400 var(--_font-size)/1.45 var(--_font) !important;
  --layerdrop-rem: ${rem};
}
/* Nothing that a page's resets do to all of its elements comes in. */
layer-workbench {
  all: initial;
  visibility: inherit;
  pointer-events: inherit;
  color-scheme: inherit;
  color: var(--_text);
  font: 400 0.9375rem/1.45 var(--_font);
  scrollbar-color: var(--_control-border) transparent;
}
/* Where its colours need not be those of the page, it has a ground of its own. */
:host(:is([theme="light"], [theme="dark"], [data-theme="light"], [data-theme="dark"])) layer-workbench { padding: 0.875rem; border-radius: var(--_radius); background: var(--_raised); }

*, ::before, ::after { box-sizing: border-box; }
[hidden] { display: none !important; }
h2, h3, p, ul, dl, dd, pre, fieldset, legend { margin: 0; padding: 0; }
ul { list-style: none; }
fieldset { border: 0; min-inline-size: 0; }
h2 { font-size: 1rem; font-weight: 650; }
h3 { font-size: 0.875rem; font-weight: 650; }
code, pre { font-family: var(--_font-mono); font-size: 0.8125rem; }
.hint { color: var(--_muted); font-size: 0.8125rem; }
.icon-more { stroke-width: 2.5 !important; }
.icon { inline-size: 1em; block-size: 1em; flex: none; fill: none; stroke: currentColor; stroke-width: 1.4; stroke-linecap: round; stroke-linejoin: round; }
.visually-hidden { position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
:focus-visible { outline: 2px solid var(--_focus); outline-offset: 2px; }

/* Controls */
button, input::file-selector-button {
  min-block-size: 2rem;
  padding: 0.25rem 0.75rem;
  border: 1px solid var(--_control-border);
  border-radius: var(--_radius-small);
  background: var(--_background);
  color: inherit;
  font: inherit;
  font-size: 0.875rem;
  cursor: pointer;
}
button:hover, input::file-selector-button:hover { background: var(--_hover); }
input[type="file"] { max-inline-size: 100%; font: inherit; font-size: 0.875rem; }
input::file-selector-button { margin-inline-end: 0.5rem; }
button:has(> .icon) { display: inline-flex; gap: 0.375rem; align-items: center; }
button[aria-disabled="true"] { border-color: var(--_border); color: var(--_muted); cursor: default; opacity: 0.75; }
button[aria-disabled="true"]:hover { background: var(--_background); }
button.primary { border-color: var(--_accent); background: var(--_accent); color: var(--_on-accent); font-weight: 600; padding-inline: 1.25rem; min-block-size: 2.25rem; }
button.primary:hover { filter: brightness(1.08); background: var(--_accent); }
button.primary[aria-disabled="true"] { filter: none; border-color: var(--_border); background: var(--_hover); color: var(--_muted); }
button.quiet { border-color: transparent; background: transparent; color: var(--_accent); }
button.quiet:hover { background: var(--_hover); }
summary { display: flex; gap: 0.5rem; align-items: baseline; padding-block: 0.125rem; border-radius: 4px; list-style: none; font-size: 0.875rem; cursor: pointer; }
summary::-webkit-details-marker { display: none; }
summary::before { content: ""; flex: none; inline-size: 0.4em; block-size: 0.4em; border: solid currentColor; border-width: 1.5px 1.5px 0 0; rotate: 45deg; translate: 0 -0.1em; }
[open] > summary::before { rotate: 135deg; translate: 0 -0.2em; }
input[type="text"], input[type="search"], input[type="number"] {
  inline-size: 100%;
  min-block-size: 2rem;
  padding: 0.25rem 0.5rem;
  border: 1px solid var(--_control-border);
  border-radius: var(--_radius-small);
  background: var(--_background);
  color: inherit;
  font: inherit;
  font-size: 0.875rem;
  text-overflow: ellipsis;
}
input { accent-color: var(--_accent); }
a { color: var(--_accent); }

/* The whole */
layer-workbench { display: flex; flex-direction: column; gap: 0.875rem; container: workbench / inline-size; }
.intro { display: flex; flex-wrap: wrap; gap: 0.25rem 1.5rem; align-items: baseline; justify-content: space-between; }
.what { font-size: 1rem; text-wrap: pretty; }
.privacy { max-inline-size: 34rem; color: var(--_muted); font-size: 0.8125rem; }
.privacy summary { display: block; font-size: inherit; }
.privacy summary::before { content: none; }
.privacy summary .icon { margin-inline-end: 0.375rem; vertical-align: -0.125em; }
.privacy summary::after { content: attr(data-check); margin-inline-start: 0.375rem; text-decoration: underline; text-underline-offset: 0.15em; color: var(--_accent); white-space: nowrap; }
.privacy[open] summary::after { content: attr(data-close); }
.top { display: flex; flex-wrap: wrap; gap: 0.625rem 1.25rem; align-items: center; }
.top > layer-drop-zone { flex: 1 1 26rem; min-inline-size: 0; }
/* Says what has just happened, in view wherever the page is scrolled to. */
.dock { position: sticky; inset-block-end: 0.75rem; z-index: 5; display: grid; gap: 0.375rem; pointer-events: none; }
:is(.bench, .tools) :is(button, input, select, textarea, summary, a) { scroll-margin-block: 0.5rem 5rem; }
.dock > * { pointer-events: auto; box-shadow: 0 2px 10px rgb(0 0 0 / 0.18); }
.toast { display: flex; gap: 0.25rem 0.75rem; align-items: center; justify-self: center; max-inline-size: 100%; padding: 0.375rem 0.75rem; border: 1px solid var(--_border); border-radius: var(--_radius-small); background: var(--_background); font-size: 0.8125rem; overflow-wrap: anywhere; transition: opacity 0.4s; }
.toast > p { min-inline-size: 0; }
.toast button { flex: none; min-block-size: 1.5rem; padding: 0 0.375rem; font-size: 0.8125rem; font-weight: 600; }
.toast:has(> p:empty) { padding: 0; border: 0; box-shadow: none; }
/* Not to be seen, but there: what is announced in a region that was hidden is not read out. */
.toast.past:not(:hover, :focus-within) { opacity: 0; pointer-events: none; }
.toast.past:not(:hover, :focus-within) > button { visibility: hidden; }
/* Progress says the same, to the eye. */
layer-progress:not([hidden]) + .toast, .toast.unseen { position: absolute; inline-size: 1px; block-size: 1px; padding: 0; overflow: hidden; clip-path: inset(50%); }
dialog { max-inline-size: min(34rem, 92vw); max-block-size: 86vh; padding: 1rem 1.25rem 1.25rem; border: 1px solid var(--_border); border-radius: var(--_radius); background: var(--_background); color: var(--_text); overflow: auto; }
dialog::backdrop { background: rgb(0 0 0 / 0.4); }
dialog h3 { margin-block: 0.75rem 0.375rem; }
dialog dl { grid-template-columns: 12rem minmax(0, 1fr); gap: 0.375rem 1rem; }
dialog.asking { inline-size: min(32rem, 92vw); }
dialog.asking form { display: grid; gap: 0.75rem; }
dialog .buttons { display: flex; gap: 0.5rem; justify-content: end; }
textarea { display: block; inline-size: 100%; padding: 0.375rem 0.5rem; border: 1px solid var(--_control-border); border-radius: var(--_radius-small); background: var(--_background); color: inherit; font: 0.8125rem/1.5 var(--_font-mono); resize: vertical; }
[role="listbox"] { block-size: min(18rem, 40vh); overflow: auto; border: 1px solid var(--_border); border-radius: var(--_radius-small); }
[role="option"] { padding: 0.25rem 0.5rem; min-block-size: 1.75rem; font: 0.8125rem var(--_font-mono); overflow-wrap: anywhere; cursor: default; }
[role="option"]:hover { background: var(--_hover); }
[role="option"][aria-selected="true"] { background: var(--_selected); }
.menu { position: fixed; inset: auto; margin: 0; min-inline-size: 13rem; max-block-size: calc(100vh - 16px); overflow: auto; padding: 0.25rem; border: 1px solid var(--_border); border-radius: var(--_radius-small); background: var(--_background); color: var(--_text); box-shadow: 0 4px 16px rgb(0 0 0 / 0.2); }
.menu button { display: flex; gap: 1.5rem; align-items: center; justify-content: space-between; inline-size: 100%; border-color: transparent; background: none; text-align: start; }
.menu button:hover, .menu button:focus { background: var(--_hover); }
@media (forced-colors: active) { .menu button:focus, [role="option"][aria-selected="true"] { forced-color-adjust: none; background: Highlight; color: HighlightText; } }
kbd { padding: 0.0625rem 0.3125rem; border: 1px solid var(--_border); border-radius: 4px; background: var(--_raised); color: var(--_text); font-family: inherit; font-size: 0.75rem; }

/* One column where there is little room, two, then three: contents, what is said about them, what comes out. */
.bench { display: grid; gap: 0.875rem; grid-template-columns: minmax(0, 1fr); align-items: start; }
.about, .outcome { display: flex; flex-direction: column; gap: 0.875rem; min-inline-size: 0; }
.card { min-inline-size: 0; padding: 0.875rem 1rem 1rem; border: 1px solid var(--_border); border-radius: var(--_radius); background: var(--_background); }
.card > h2, .head { margin-block-end: 0.5rem; }
.head { display: flex; flex-wrap: wrap; gap: 0.375rem 0.75rem; align-items: center; justify-content: space-between; }
@container workbench (min-width: 55em) {
  .bench { grid-template: "contents outcome" auto "about outcome" 1fr / minmax(0, 1.35fr) minmax(19rem, 1fr); }
  .contents { grid-area: contents; }
  .about { grid-area: about; }
  .outcome { grid-area: outcome; }
}
@container workbench (min-width: 80em) {
  .bench { grid-template: "contents about outcome" auto / minmax(0, 1.3fr) minmax(19rem, 1fr) minmax(21rem, 1.1fr); }
  .contents { position: sticky; inset-block-start: 0.75rem; }
  .contents layer-tree { block-size: clamp(20rem, 60vh, 46rem); }
}

[filled] slot[name="empty"] { display: none; }

/* Ways in */
layer-drop-zone {
  display: flex;
  flex-direction: column;
  align-items: center;
  justify-content: center;
  gap: 0.75rem;
  padding: clamp(1.5rem, 6cqi, 4.5rem) 1rem;
  border: 1.5px dashed var(--_control-border);
  border-radius: var(--_radius);
  background: var(--_background);
  text-align: center;
}
layer-drop-zone > .icon { inline-size: 2.75rem; block-size: 2.75rem; stroke-width: 1; color: var(--_accent); }
.invitation { font-size: 1.25rem; font-weight: 600; letter-spacing: -0.005em; }
.ways { display: flex; flex-wrap: wrap; gap: 0.5rem; justify-content: center; }
layer-workbench:not([filled]) layer-drop-zone { min-block-size: clamp(16rem, 62vh, 40rem); }
[filled] layer-drop-zone { flex-flow: row wrap; justify-content: start; gap: 0.375rem 0.75rem; padding: 0.5rem 0.75rem; text-align: start; }
[filled] layer-drop-zone > .icon { inline-size: 1.25rem; block-size: 1.25rem; stroke-width: 1.4; }
[filled] layer-drop-zone .invitation { flex: 1; min-inline-size: 8rem; font-size: 0.875rem; }
[filled] layer-drop-zone .hint, [filled] layer-drop-zone .samples, .samples:empty { display: none; }
.samples { display: flex; flex-wrap: wrap; gap: 0 0.875rem; justify-content: center; color: var(--_muted); font-size: 0.8125rem; line-height: 1.5rem; }
[filled] layer-drop-zone .ways { margin-inline-start: auto; }
.drop-target {
  position: absolute;
  inset: -0.5rem;
  z-index: 10;
  display: none;
  align-items: center;
  justify-content: center;
  border: 3px solid var(--_accent);
  border-radius: calc(var(--_radius) + 4px);
  background: color-mix(in srgb, color-mix(in srgb, var(--_background) 80%, var(--_accent)) 95%, transparent);
  color: var(--_text);
  font-size: 1.5rem;
  font-weight: 650;
  pointer-events: none;
}
layer-drop-zone[dragging] .drop-target { display: flex; }
/* In view wherever a long page is scrolled to. */
.drop-target > span { position: sticky; inset-block: 3rem; }
:host(:is([whole-window], [data-whole-window])) .drop-target { position: fixed; inset: 0.375rem; }

/* Trouble, progress, steps */
.error-box { display: grid; grid-template-columns: auto minmax(0, 1fr) auto; gap: 0.625rem; align-items: start; padding: 0.625rem 0.875rem; border: 1px solid var(--_error); border-inline-start-width: 4px; border-radius: var(--_radius-small); background: var(--_background); max-block-size: 45vh; overflow: auto; overflow-wrap: anywhere; }
.error-box > .icon { margin-block-start: 0.3em; color: var(--_error); }
.error-box > button { position: sticky; inset-block-start: 0; margin-block: -0.25rem; background: var(--_background); }
.error-box ul { font-size: 0.8125rem; }
layer-progress { display: block; padding: 0.625rem 0.875rem; border: 1px solid var(--_border); border-radius: var(--_radius); background: var(--_raised); }
layer-progress .line { display: flex; gap: 0.75rem; align-items: center; justify-content: space-between; font-variant-numeric: tabular-nums; }
layer-progress progress { inline-size: 100%; accent-color: var(--_accent); }
layer-progress .hint { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; min-block-size: 1.45em; }
.bar-of-steps { display: flex; flex-wrap: wrap; gap: 0.5rem 1rem; align-items: center; justify-content: space-between; }
.summary { font-weight: 600; font-variant-numeric: tabular-nums; }
.steps { display: flex; flex-wrap: wrap; gap: 0.375rem; }

/* Contents */
.contents { padding: 0; overflow: hidden; }
layer-contents { display: block; }
layer-contents > .head { margin: 0; padding: 0.625rem 1rem 0.375rem; }
.views { border-radius: var(--_radius-small); background: var(--_raised); padding: 2px; }
.views [role="tab"] { min-block-size: 1.75rem; padding-inline: 0.625rem; border: 1px solid transparent; border-radius: 5px; margin: 0; font-size: 0.8125rem; }
.views [role="tab"][aria-selected="true"] { border-color: var(--_border); background: var(--_background); margin: 0; }
.search { display: flex; flex-wrap: wrap; gap: 0.375rem 0.625rem; align-items: center; padding: 0 1rem 0.5rem; }
.search input { flex: 1 1 8rem; }
.search .hint { white-space: nowrap; }
.search .hint:empty { display: none; }
.frame { position: relative; }
.none { padding: 0.75rem 1rem 1rem; }
layer-sources { display: block; padding: 0 1rem 0.5rem; }
layer-sources li { display: flex; flex-wrap: wrap; gap: 0 0.5rem; align-items: center; padding-block: 0.125rem; font-size: 0.875rem; }
layer-sources .name { min-inline-size: 0; overflow-wrap: anywhere; }
layer-sources .icon-ok, .fine .icon { color: var(--_ok); }
layer-sources .icon-note { color: var(--_note); }
layer-sources .icon-warning { color: var(--_warning); }
layer-sources .icon-error, layer-sources .refused .hint { color: var(--_error); }
layer-tree { display: block; position: relative; flex: 1 1 auto; block-size: clamp(14rem, 45vh, 34rem); min-block-size: 14rem; overflow: auto; border-block-start: 1px solid var(--_border); overscroll-behavior: contain; }
layer-tree .canvas { position: relative; min-inline-size: 100%; contain: strict; }
.row {
  position: absolute;
  inset-inline: 0;
  display: flex;
  gap: 0.375rem;
  align-items: center;
  block-size: var(--_row-height);
  padding-inline: calc(0.5rem + (var(--level, 1) - 1) * 1rem) 0.75rem;
  font-size: 0.875rem;
  white-space: nowrap;
  cursor: default;
}
@media (pointer: coarse) { .row { block-size: max(44px, var(--_row-height)); } .row .more { visibility: visible; inline-size: 44px; } }
.row:hover { background: var(--_hover); }
.row[aria-selected="true"] { background: var(--_selected); }
.row.target { outline: 2px dashed var(--_accent); outline-offset: -2px; }
.row.cut { opacity: 0.6; }
.row mark, .tile mark { background: color-mix(in srgb, var(--_warning) 30%, transparent); color: inherit; border-radius: 2px; }
.executable { color: var(--_ok); font-size: 0.6875rem; font-weight: 700; }
input.rename { position: absolute; z-index: 3; inline-size: min(18rem, 70%); min-block-size: 28px; padding-block: 0; }
.row:focus-visible { outline-offset: -2px; }
.row .twist { display: inline-flex; inline-size: 1rem; flex: none; color: var(--_muted); }
.row .twist .icon { transition: transform 0.1s; }
.row[aria-expanded="true"] .twist .icon { transform: rotate(90deg); }
.row > .icon { color: var(--_muted); }
.row.folder > .icon { color: var(--_accent); }
.row .name { overflow: hidden; text-overflow: ellipsis; flex: 0 1 auto; min-inline-size: 3rem; }
.row .files { margin-inline-start: auto; padding-inline-start: 0.5rem; color: var(--_muted); font-size: 0.75rem; }
.row .size { min-inline-size: 4.25rem; text-align: end; color: var(--_muted); font-size: 0.75rem; font-variant-numeric: tabular-nums; }
.row .more { display: grid; visibility: hidden; place-items: center; inline-size: 24px; block-size: 24px; flex: none; border-radius: 4px; margin-inline-end: -0.5rem; }
.row:hover .more, .row[aria-selected="true"] .more { visibility: visible; }
.row .more:hover { background: var(--_background); }
.row.excluded .name { text-decoration: line-through; color: var(--_muted); }
.badge { display: inline-flex; gap: 0.25rem; align-items: center; font-size: 0.75rem; }
.error.badge, h3.error { color: var(--_error); }
.warning.badge, h3.warning { color: var(--_warning); }
.note.badge, h3.note { color: var(--_note); }
/* Size map and its list */
.map-head { padding: 0 1rem; }
.map-head .choices { margin-block: 0.125rem 0.5rem; }
.map-canvas { position: relative; block-size: clamp(18rem, 52vh, 40rem); overflow: hidden; border-block: 1px solid var(--_border); background: var(--_raised); }
.tile { position: absolute; overflow: hidden; text-overflow: ellipsis; padding: 0 3px; border: 1px solid var(--_background); background: color-mix(in srgb, hsl(var(--_hue) 60% 50%) 20%, var(--_background)); font-size: 0.6875rem; line-height: 1.3; white-space: nowrap; cursor: pointer; }
.tile.folder { background: color-mix(in srgb, hsl(var(--_hue) 60% 50%) 36%, var(--_background)); font-weight: 600; }
.tile:hover { border-color: var(--_text); }
.tile.selected { outline: 2px solid var(--_accent); outline-offset: -2px; }
.tile.selected:not(.folder) { z-index: 1; }
.tile.error { box-shadow: inset 0 0 0 2px var(--_error); }
.tile.warning { box-shadow: inset 0 0 0 2px var(--_warning); }
.tile small { opacity: 0.85; font-weight: 400; }
.family-0 { --_hue: 210; }
.family-1 { --_hue: 150; }
.family-2 { --_hue: 35; }
.family-3 { --_hue: 280; }
.family-4 { --_hue: 185; }
.family-5 { --_hue: 340; }
.family-6 { --_hue: 95; }
.family-7 { --_hue: 245; }
.map-said { min-block-size: 2.25rem; padding: 0.375rem 1rem; overflow: hidden; overflow-wrap: anywhere; }
.list-rows { max-block-size: clamp(18rem, 56vh, 42rem); overflow: auto; border-block-start: 1px solid var(--_border); }
layer-list table { inline-size: 100%; border-collapse: collapse; font-size: 0.8125rem; }
layer-list th, layer-list td { padding: 0.125rem 0.5rem; text-align: start; font-weight: 400; vertical-align: baseline; }
layer-list th:first-child { padding-inline-start: 1rem; }
layer-list td:last-child, layer-list thead th:last-child { padding-inline-end: 1rem; }
layer-list thead th { position: sticky; inset-block-start: 0; background: var(--_background); color: var(--_muted); }
layer-list td, layer-list thead th + th { text-align: end; white-space: nowrap; }
layer-list td { vertical-align: top; font-variant-numeric: tabular-nums; color: var(--_muted); }
.move { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: 0.375rem; align-items: end; }
layer-details .move input[type="text"] { font-family: var(--_font-mono); font-size: 0.8125rem; }
layer-list tbody tr:hover { background: var(--_hover); }

layer-details { display: block; font-size: 0.875rem; }
layer-details > * + * { margin-block-start: 0.5rem; }
layer-details .path { font-family: var(--_font-mono); font-size: 0.8125rem; font-weight: 600; overflow-wrap: anywhere; }
layer-details .reason { overflow-wrap: anywhere; text-wrap: pretty; }
.found li { display: flex; gap: 0.375rem; align-items: baseline; }
.found .badge .icon { translate: 0 0.125em; }
.actions { display: flex; flex-wrap: wrap; gap: 0.375rem; }
button.link { min-block-size: 1.5rem; padding: 0; border: 0; background: none; color: var(--_accent); font-size: 0.8125rem; text-align: start; overflow-wrap: anywhere; }
button.link:hover { text-decoration: underline; }

${outcome}

/* Tools */
.tools > summary { font-size: 1rem; font-weight: 650; }
.tools section { max-inline-size: 60rem; }
.tools section + section { margin-block-start: 1.25rem; }
.tools textarea { inline-size: 100%; min-block-size: 5rem; margin-block-end: 0.5rem; font: 0.8125rem/1.4 var(--_font-mono); resize: vertical; }
.tools h2 { margin-block: 0.75rem 0.5rem; }
.tools ol { padding-inline-start: 0; list-style: none; font-size: 0.875rem; overflow-wrap: anywhere; }
.tools [part=layer-order] li { display: flex; flex-wrap: wrap; gap: 0.5rem; align-items: center; }
.tools .field { margin-block: 0.5rem; }
.markdown { padding: 0.75rem; margin-block: 0.5rem; border: 1px solid var(--_border); border-radius: var(--_radius-small); max-block-size: 30rem; overflow: auto; font-size: 0.875rem; overflow-wrap: anywhere; }
.markdown :is(h4, p, table) { margin-block: 0.5rem; }
.markdown :is(th, td) { padding: 0.125rem 0.75rem 0.125rem 0; text-align: start; font-weight: inherit; }
.markdown th { min-inline-size: 5.5rem; }
.markdown td { text-align: end; overflow-wrap: normal; }
.tools .markdown ul { padding-inline-start: 1.25rem; }
.tools .markdown li { margin: 0; padding: 0; border: 0; }
.tools li { margin-block-start: 0.75rem; padding-inline-start: 0.75rem; border-inline-start: 3px solid var(--_border); }
.tools li p { margin-block-start: 0.25rem; text-wrap: pretty; }

/* What the layer works without */
layer-slimming li[part] { display: flex; flex-wrap: wrap; gap: 0.375rem; align-items: start; padding-block: 0.375rem; border-block-end: 1px solid var(--_border); }
layer-slimming li[part]:last-child { border: 0; }
layer-slimming li[part] > details { flex: 1 1 12rem; min-inline-size: 0; overflow-wrap: anywhere; }
layer-slimming details > div { margin-block-start: 0.375rem; }
layer-slimming [part=fit] { margin-block: 0.375rem; }

@media (forced-colors: active) {
  .meter .fill, .meter.over .fill { background: Highlight; forced-color-adjust: none; }
  .tile { border-color: CanvasText; }
  .row mark, .tile mark { background: Mark; color: MarkText; }
  .row[aria-selected="true"], .tile.selected, .choice:has(:checked) { outline: 2px solid Highlight; outline-offset: -2px; }
  button.primary { border-width: 2px; color: ButtonText; }
  .icon { stroke: CanvasText; }
  button .icon { stroke: ButtonText; }
}
layer-report { display: none; }
@media print {
  layer-workbench[filled] > :not(layer-report) { display: none; }
  layer-report { display: block; font-size: 0.75rem; overflow-wrap: anywhere; }
  layer-report :is(h3, dl) { margin-block: 0.75rem 0.25rem; break-after: avoid; }
  layer-report :is(pre, li) { white-space: pre-wrap; break-inside: avoid; }
}
.filter { display: grid; gap: 0.375rem; margin-block-end: 0.5rem; }
button.choice { min-block-size: 1.75rem; text-transform: capitalize; }
button.choice[aria-pressed="true"] { border-color: var(--_accent); background: var(--_selected); }
@media (prefers-reduced-motion: reduce) {
  * { transition: none !important; animation: none !important; }
}
`;

export const sheet = new CSSStyleSheet();
// And a frame that is as high as what is in it says how high a screen is.
sheet.replaceSync(css.replace(/(?<![\w.-])(-?[\d.]+)rem\b/g, "calc($1 * var(--layerdrop-rem))").replace(/\b(\d+)vh\b/g, "calc($1 * var(--layerdrop-screen, 1vh))"));

/** Registered, the property is computed where it is set; unregistered, an `em` in it would mean another size on every element. */
function registered() {
  try {
    CSS.registerProperty({ name: "--layerdrop-rem", syntax: "<length>", inherits: true, initialValue: "16px" });
  } catch (error) {
    return error instanceof DOMException; // The module was loaded before, from another address.
  }
  return true;
}
