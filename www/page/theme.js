/**
 * What of its looks a page can set, a row each: `--layerdrop-accent`, and so on. What it does not set is taken from the
 * tokens of its docs system where that has them, else it is ours.
 *
 * Colours that belong together are mixed from text, background and accent, so that they fit whatever those are.
 */

/**
 * @typedef {object} Colour
 * @property {string} name
 * @property {string} what
 * @property {[light: string, dark: string]} [ours]
 * @property {string} [mixed]  from other colours
 * @property {string[]} [page]  tokens of Docusaurus, Material and Zensical, PyData, Furo, Backstage
 */

/** @type {Colour[]} */
export const COLOURS = [
  {
    name: "accent",
    what: "links, the main button, bars; a page's own is made light or dark enough to read",
    ours: ["#0b5fc4", "#6cb0ff"],
    page: ["--ifm-color-primary", "--md-typeset-a-color", "--pst-color-primary", "--color-brand-content", "--bui-bg-solid"],
  },
  { name: "on-accent", what: "text on the accent", ours: ["#ffffff", "#08213f"] },
  {
    name: "text",
    what: "text",
    ours: ["#1b1f24", "#e6e9ed"],
    page: ["--ifm-font-color-base", "--md-default-fg-color", "--pst-color-text-base", "--color-foreground-primary", "--bui-fg-primary"],
  },
  {
    name: "background",
    what: "what text stands on",
    ours: ["#ffffff", "#14181d"],
    page: ["--ifm-background-surface-color", "--md-default-bg-color", "--pst-color-background", "--color-background-primary", "--bui-bg-app"],
  },
  { name: "muted", what: "text that matters less", mixed: "var(--_text) 80%, var(--_background)" },
  { name: "raised", what: "surfaces that stand out", mixed: "var(--_text) 3%, var(--_background)" },
  { name: "hover", what: "what the pointer is on", mixed: "var(--_text) 8%, var(--_background)" },
  { name: "selected", what: "what is selected", mixed: "var(--_accent) 14%, var(--_background)" },
  { name: "border", what: "lines", mixed: "var(--_text) 18%, var(--_background)" },
  { name: "control-border", what: "the edge of buttons and fields", mixed: "var(--_text) 56%, var(--_background)" },
  { name: "error", what: "errors", ours: ["#b3202a", "#ff8b85"] },
  { name: "warning", what: "warnings", ours: ["#855600", "#e3b341"] },
  { name: "note", what: "notes", mixed: "var(--_accent) 100%, var(--_background)" },
  { name: "ok", what: "what is well", ours: ["#14713a", "#5bcf87"] },
];

/** @type {{ name: string, what: string, ours: string, page?: string[] }[]} */
export const OTHERS = [
  {
    name: "font",
    what: "the typeface",
    ours: 'system-ui, -apple-system, "Segoe UI", sans-serif',
    page: ["--ifm-font-family-base", "--md-text-font-family", "--pst-font-family-base", "--font-stack", "--bui-font-regular"],
  },
  {
    name: "font-mono",
    what: "the typeface of paths and commands",
    ours: 'ui-monospace, "SF Mono", Menlo, Consolas, monospace',
    page: ["--ifm-font-family-monospace", "--md-code-font-family", "--pst-font-family-monospace", "--font-stack--monospace", "--bui-font-mono"],
  },
  { name: "font-size", what: "the size that all others follow: the reader's own, whatever the page's is", ours: "medium" },
  { name: "focus", what: "the ring around what has the focus", ours: "var(--_accent)" },
  { name: "radius", what: "corners of cards", ours: "10px" },
  { name: "radius-small", what: "corners of controls", ours: "6px" },
  { name: "row-height", what: "height of a row of the tree", ours: "28px" },
];

/** Custom properties, as `:host` has them: `--_accent`, `--_text`, … */
export function themed() {
  const own = COLOURS.filter(({ ours }) => ours);
  /** @param {(colour: Colour & { ours: [string, string] }) => string} value */
  const colours = (value) =>
    own.map((colour) => `--_${colour.name}: var(--layerdrop-${colour.name}, ${value(/** @type {any} */ (colour))});`).join(" ");
  /** @param {Colour} colour @param {string} value */
  const fromPage = ({ name, page }, value) => (page && name !== "accent" ? `var(--_page-${name}, ${value})` : value);
  const page = [...COLOURS, ...OTHERS].flatMap(({ name, page }) => (page ? [`--_page-${name}: ${firstOf(page)};`] : []));
  const mixed = COLOURS.flatMap(({ name, mixed }) =>
    mixed ? [`--_${name}: var(--layerdrop-${name}, color-mix(in srgb, ${mixed}));`] : [],
  );
  const others = OTHERS.map(({ name, ours, page }) => `--_${name}: var(--layerdrop-${name}, ${page ? `var(--_page-${name}, ${ours})` : ours});`);
  return `
:host(:not([theme="light"], [theme="dark"], [data-theme="light"], [data-theme="dark"])) { ${page.join(" ")} }
:host([data-theme="light"]) { color-scheme: light; }
:host([data-theme="dark"]) { color-scheme: dark; }
:host([theme="light"]) { color-scheme: light; }
:host([theme="dark"]) { color-scheme: dark; }
:host { ${colours((colour) => fromPage(colour, colour.ours[0]))} ${mixed.join(" ")} ${others.join(" ")} }
@media (prefers-color-scheme: dark) { :host { ${colours((colour) => fromPage(colour, colour.ours[1]))} } }
/* Where light-dark() is known it decides, because then the page's own color-scheme counts rather than the system's. */
@supports (color: light-dark(#000, #fff)) { :host { ${colours((colour) => fromPage(colour, `light-dark(${colour.ours})`))} } }
/* A company's colour may be too light for text: its hue is kept, and it is made readable. */
@supports (color: light-dark(oklch(from red l c h), #fff)) {
  :host { --_accent: var(--layerdrop-accent, light-dark(oklch(from var(--_page-accent, #0b5fc4) min(l, 0.5) c h), oklch(from var(--_page-accent, #6cb0ff) max(l, 0.75) c h))); }
}
`;
}

/** @param {string[]} names @returns {string} */
function firstOf([name, ...rest]) {
  return `var(${name}${rest.length > 0 ? `, ${firstOf(rest)}` : ""})`;
}
