//! The shapes of the views for those who write JavaScript; `tsc` checks the page against them.

use wasm_bindgen::prelude::wasm_bindgen;

/// The shapes above for those who write JavaScript.
#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = r#"
export type Severity = "error" | "warning" | "note";
export interface Settings {
  runtimes: string[]; architectures: string[]; layerName: string; description: string; licenseInfo: string;
  s3Bucket: string; s3Key: string; region: string; profile: string; layout: "flat" | "versioned";
  /** Further regions to publish to. */
  regions: string[];
  /** The version of a zip that is in the bucket already. */
  s3ObjectVersion: string;
  s3StorageMode: "copy" | "reference";
  /** Account ids of 12 digits, `o-…` for an organization, `*` for everyone. */
  shareWith: string[];
  /** A function to attach the layer to: its name or ARN. */
  functionName: string;
  /** How many versions a clean-up leaves. */
  keepVersions: number;
  /** Bytes that the function and its other layers take unpacked: AWS counts them with this layer. */
  functionSize: number; otherLayersSize: number;
  /** What every layer's name begins with. */
  namePrefix: string;
  /** SPDX identifiers; empty for all. */
  allowedLicenses: string[];
  /** What is done with bytes that arrive compressed; `smallest` compresses everything again, as hard as it goes. */
  recompress: "keep" | "smallest";
}
/** A file as it was dropped. `mode`: Unix mode bits; `mtime`: ms since 1970; `size`: bytes, as first seen; `head`: its first bytes, where they were read already. */
export interface DroppedFile { path: string; blob: Blob; mode?: number; mtime?: number; size?: number; head?: Uint8Array; sights?: PackerSight[]; }
/** A change that mends a finding: `apply({ op: "fix", id })`. */
export interface Fix { id: string; label: string; kind: "safe" | "suggested"; }
/** What to run where nothing can be mended here; then drop what it gets. */
export interface FindingCommand { label: string; sh: string; powershell: string; cmd: string; }
export interface Finding {
  rule: string; severity: Severity; path: string; source: string; message: string; why: string; how: string;
  code: string; fixes: Fix[]; commands: FindingCommand[];
}
/** `link`: where it leads, as it stands in the zip; its size is then that of the link. */
export interface Entry { path: string; size: number; mode: number; source: string; reason: string; link?: string; }
export interface Recognised {
  source: string; kind: string; name: string; version: string; refused?: string; entries: number; size: number; reason: string;
}
/** Bytes. `zipped` is an estimate until the zip was built; `unzippedLimit` is less what the function and its other layers take. */
export interface Sizes {
  unzipped: number; unzippedLimit: number; zipped: number; zippedIsExact: boolean; zippedLimit: number;
}
/** Current runtimes and architectures on which all of it runs. */
export interface Proposed { runtimes: string[]; architectures: string[]; }
/** A runtime on an architecture that it is offered on. Red: something fails. Amber: something may fail, or nothing is
 * for it. `reasons` holds the worst few of `reasonCount`. */
export interface TargetRow {
  runtime: string; architecture: string; verdict: "green" | "amber" | "red"; reasonCount: number;
  reasons: { rule: string; severity: Severity; package: string; path: string; message: string }[];
}
/** What the layer could do without: safe groups first, of these the largest. `fits`: which of them, from the first on,
 * bring it down to `most` bytes, and how many are `left` then; `take` is empty where it fits as it is. */
export interface Slimming {
  groups: {
    id: string; title: string; why: string; kind: "safe" | "suggested"; files: number; unzipped: number; zipped: number; paths: string[];
  }[];
  fits: { limit: "unzipped" | "zipped"; most: number; fits: boolean; take: string[]; left: number; }[];
}
export interface Plan {
  entries: Entry[]; excluded: Entry[]; findings: Finding[]; recognised: Recognised[]; sizes: Sizes; proposed: Proposed;
  targets: TargetRow[]; slimming: Slimming;
}
export interface Overview {
  targets: TargetRow[]; findings: Finding[]; recognised: Recognised[]; sizes: Sizes; proposed: Proposed; settings: Settings; entryCount: number; rowCount: number;
  /** Checks that found nothing, each with what it looked at. */
  passed: { check: string; lookedAt: string }[];
  /** Findings that `fixAll` mends. */
  safeFixes: number;
  undo: string | null; redo: string | null;
}
/** `files`: those that the filter means, all where there is none; `index`: the row that was asked for. */
export interface Sight { rowCount: number; files: number; index: number | null; }
/** `name`: the path below the row around it; `pieces`: the name, every second piece being what was looked for. */
export interface TreeRow {
  index: number; path: string; name: string; pieces: string[]; parent: number | null; level: number; setSize: number; posInSet: number; folder: boolean;
  open: boolean; excluded: boolean; files: number; size: number; mode: number; source: string; reason: string;
  worst: Severity | null; findings: number;
}
/** `zipped`: bytes in the zip, an estimate for what is not packed yet; `findings`: indices into the overview's. */
export interface Details {
  path: string; folder: boolean; excluded: boolean; files: number; size: number; zipped: number; mode: number; source: string;
  reason: string; facts: { label: string; value: string }[]; findings: number[];
}
/** A rectangle of the size map; without a path the rest of a folder, which is too small to be drawn. */
export interface Tile {
  path: string; name: string; folder: boolean; depth: number; size: number; x: number; y: number; width: number; height: number;
  worst: Severity | null; family: number;
}
export interface LargeFile { path: string; source: string; size: number; zipped: number; }
/** A message that a log or a command shows: what it means, `here` what of it is seen in this layer, at `path`, and the
 * finding that tells of the same. What no row knows has the id `not-known`. `link`: where the message is documented. */
export interface Explanation {
  id: string; what: string; why: string; how: string; here: string; link: string; path?: string; finding?: Finding; fixes: Fix[];
  commands: FindingCommand[];
}
/** What changes from an earlier layer to this one. `before` is null where something is new, `after` where it is gone;
 * `content`: whether the bytes differ, else the mode alone does; `targets`: where the two don't work alike, of the chosen
 * ones; `requirements`: what packages ask for, by their metadata, in which versions; `libraries`: what it needs and does not bring, newly or no longer. */
export interface Difference {
  same: boolean;
  files: { path: string; before: LayerFile | null; after: LayerFile | null; content: boolean }[];
  packages: { package: string; before: string[]; after: string[] }[];
  requirements: { package: string; needs: string; before: string | null; after: string | null }[];
  targets: { runtime: string; architecture: string; before: TargetRow["verdict"]; after: TargetRow["verdict"] }[];
  libraries: { added: string[]; removed: string[] };
  before: LayerSide; after: LayerSide; markdown: string;
}
export interface LayerFile { size: number; mode: number; }
/** `glibc`, `glibcxx`: the newest that it needs, empty where it needs none. */
export interface LayerSide { unzipped: number; entries: number; glibc: string; glibcxx: string; }
/** Layers on top of each other. `members`: the layers in their order, and then the function; `winner`, `hidden` and
 * `member` are indices into them. `entries`: the merged `/opt`. `sizes.unzipped` is of all members. */
export interface Stack {
  members: { path: string; unzipped: number; entries: number; function: boolean }[]; fits: boolean;
  sizes: { unzipped: number; unzippedLimit: number; merged: number };
  entries: Entry[]; shadows: { path: string; winner: number; hidden: number[]; same: boolean }[];
  /** Modules that are never loaded from the layers, since the function brings its own. */
  overridden: { path: string; hidden: number[] }[];
  packages: { package: string; versions: { version: string; member: number }[] }[];
  findings: Finding[]; targets: TargetRow[]; markdown: string;
}
/** How the files that are there compare with a recipe's, by name. */
export interface Comparison { missing: string[]; changed: string[]; extra: string[]; }
export type Token = "comment" | "text" | "option" | "number" | "word" | "sign" | "space";
export type Operation =
  | { op: "move"; path: string; to: string } | { op: "rename"; path: string; name: string }
  | { op: "exclude"; path?: string; paths?: string[]; source?: string }
  | { op: "include"; path?: string; paths?: string[]; source?: string; to?: string }
  | { op: "slim"; id: string } | { op: "fit"; limit: "unzipped" | "zipped" }
  | { op: "move"; source: string; path?: string; to: string }
  | { op: "chmod"; path: string; mode: number } | { op: "mend"; path: string } | { op: "fix"; id: string }
  | { op: "link"; path?: string; paths?: string[]; to: string }
  | { op: "write"; path: string; text: string } | { op: "folder"; path: string }
  | { op: "fixAll" } | { op: "all"; operations: Operation[] };
/** Texts are empty where there is nothing to do, or where AWS is known to refuse it. */
export interface Command {
  title: string; about: string; sh: string; powershell: string; cmd: string; files: { name: string; text: string }[];
}
export type CommandName =
  "publish" | "publishIfChanged" | "check" | "share" | "unshare" | "policy" | "attach" | "list" | "users" | "delete" | "cleanUp";
export type SnippetName =
  "sam" | "cloudformation" | "cdkTypescript" | "cdkPython" | "terraform" | "pulumi" | "serverless" | "githubActions" | "makefile" | "console";
/** A layer version at AWS. */
export interface Version { arn: string; number: number; region: string; account: string; }
/** A built layer apart from its bytes, and what AWS answered when it was published. */
export interface Published {
  fileName: string; size: number; codeSha256: string; sha256Hex: string; unzippedSize: number; entryCount: number;
  /** Bytes that recompressing saved of what arrived compressed. */
  saved: number;
  commands: Record<CommandName, Command>;
  /** Whole files that stand beside the zip; empty where AWS is known to refuse it. */
  snippets: Record<SnippetName, string>;
  published: Version[];
}
export interface Layer extends Published { blob: Blob; }
/** A zip of the layer's own zip and all about it. */
export interface Bundle { fileName: string; blob: Blob; }
/** `done` and `total` are bytes while packing, with the files beside them, and files otherwise. */
export interface Progress {
  phase: "walking" | "reading" | "packing"; done: number; total: number; detail: string; files?: number; allFiles?: number;
}
/** `parts`, one after the other, have `length` bytes: the input. */
export interface PackingJob { id: number; parts: (Blob | Uint8Array<ArrayBuffer>)[]; length: number; steps: Float64Array; }
export type PackerResult =
  | { outcomes: Float64Array; made: ArrayBuffer; input?: ArrayBuffer } | { step: number; damaged: string };
/** What a packer saw of members of an archive, as it goes back to the engine. */
export interface PackerSight { seen: Float64Array; made: ArrayBuffer; }
export interface Catalogue {
  version: string;
  runtimes: { id: string; family: string; label: string; status: "current" | "deprecated" | "unconfirmed"; architectures: string[]; }[];
  architectures: string[]; layouts: { id: string; label: string; help: string }[];
  recompress: { id: string; label: string; help: string }[];
  fields: { id: keyof Settings; label: string; help: string; maxLength: number }[];
  snippets: { id: SnippetName; title: string; fileName: string; language: string }[];
}
"#;
