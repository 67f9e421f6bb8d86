/**
 * All that the page says, in English; the other languages say the same, and the type checker sees to it that none lacks
 * a word. What the engine says (findings, reasons, names of settings and steps, errors) is English in every language.
 */

import { wording } from "./wording.js";

const { plural, bytes, number, ...rest } = wording("en");

const files = (/** @type {number} */ value) => plural(value, { one: "# file", other: "# files" });
const folders = (/** @type {number} */ value) => plural(value, { one: "# folder", other: "# folders" });
const errors = (/** @type {number} */ value) => plural(value, { one: "# error", other: "# errors" });
const warnings = (/** @type {number} */ value) => plural(value, { one: "# warning", other: "# warnings" });
const wholeBytes = (/** @type {number} */ value) => plural(value, { one: "# byte", other: "# bytes" });

/** @typedef {typeof words} Words */

export const words = {
  ...rest,
  plural,
  bytes,
  number,

  files,
  folders,
  wholeBytes,
  inZip: "In the zip",
  unzipped: "Unzipped",
  more: (/** @type {number} */ value) => `and ${number(value)} more`,
  severity: { error: "error", warning: "warning", note: "note" },
  severities: {
    error: errors,
    warning: warnings,
    note: (/** @type {number} */ value) => plural(value, { one: "# note", other: "# notes" }),
  },

  intro: {
    what: "Drop packages, get an AWS Lambda layer that works, and the command that publishes it.",
    privacy: "Runs in this tab. Files are not uploaded.",
    check: "how to check",
    close: "close",
    proof:
      "See for yourself: open the network panel of the browser's developer tools, or switch the network off now. Dropping, building and downloading work all the same, and nothing is sent.",
  },

  zone: {
    invitation: "Drop files or folders here",
    files: "Choose files…",
    folder: "Choose folder…",
    filesToAdd: "Files to add",
    folderToAdd: "Folder to add",
    accepts: "Wheels, npm packages, jars, gems, programs, folders, archives. Or paste copied files.",
    try: "Or try ",
    target: "Drop to add",
    samples: { python: "Python packages", node: "A Node.js package", wrong: "One that would fail" },
  },

  steps: {
    undo: "Undo",
    redo: "Redo",
    keys: "Keys",
    startOver: "Start over",
    nothingToUndo: "Nothing to undo",
    nothingToRedo: "Nothing to redo",
    undoStep: (/** @type {string} */ name) => `Undo: ${name}`,
    redoStep: (/** @type {string} */ name) => `Redo: ${name}`,
    summary: (/** @type {number} */ sources, /** @type {number} */ count, /** @type {number} */ size) =>
      `${plural(sources, { one: "# source", other: "# sources" })} · ${files(count)} · ${bytes(size)} unzipped`,
    dismiss: "Dismiss",
  },

  said: {
    done: "Done.",
    doneStep: (/** @type {string} */ name) => `Done: ${name}.`,
    undone: (/** @type {string} */ name) => `Undone: ${name}.`,
    redone: (/** @type {string} */ name) => `Done again: ${name}.`,
    startedOver: "Started over.",
    cancelled: "Cancelled. Nothing was added.",
    download: (/** @type {string} */ name) => `Download of ${name} started.`,
    ready: (/** @type {string} */ name, /** @type {number} */ size) =>
      `Layer ready: ${name}, ${wholeBytes(size)}. Download and command follow the Build button.`,
    unreadable: (/** @type {number} */ value) =>
      plural(value, {
        one: "# item could not be read and is left out:",
        other: "# items could not be read and are left out:",
      }),
    onlyFolders: (/** @type {number} */ value) => `Nothing added: ${folders(value)} without files.`,
    emptyClipboard: "Nothing added: the clipboard holds no files.",
    emptySelection: "Nothing added: the selection holds no files.",
    added: (/** @type {number} */ value) => `Added ${files(value)}.`,
    addedFolders: (/** @type {number} */ value, /** @type {number} */ inFolders) =>
      `Added ${files(value)}, ${folders(inFolders)} – symlinks are never included.`,
    judged: (/** @type {number} */ bad, /** @type {number} */ doubtful) =>
      `${[bad > 0 ? errors(bad) : "", doubtful > 0 ? warnings(doubtful) : ""].filter(Boolean).join(", ")}.`,
  },

  progress: {
    name: "Progress",
    cancel: "Cancel",
    working: "Working",
    walking: (/** @type {number} */ done) => `Walking folders: ${files(done)}`,
    reading: "Reading",
    readingOf: (/** @type {number} */ done, /** @type {number} */ total) => `Reading ${number(done)} of ${files(total)}`,
    packing: "Packing",
    packingOf: (/** @type {number} */ done, /** @type {number} */ total, /** @type {number} */ some, /** @type {number} */ all) =>
      `Packing ${bytes(done)} of ${bytes(total)}, ${number(some)} of ${files(all)}`,
    secondsLeft: (/** @type {number} */ seconds) => `about ${number(seconds)} s left`,
    minutesLeft: (/** @type {number} */ minutes) => `about ${number(minutes)} min left`,
  },

  contents: {
    title: "Contents",
    as: "Contents as",
    tree: "Tree",
    map: "Size map",
    list: "Largest files",
    filter: "Filter by name",
    noMatch: "No name matches.",
    notThere: "It is not in the layer.",
    found: (/** @type {string} */ count) => `${count} found.`,
    newName: "New name",
    moreSources: (/** @type {number} */ value) => plural(value, { one: "# more source", other: "# more sources" }),
    refused: (/** @type {string} */ why) => `refused: ${why}`,
  },

  row: {
    folder: "folder",
    file: "file",
    excluded: "excluded",
    executable: "executable",
    findings: (/** @type {number} */ value) => plural(value, { one: "# finding", other: "# findings" }),
  },

  menu: {
    open: "Actions",
    name: (/** @type {number} */ value) => plural(value, { one: "Actions for # row", other: "Actions for # rows" }),
    rename: "Rename…",
    move: "Move to…",
    copyPath: "Copy path",
    copyPaths: "Copy paths",
    cut: "Cut",
    paste: "Paste here",
    folder: "New folder…",
    file: "New text file…",
    copied: (/** @type {number} */ value) => plural(value, { one: "# path copied.", other: "# paths copied." }),
    cutDone: (/** @type {number} */ value) =>
      plural(value, { one: "# row cut. Choose a folder and paste.", other: "# rows cut. Choose a folder and paste." }),
    keys: { rename: "F2", exclude: "Delete", copy: "Ctrl+C", cut: "Ctrl+X", paste: "Ctrl+V" },
  },

  move: {
    one: (/** @type {string} */ name) => `Move ${name} to…`,
    several: (/** @type {number} */ value) => plural(value, { one: "Move # row to…", other: "Move # rows to…" }),
    folder: "Folder: type to find it, or a new one",
    folders: "Folders",
    fresh: (/** @type {string} */ name) => `New folder /opt/${name}`,
    none: "No other folder can take it. Type the name of a new one.",
    move: "Move",
  },

  write: { folder: "New folder", file: "New text file", text: "Text", create: "Create" },

  map: {
    help: "Each file as large as the room that it takes. Point for its size, click to see it in the tree.",
    rest: "smaller files",
    sizes: "Sizes",
    largest: "The largest files",
    path: "Path",
  },

  details: {
    title: "Details",
    none: "Select a row of the contents to see why it is there.",
    exclude: "Exclude",
    include: "Include",
    all: {
      exclude: (/** @type {number} */ value) => `Exclude all ${number(value)}`,
      include: (/** @type {number} */ value) => `Include all ${number(value)}`,
    },
    executable: "Make executable",
    notExecutable: "Not executable",
    deleteKey: "Delete",
    path: "Path in /opt",
    folder: "Folder in /opt",
    move: "Move",
    size: "Size",
    sizeInZip: (/** @type {number} */ size, /** @type {number} */ zipped) => `${bytes(size)}, ${bytes(zipped)} in the zip`,
    holds: "Holds",
    mode: "Mode",
    from: "From",
  },

  findings: {
    title: "Findings",
    none: "Nothing found that would fail.",
    fixAll: (/** @type {number} */ value) => (value > 1 ? `Fix all ${number(value)} that are safe` : "Fix what is safe"),
    more: (/** @type {number} */ value) => plural(value, { one: "# more finding", other: "# more findings" }),
    passed: (/** @type {number} */ value) => plural(value, { one: "# check passed", other: "# checks passed" }),
    show: "Show in contents",
    filter: "Filter findings",
    noMatch: "No finding matches.",
  },

  tools: { title: "More tools", report: "Report", copy: "Copy as Markdown" },

  diff: { title: "Compare with an earlier zip", earlier: "Earlier zip of the layer", again: "Compare again" },

  stack: {
    title: "Stack layers",
    layers: "Zips of layers, up to five, in the function's order",
    function: "Zip of the function",
    up: "Up",
    upOf: (/** @type {string} */ name) => `Up: ${name}`,
    remove: "Remove",
    removeOf: (/** @type {string} */ name) => `Remove: ${name}`,
  },

  explain: {
    title: "Explain an error",
    message: "What CloudWatch, the console or a command says",
    explain: "Explain",
    told: (/** @type {number} */ value) => plural(value, { one: "# explanation below.", other: "# explanations below." }),
    finding: "Show the finding",
    source: "Source",
  },

  result: {
    title: "Result",
    build: "Build layer",
    building: "Building…",
    errorsFirst: (/** @type {number} */ value) => `${errors(value)} found: look at the findings first.`,
    download: "Download",
    bundle: "Download with everything about it",
    aboutBundle: "The zip with its recipe, a manifest, a bill of materials, scripts and templates",
    size: "Size",
    unzippedSize: (/** @type {number} */ size, /** @type {number} */ count) => `${wholeBytes(size)} in ${files(count)}`,
    saved: "Saved",
    savedBytes: (/** @type {number} */ saved, /** @type {number} */ all) =>
      `${wholeBytes(saved)} by recompressing: ${rest.share(saved, all)}`,
    publish: "Publish it",
    zipFile: "Zip file",
    of: (/** @type {number} */ value, /** @type {number} */ limit, /** @type {boolean} */ exact) =>
      `${exact ? "" : "about "}${bytes(value)} of ${bytes(limit)}`,
    ofBytes: (/** @type {number} */ value, /** @type {number} */ limit, /** @type {boolean} */ exact) =>
      `${exact ? "" : "about "}${number(value)} of ${wholeBytes(limit)}`,
    over: (/** @type {string} */ text) => `${text}, over the limit`,
  },

  budget: {
    title: "The function and its other layers",
    taken: (/** @type {string} */ size) => `The function and its other layers: ${size}`,
    functionSize: "Function, in MB unzipped",
    otherLayersSize: "Other layers, in MB unzipped",
    about: "They count with this layer; what they take is not left for it.",
  },

  slimming: {
    title: "Make it smaller",
    none: "There is nothing that the layer is known to work without.",
    fit: (/** @type {number} */ most, /** @type {boolean} */ zipped) =>
      `Fit into ${bytes(most)} ${zipped ? "as a zip" : "unzipped"}`,
    without: (/** @type {string[]} */ titles, /** @type {number} */ left) =>
      `Leave out ${titles.join(", ").toLowerCase()}: ${bytes(left)} are left`,
    tooLarge: (/** @type {number} */ left, /** @type {number} */ most, /** @type {boolean} */ zipped) =>
      `Without all of this it would still have ${bytes(left)} ${zipped ? "as a zip" : "unzipped"}; ${bytes(most)} are allowed.`,
    effect: (/** @type {string} */ title, /** @type {number} */ size, /** @type {number} */ count, /** @type {number} */ zipped) =>
      `${title}: ${bytes(size)} in ${files(count)}, about ${bytes(zipped)} of the zip`,
    leaveOut: "Leave out",
    leaveOutGroup: (/** @type {string} */ title) => `Leave out ${title.toLowerCase()}`,
  },

  command: {
    shell: "Shell",
    copy: "Copy",
    command: "Command",
    none: "There is no command for this layer as it is. The findings say why.",
    reads: (/** @type {string} */ name) => `The command reads ${name} from the same folder.`,
    download: (/** @type {string} */ name) => `Download ${name}`,
    show: "Show",
    copied: (/** @type {string} */ what) => `${what} copied.`,
    notCopied: "The browser does not allow copying here. Select the text and copy it by hand.",
  },

  kit: {
    title: "Commands and code",
    commands: "Commands",
    code: "As code",
    command: "What to do",
    format: "For which tool",
    noSnippet: "There is no file for this layer as it is. The findings say why.",
    answered: "Published? Go on with that version",
    answer: "What AWS answered",
    answerHelp: "Paste what the publish command printed: name and hash are checked, and all commands and files are for that version then.",
    take: "Take the answer",
    taken: (/** @type {number} */ value) => plural(value, { one: "# version taken over.", other: "# versions taken over." }),
  },

  choices: {
    title: "Keep and pass on",
    recipe: "Recipe",
    recipeHelp: "All that was decided, as a file. With the same files it gives the same zip, here and on the command line.",
    saveRecipe: "Save recipe",
    apply: "Apply a recipe…",
    applied: "Recipe applied.",
    missing: (/** @type {string} */ names) => `Not among the files: ${names}.`,
    changed: (/** @type {string} */ names) => `Other content than when the recipe was made: ${names}.`,
    extra: (/** @type {string} */ names) => `Not in the recipe: ${names}.`,
    presets: "Presets",
    presetsHelp: "Settings under a name. This browser alone keeps them.",
    presetName: "Name of the preset",
    save: "Save",
    saved: (/** @type {string} */ name) => `Preset ${name} saved.`,
    notKept: "The browser keeps nothing here.",
    forget: "Forget",
    forgetPreset: (/** @type {string} */ name) => `Forget ${name}`,
    forgotten: (/** @type {string} */ name) => `Preset ${name} forgotten.`,
    link: "Link",
    linkHelp: "The settings, and nothing of the files, in the part of an address that no server sees.",
    copyLink: "Copy link",
  },

  report: { title: "Layer report", name: "Name", targets: "For", sources: "Sources", print: "Print report" },

  session: {
    offer: (/** @type {number} */ value, /** @type {string} */ when) =>
      `${plural(value, { one: "# source", other: "# sources" })} of ${when}: `,
    restore: "Go on with the last session",
    forget: "Forget it",
    forgotten: "Forgotten. This page keeps nothing more.",
    restored: "The last session is back, with all its steps.",
    cancelled: "Cancelled. The last session is still kept.",
    again: (/** @type {string} */ names) => `Its files could not be kept. Add them again: ${names}.`,
    title: "Session",
    help: "This browser keeps it for seven days, with its files, for the next time that this page is opened.",
    stop: "Forget and keep nothing",
  },

  settings: {
    title: "Layer",
    more: "More settings",
    layout: "Layout",
    compression: "Compression",
    runtimes: "Runtimes",
    architectures: "Architectures",
    others: (/** @type {number} */ value) => `Other runtimes (${number(value)})`,
    /** Fields and choices in other languages, by their ids: in English it is the engine that names them. @type {Record<string, { label: string, help: string }>} */
    told: {},
    tooLong: (/** @type {number} */ length, /** @type {number} */ most) =>
      `${number(length)} of ${plural(most, { one: "# character", other: "# characters" })}. `,
  },

  keys: {
    title: "Keys",
    close: "Close",
    /** Each place with its keys, each key with what it does. @type {[string, [string, string][]][]} */
    sheet: [
      [
        "Everywhere in Layerdrop",
        [
          ["Ctrl+Z", "Undo"],
          ["Ctrl+Shift+Z, Ctrl+Y", "Redo"],
          ["Esc", "Cancel what is being done"],
          ["F8, Shift+F8", "Next and previous finding"],
          ["/", "Filter the contents"],
          ["?", "This sheet"],
        ],
      ],
      [
        "In the tree",
        [
          ["↑ ↓ Home End", "Go to a row"],
          ["→ ←", "Open and close a folder, go in and out"],
          ["Enter", "Open and close a folder; to a file's details, Esc comes back"],
          ["Ctrl+F", "Filter the contents"],
          ["Letters", "Go to the next row that begins so"],
          ["*", "Open all folders beside"],
          ["Space, Shift+↑ ↓, Ctrl+A", "Select several"],
          ["Delete", "Leave out, or take back"],
          ["F2", "Rename"],
          ["Ctrl+C", "Copy the paths"],
          ["Ctrl+X, Ctrl+V", "Move to another folder"],
          ["Shift+F10, Menu", "All that can be done with a row"],
        ],
      ],
    ],
  },
};
