import { zip } from "./zip.js";

/**
 * Files that are broken or hostile: each is dropped beside a good wheel.
 * @typedef {object} BadFile
 * @property {string} what
 * @property {string} name  as dropped
 * @property {(good: Buffer) => Buffer} bytes  made from the good wheel's
 * @property {string} rule  what must be found
 * @property {"error" | "warning" | "note"} severity
 * @property {string} [code]
 * @property {string} [entry]  a name inside the archive that the message must give
 * @property {string[]} [kept]  what of it is in the layer all the same
 */

const module = { name: "fine.py", text: "x = 1\n" };

/** @type {BadFile[]} */
export const BAD_FILES = [
  {
    what: "a truncated wheel",
    name: "idna-3.10-py3-none-any.whl",
    bytes: (good) => good.subarray(0, good.length / 2),
    rule: "damaged-archive",
    severity: "error",
  },
  {
    what: "a wheel that lost its last byte",
    name: "idna-3.10-py3-none-any.whl",
    bytes: (good) => good.subarray(0, -1),
    rule: "damaged-archive",
    severity: "error",
  },
  {
    what: "a text file named .whl",
    name: "notes-1.0-py3-none-any.whl",
    bytes: () => Buffer.from("no zip at all\n"),
    rule: "damaged-archive",
    severity: "error",
  },
  {
    what: "a text file named .zip",
    name: "notes.zip",
    bytes: () => Buffer.from("no zip at all\n"),
    rule: "damaged-archive",
    severity: "error",
  },
  {
    what: "a file of 0 bytes",
    name: "nothing",
    bytes: () => Buffer.alloc(0),
    rule: "unrecognised-source",
    severity: "warning",
  },
  {
    what: "a wheel of 0 bytes",
    name: "empty-1.0-py3-none-any.whl",
    bytes: () => Buffer.alloc(0),
    rule: "damaged-archive",
    severity: "error",
  },
  {
    what: "a zip without members",
    name: "hollow.zip",
    bytes: () => zip([]),
    rule: "normalised-archive",
    severity: "warning",
    code: "EMPTY_ARCHIVE",
  },
  {
    what: "a file of no known kind",
    name: "holiday.jpg",
    bytes: () => Buffer.from([0xff, 0xd8, 0xff, 0xe0]),
    rule: "unrecognised-source",
    severity: "warning",
  },
  {
    what: "a zip with .. in a name",
    name: "climbs.zip",
    bytes: () => zip([module, { name: "a/../../evil.py", text: "" }]),
    rule: "unsafe-path",
    severity: "error",
    code: "NAME_TRAVERSAL",
    entry: "a/../../evil.py",
  },
  {
    what: "a zip with .. behind a backslash",
    name: "climbs.zip",
    bytes: () => zip([module, { name: "a\\..\\..\\evil.py", text: "" }]),
    rule: "unsafe-path",
    severity: "error",
    code: "NAME_TRAVERSAL",
    entry: "evil.py",
  },
  {
    what: "a zip with an absolute name",
    name: "absolute.zip",
    bytes: () => zip([module, { name: "/etc/evil.py", text: "" }]),
    rule: "unsafe-path",
    severity: "warning",
    code: "NAME_ABSOLUTE_STRIPPED",
    entry: "/etc/evil.py",
    kept: ["python/etc/evil.py", "python/fine.py"],
  },
  {
    what: "a zip with a drive letter",
    name: "drive.zip",
    bytes: () => zip([module, { name: "C:\\evil.py", text: "" }]),
    rule: "unsafe-path",
    severity: "error",
    code: "NAME_DRIVE",
    entry: "evil.py",
  },
  {
    what: "a zip with backslashes",
    name: "windows.zip",
    bytes: () => zip([module, { name: "tools\\__init__.py", text: "" }]),
    rule: "unsafe-path",
    severity: "warning",
    code: "NAME_BACKSLASH",
    entry: "tools",
    kept: ["python/fine.py", "python/tools/__init__.py"],
  },
  {
    what: "a zip whose name is not the UTF-8 that it promises",
    name: "bytes.zip",
    bytes: () => zip([module, { name: Buffer.from("b\xfcse.py", "latin1"), text: "", utf8: true }]),
    rule: "unsafe-path",
    severity: "error",
    code: "NAME_ENCODING",
  },
  {
    what: "a zip whose name is in an old code page",
    name: "codepage.zip",
    bytes: () => zip([module, { name: Buffer.from("b\x81se.py", "latin1"), text: "" }]),
    rule: "normalised-name",
    severity: "warning",
    code: "NAME_CP437",
    entry: "büse.py",
    kept: ["python/büse.py", "python/fine.py"],
  },
  {
    what: "a zip with one name twice",
    name: "twice.zip",
    bytes: () => zip([module, { name: "fine.py", text: "x = 2\n" }]),
    rule: "duplicate-path",
    severity: "error",
    code: "DUPLICATE",
    entry: "fine.py",
  },
  {
    what: "a wheel with .. in a name",
    name: "climbs-1.0-py3-none-any.whl",
    bytes: () => zip([{ name: "../evil.py", text: "" }]),
    rule: "unsafe-path",
    severity: "error",
    code: "NAME_TRAVERSAL",
    entry: "../evil.py",
  },
  {
    what: "a wheel with an absolute name",
    name: "absolute-1.0-py3-none-any.whl",
    bytes: () => zip([{ name: "/evil.py", text: "" }]),
    rule: "unsafe-path",
    severity: "error",
    code: "NAME_ABSOLUTE",
    entry: "/evil.py",
  },
  {
    what: "a wheel without its metadata",
    name: "bare-1.0-py3-none-any.whl",
    bytes: () => zip([module]),
    rule: "invalid-wheel",
    severity: "error",
  },
  {
    what: "a good wheel under a name that is none",
    name: "renamed.whl",
    bytes: (good) => good,
    rule: "invalid-wheel",
    severity: "error",
  },
];
