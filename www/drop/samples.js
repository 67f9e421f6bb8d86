/**
 * What the empty page offers to try: small packages as they lie on a disk, made here, so that nothing is fetched.
 *
 * @typedef {import("./dropped-files.js").FoundFile} FoundFile
 * @typedef {{ id: "python" | "node" | "wrong", files: () => FoundFile[] }} Sample
 */

/** The beginning of a program for macOS on arm64: magic number, processor, kind, no commands. */
const MACH_O = [0xfeedfacf, 0x0100000c, 0, 6, 0, 0, 0, 0];

/** @type {Sample[]} */
export const SAMPLES = [
  {
    id: "python",
    files: () => [
      ...installed("greetings", "1.2.0", "py3-none-any", {
        "greetings/__init__.py": 'from plurals import plural\n\n\ndef greet(count):\n    return f"Hello, {plural(count, \'function\')}!"\n',
        "greetings/words.py": 'HELLO = {"en": "Hello", "de": "Hallo", "fr": "Bonjour"}\n',
      }),
      ...installed("plurals", "0.9.1", "py3-none-any", {
        "plurals/__init__.py": 'def plural(count, word):\n    return f"{count} {word}" if count == 1 else f"{count} {word}s"\n',
      }),
    ],
  },
  {
    id: "node",
    files: () => [
      text(
        "node_modules/greetings/package.json",
        '{\n  "name": "greetings",\n  "version": "1.2.0",\n  "main": "index.js",\n  "license": "MIT"\n}\n',
      ),
      text("node_modules/greetings/index.js", "exports.greet = (name) => `Hello, ${name}!`;\n"),
    ],
  },
  {
    id: "wrong",
    files: () => [
      ...installed("colours", "2.0.0", "cp312-cp312-macosx_11_0_arm64", {
        "colours/__init__.py": "from colours._fast import mix\n",
      }),
      {
        path: "colours/_fast.cpython-312-darwin.so",
        blob: new Blob([Uint32Array.from(MACH_O)]),
        mtime: 0,
      },
    ],
  },
];

/**
 * The files of a Python package as pip installs them.
 * @param {string} name
 * @param {string} version
 * @param {string} tag
 * @param {Record<string, string>} files
 */
function installed(name, version, tag, files) {
  const info = `${name}-${version}.dist-info`;
  return [
    ...Object.entries(files).map(([path, content]) => text(path, content)),
    text(`${info}/METADATA`, `Metadata-Version: 2.1\nName: ${name}\nVersion: ${version}\nLicense-Expression: MIT\n`),
    text(`${info}/WHEEL`, `Wheel-Version: 1.0\nRoot-Is-Purelib: ${tag.endsWith("any")}\nTag: ${tag}\n`),
  ];
}

/**
 * @param {string} path
 * @param {string} content
 * @returns {FoundFile}
 */
function text(path, content) {
  return { path, blob: new Blob([content]), mtime: 0 };
}
