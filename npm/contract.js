/**
 * The contract of `<layer-drop>` as rows. `custom-elements.json` and README's tables are made from them, and
 * tests/www/contract.test.js compares them with the code.
 */

import { COLOURS, OTHERS } from "../www/page/theme.js";

/** @typedef {{ name: string, type: string, what: string, setting?: string }} Attribute */

/** Each also as `data-…`. @type {Attribute[]} */
export const ATTRIBUTES = [
  { name: "runtime", type: "list", what: "runtimes that the layer is for", setting: "runtimes" },
  { name: "architecture", type: "list", what: "`x86_64`, `arm64`", setting: "architectures" },
  { name: "layer-name", type: "text", what: "name of the layer", setting: "layerName" },
  { name: "description", type: "text", what: "what AWS shows beside a version", setting: "description" },
  { name: "license-info", type: "text", what: "the layer's own licence", setting: "licenseInfo" },
  { name: "layout", type: "`flat`, `versioned`", what: "one folder for all runtimes of a language, or one for each", setting: "layout" },
  { name: "recompress", type: "`keep`, `smallest`", what: "what is packed already stays so, or is packed again if that is smaller", setting: "recompress" },
  { name: "region", type: "text", what: "region to publish in", setting: "region" },
  { name: "regions", type: "list", what: "several of them", setting: "regions" },
  { name: "profile", type: "text", what: "profile of the AWS CLI", setting: "profile" },
  { name: "s3-bucket", type: "text", what: "bucket to publish through; `{region}` stands for the region", setting: "s3Bucket" },
  { name: "s3-key", type: "text", what: "key in that bucket", setting: "s3Key" },
  { name: "s3-object-version", type: "text", what: "version of that object", setting: "s3ObjectVersion" },
  { name: "s3-storage-mode", type: "`copy`, `reference`", what: "whether AWS copies the object or refers to it", setting: "s3StorageMode" },
  { name: "share-with", type: "list", what: "account ids, `o-…`, `*`", setting: "shareWith" },
  { name: "function-name", type: "text", what: "function to attach the layer to", setting: "functionName" },
  { name: "keep-versions", type: "number", what: "versions that cleaning up leaves", setting: "keepVersions" },
  { name: "name-prefix", type: "text", what: "what the layer's name must begin with", setting: "namePrefix" },
  { name: "function-size", type: "number", what: "bytes that the function takes unpacked: AWS counts them with this layer", setting: "functionSize" },
  { name: "other-layers-size", type: "number", what: "bytes that the function's other layers take unpacked", setting: "otherLayersSize" },
  { name: "allowed-licenses", type: "list", what: "licences that packages may have; others are findings", setting: "allowedLicenses" },
  { name: "theme", type: "`light`, `dark`", what: "colours, where the `color-scheme` of the page is not to decide" },
  { name: "lang", type: "language", what: "English or German; on the element or around it, else the browser's. What the engine says is English" },
  { name: "keep-session", type: "present or not", what: "the browser keeps the session, with its files, for seven days; where `whole-window` is, it always does" },
  { name: "whole-window", type: "present or not", what: "drops, pastes and shortcuts count everywhere in the window" },
];

/** @type {{ name: string, type: string, what: string, readonly?: boolean }[]} */
export const PROPERTIES = [
  { name: "settings", type: "Settings", what: "setting merges a partial object, reading gives all" },
  { name: "ready", type: 'Promise<{ worker: "blob" | "url", version: string }>', what: "kept when worker and wasm are up", readonly: true },
];

/** @type {{ name: string, parameters: [string, string][], returns: string, what: string }[]} */
export const METHODS = [
  {
    name: "addFiles",
    parameters: [
      ["files", "Iterable<{ path: string, blob: Blob, mode?: number, mtime?: number }>"],
      ["options?", "{ signal?: AbortSignal }"],
    ],
    returns: "Promise<void>",
    what: "adds files; `path` as dropped",
  },
  { name: "plan", parameters: [["options?", "{ signal?: AbortSignal }"]], returns: "Promise<Plan>", what: "what would be in the layer, and what is wrong with it" },
  { name: "apply", parameters: [["operation", "Operation"]], returns: "Promise<void>", what: "changes the layer" },
  { name: "undo", parameters: [], returns: "Promise<void>", what: "takes the last step back" },
  { name: "redo", parameters: [], returns: "Promise<void>", what: "does it again" },
  { name: "clear", parameters: [], returns: "Promise<void>", what: "starts over; that can be undone" },
  { name: "build", parameters: [["options?", "{ signal?: AbortSignal, workers?: number }"]], returns: "Promise<Layer>", what: "the zip, its hash, commands and snippets; `workers` is how many pack, else one for each core, at most 8" },
  { name: "published", parameters: [["answer", "string"]], returns: "Promise<Published>", what: "takes what the publish command printed; commands, snippets and bundle then name that version" },
  { name: "bundle", parameters: [["options?", "{ signal?: AbortSignal, workers?: number }"]], returns: "Promise<Bundle>", what: "one zip with the layer, its recipe, a manifest of all files, a bill of materials (CycloneDX), and commands and snippets as files" },
  { name: "explain", parameters: [["text", "string"]], returns: "Promise<Explanation[]>", what: "what a message of a log or a command means, and what of it is seen in the layer" },
  { name: "diff", parameters: [["earlier", "{ path: string, blob: Blob }"]], returns: "Promise<Difference>", what: "what changes from an earlier layer's zip to this layer" },
  { name: "stack", parameters: [["layers", "Iterable<{ path: string, blob: Blob }>"], ["functionZip?", "{ path: string, blob: Blob }"]], returns: "Promise<Stack>", what: "up to five layers on top of each other, and the function that has them: who wins where, and whether all fits" },
  { name: "recipe", parameters: [], returns: "Promise<string>", what: "all that was decided, as the text of a `layer.json`" },
  { name: "applyRecipe", parameters: [["recipe", "string | object"]], returns: "Promise<Comparison>", what: "decides as a recipe did" },
];

/** They bubble and are composed. @type {{ name: string, detail: string, what: string }[]} */
export const EVENTS = [
  { name: "layerdrop-ready", detail: "{ worker, version }", what: "worker and wasm are up" },
  { name: "layerdrop-change", detail: "{ entryCount, sizes, settings }", what: "the layer or a setting has changed" },
  { name: "layerdrop-findings", detail: "{ findings }", what: "what was found after a change" },
  { name: "layerdrop-progress", detail: "{ phase, done, total, detail }", what: "how far the work is" },
  { name: "layerdrop-built", detail: "Layer", what: "what `build` gives" },
  { name: "layerdrop-download", detail: "{ blob, fileName }", what: "a file is about to be saved; cancelable, for pages that save it themselves" },
  { name: "layerdrop-error", detail: "{ name, message, error }", what: "a call failed" },
];

/** @type {{ name: string, what: string }[]} */
export const SLOTS = [
  { name: "", what: "shown until the script has loaded" },
  { name: "header", what: "above everything" },
  { name: "empty", what: "below the drop zone, while nothing has been dropped" },
  { name: "saving", what: "below the Download button" },
  { name: "help", what: "beside an error: whom to ask" },
  { name: "footer", what: "below everything" },
];

/** @type {{ name: string, what: string }[]} */
export const PARTS = [
  { name: "intro", what: "the first line" },
  { name: "drop-zone", what: "the ways in" },
  { name: "choose-files", what: "the button for files" },
  { name: "choose-folder", what: "the button for a folder" },
  { name: "drop-target", what: "what covers the element while something is dragged" },
  { name: "contents", what: "the card of the tree" },
  { name: "row", what: "a row of the tree" },
  { name: "details", what: "what is said about a row" },
  { name: "findings", what: "the list of findings" },
  { name: "settings", what: "the form" },
  { name: "layer", what: "sizes and the Build button" },
  { name: "build", what: "the Build button" },
  { name: "result", what: "what was built" },
  { name: "download", what: "the Download button" },
  { name: "download-all", what: "the button that downloads the bundle" },
  { name: "command", what: "the text of a command" },
  { name: "copy", what: "the Copy button" },
  { name: "progress", what: "what is being done" },
  { name: "error", what: "what went wrong" },
  { name: "status", what: "what was said in passing" },
];

/** @type {{ name: string, ours: string, what: string }[]} */
export const CSS_PROPERTIES = [
  ...COLOURS.map(({ name, what, ours, mixed }) => ({
    name: `--layerdrop-${name}`,
    what,
    ours: ours ? `light-dark(${ours.join(", ")})` : `color-mix(in srgb, ${mixed?.replaceAll("--_", "--layerdrop-")})`,
  })),
  ...OTHERS.map(({ name, what, ours }) => ({ name: `--layerdrop-${name}`, what, ours: ours.replaceAll("--_", "--layerdrop-") })),
];
