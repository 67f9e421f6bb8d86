/** The part of the style sheet for what is said about a layer and what comes out: findings, settings, result. */

export const outcome = `
/* Findings */
layer-findings, layer-result, layer-settings, layer-slimming { display: block; }
layer-findings .head h2 { margin: 0; }
layer-findings h3 { display: flex; gap: 0.375rem; align-items: center; margin-block: 0.75rem 0.25rem; }
layer-findings li.error, layer-findings li.warning, layer-findings li.note { padding: 0.5rem 0.75rem; border-inline-start: 3px solid var(--_border); border-radius: 0 4px 4px 0; background: var(--_raised); margin-block-end: 0.375rem; font-size: 0.875rem; overflow-wrap: anywhere; }
layer-findings li.error { border-color: var(--_error); }
layer-findings li.warning { border-color: var(--_warning); }
layer-findings li.note { border-color: var(--_note); }
layer-findings summary { font-weight: 550; }
layer-findings details p { margin-block-start: 0.25rem; text-wrap: pretty; }
.passed { margin-block-start: 0.75rem; padding-block-start: 0.625rem; border-block-start: 1px solid var(--_border); font-size: 0.875rem; }
.passed .icon { color: var(--_ok); translate: 0 0.1em; }
.checks { margin-block-start: 0.375rem; }
.checks li { display: grid; grid-template-columns: auto minmax(0, 1fr) auto; gap: 0.5rem; align-items: baseline; padding-block: 0.125rem; font-size: 0.8125rem; }
:is(.fixes, .presets) .quiet { padding-inline: 0; }
@media (forced-colors: active) { :is(.fixes, .presets) .quiet { padding-inline: 0.75rem; } }
:is(.fixes, .presets) .quiet:hover { background: none; text-decoration: underline; }
.fixes { display: flex; flex-wrap: wrap; gap: 0.375rem; margin-block-start: 0.5rem; }
.fixes button { max-inline-size: 100%; text-align: start; overflow-wrap: anywhere; }
.get { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: 0 0.5rem; align-items: center; margin-block-start: 0.5rem; }
.get > code { grid-column: 1 / -1; padding: 0.375rem 0.5rem; border: 1px solid var(--_border); border-radius: var(--_radius-small); background: var(--_background); font-size: 0.75rem; overflow-wrap: anywhere; }
.get button { min-block-size: 1.5rem; padding-inline: 0.375rem; font-size: 0.8125rem; }
.fine { display: flex; gap: 0.5rem; align-items: center; font-size: 0.875rem; }

/* What goes with a layer, and what is kept of the choices */
.kit { display: grid; gap: 0.5rem; margin-block-start: 0.5rem; grid-template-columns: minmax(0, 1fr); }
.kit details > * + * { margin-block-start: 0.5rem; }
layer-kit { display: grid; grid-template-columns: minmax(0, 1fr); }
layer-kit > .views { justify-self: start; }
select { inline-size: 100%; min-block-size: 2rem; padding: 0.25rem 0.5rem; border: 1px solid var(--_control-border); border-radius: var(--_radius-small); background: var(--_background); color: inherit; font: inherit; font-size: 0.875rem; }
layer-kit pre[part="snippet"] { max-block-size: 24rem; border-radius: 6px; white-space: pre; }
.token-comment { color: var(--_muted); font-style: italic; }
.token-text { color: var(--_ok); }
.token-option { color: var(--_accent); }
.token-number { color: var(--_warning); }
layer-choices { display: block; margin-block-start: 0.75rem; font-size: 0.875rem; }
layer-choices details > * + *, layer-budget details > * + * { margin-block-start: 0.5rem; }
layer-choices details > h3 { margin-block-start: 1rem; }
.presets li { display: flex; gap: 0.5rem; align-items: center; justify-content: space-between; }

/* Settings */
layer-settings { font-size: 0.875rem; }
layer-settings > * + *, layer-settings .more > * + * { margin-block-start: 0.75rem; }
layer-settings legend, .field .label { font-weight: 600; font-size: 0.8125rem; margin-block-end: 0.25rem; }
.choices { display: flex; flex-wrap: wrap; gap: 0.25rem; margin-block-end: 0.25rem; }
layer-settings fieldset > .choices + .choices:not(details *) { padding-block-start: 0.25rem; border-block-start: 1px solid var(--_border); }
.choice { display: inline-flex; gap: 0.375rem; align-items: center; min-block-size: 1.75rem; padding: 0 0.5rem 0 0.375rem; border: 1px solid var(--_border); border-radius: 999px; font-size: 0.75rem; cursor: pointer; }
.choice:hover { background: var(--_hover); }
.choice:has(:checked) { border-color: var(--_accent); background: var(--_selected); }
.choice input { margin: 0; }
.field { display: block; }
.field .label { display: block; }
.field .hint { display: block; margin-block-start: 0.125rem; }
.field .over { color: var(--_error); }
layer-settings summary { color: var(--_accent); font-size: 0.8125rem; }

/* Result */
layer-budget { display: block; margin-block-start: 0.75rem; font-size: 0.875rem; }
layer-result .before { display: flex; flex-wrap: wrap; gap: 0.75rem 2rem; align-items: center; margin-block-start: 0.5rem; }
layer-meters { display: flex; flex-wrap: wrap; flex: 1 1 20rem; gap: 0.5rem 2rem; }
.meter { display: grid; flex: 1 1 14rem; grid-template-columns: auto 1fr; gap: 0.125rem 0.5rem; font-size: 0.8125rem; font-variant-numeric: tabular-nums; }
.meter .label { font-weight: 600; }
.meter .amount { color: var(--_muted); text-align: end; }
.meter .bar { grid-column: 1 / -1; block-size: 0.5rem; border: 1px solid var(--_border); border-radius: 999px; background: var(--_raised); overflow: hidden; }
.meter .fill { block-size: 100%; background: var(--_accent); }
.meter.over .fill { background: var(--_error); }
.meter.over .amount { color: var(--_error); font-weight: 600; }
.go { display: flex; flex-wrap: wrap; gap: 0.5rem 0.75rem; align-items: center; }
.built { margin-block-start: 1rem; padding-block-start: 1rem; border-block-start: 1px solid var(--_border); }
.built > * + * { margin-block-start: 0.75rem; }
.built .file { display: flex; flex-wrap: wrap; gap: 0.5rem 1rem; align-items: center; }
.file-name { font-weight: 600; }
.file-name code { font-size: 0.9375rem; overflow-wrap: anywhere; }
dl { display: grid; grid-template-columns: auto minmax(0, 1fr); gap: 0.125rem 1rem; font-size: 0.8125rem; }
dt { color: var(--_muted); }
dd { overflow-wrap: anywhere; }
layer-command { display: block; }
/* Where there is no room beside them, what belongs to the tabs is above, since the tabs stand on their panel. */
.tabs { display: flex; flex-wrap: wrap-reverse; gap: 0.375rem; align-items: start; justify-content: end; }
[role="tablist"] { display: flex; gap: 0.125rem; }
.tabs > [role="tablist"] { flex: 1; }
[role="tab"] { white-space: nowrap; border-color: transparent; border-radius: 6px 6px 0 0; background: transparent; }
[role="tab"][aria-selected="true"] { border-color: var(--_border); border-block-end-color: var(--_raised); background: var(--_raised); font-weight: 600; margin-block-end: -1px; }
layer-command .tabs [part="copy"] { margin-block-end: 0.25rem; }
layer-kit pre { padding: 0.75rem; border: 1px solid var(--_border); border-radius: 0 6px 6px 6px; background: var(--_raised); overflow: auto; white-space: pre-wrap; overflow-wrap: anywhere; }
.side-files { margin-block-start: 0.625rem; font-size: 0.875rem; }
.side-files li { display: flex; flex-wrap: wrap; gap: 0.375rem 0.5rem; align-items: center; }
.side-files details { flex-basis: 100%; }
.side-files pre { border-radius: 6px; }

@media (pointer: fine) {
  @container workbench (max-width: 32em) { .row .more { display: none; } }
}
@container workbench (max-width: 32em) {
  .row .files { display: none; }
  .steps button { padding-inline: 0.375rem; }
  .views { flex-wrap: wrap; }
  [role="tablist"] [role="tab"] { padding-inline: 0.375rem; }
  /* Still part of the row's name, as it is read out. */
  .row .badge .word { position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%); }
  .row .name { flex: 1; min-inline-size: 6rem; }
  layer-list :is(th, td) { padding-inline: 0.25rem; }
  dl, dialog dl { grid-template-columns: minmax(0, 1fr); gap: 0.125rem; }
  dd { margin-block-end: 0.25rem; }
}
`;
