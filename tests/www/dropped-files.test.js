// The walk through what a browser gives for a drop, with fakes in place of the browser. Run by `node --test tests/www`.

import assert from "node:assert/strict";
import { test } from "node:test";

import { droppedFiles, pickedFiles } from "../../www/drop/dropped-files.js";

const file = (name, text = name) => new File([text], name, { lastModified: 1000 });

/** A FileSystemHandle made of a tree: strings are files, objects folders, errors are thrown. */
function handle(name, content) {
  if (typeof content === "string") return { kind: "file", name, getFile: async () => file(name, content) };
  if (content instanceof Error)
    return {
      kind: "file",
      name,
      getFile: async () => {
        throw content;
      },
    };
  return {
    kind: "directory",
    name,
    async *values() {
      for (const [child, inside] of Object.entries(content)) {
        if (child === "!") throw inside;
        yield handle(child, inside);
      }
    },
  };
}

/** A FileSystemEntry of the same; like a browser it gives at most 100 children per call. */
function entry(name, content) {
  if (typeof content === "string") return { isFile: true, name, file: (done) => done(file(name, content)) };
  if (content instanceof Error) return { isFile: true, name, file: (_, failed) => failed(content) };
  return {
    isFile: false,
    name,
    createReader() {
      const rest = Object.entries(content).map(([child, inside]) => entry(child, inside));
      return { readEntries: (done) => queueMicrotask(() => done(rest.splice(0, 100))) };
    },
  };
}

const item = ({ handle, entry, file = null }) => ({
  kind: "file",
  getAsFileSystemHandle: handle === undefined ? undefined : async () => handle,
  webkitGetAsEntry: () => entry ?? null,
  getAsFile: () => file,
});
const drop = (...items) => ({ items, files: [] });
const paths = ({ files }) => files.map(({ path }) => path).sort();

const tree = { "a.py": "a", ".hidden": "h", sub: { "b.py": "b", empty: {} } };
const treePaths = ["pkg/.hidden", "pkg/a.py", "pkg/sub/b.py"];

test("a folder comes with its name in front, hidden files and all, through handles", async () => {
  const found = await droppedFiles(drop(item({ handle: handle("pkg", tree) })));
  assert.deepEqual(paths(found), treePaths);
  assert.equal(found.folders, 3);
  assert.deepEqual(found.problems, []);
  assert.equal(found.files[0].mtime, 1000);
});

test("a folder comes the same way through entries", async () => {
  const found = await droppedFiles(drop(item({ entry: entry("pkg", tree) })));
  assert.deepEqual(paths(found), treePaths);
  assert.equal(found.folders, 3);
});

test("all of 250 entries arrive, though one call gives 100", async () => {
  const many = Object.fromEntries(Array.from({ length: 250 }, (_, index) => [`${index}.py`, "x"]));
  const found = await droppedFiles(drop(item({ entry: entry("many", many) })));
  assert.equal(found.files.length, 250);
});

test("a handle that is refused gives way to the entry, and that to the file", async () => {
  const refused = {
    ...item({ entry: entry("a.py", "a") }),
    getAsFileSystemHandle: async () => {
      throw new DOMException("no", "NotAllowedError");
    },
  };
  assert.deepEqual(paths(await droppedFiles(drop(refused))), ["a.py"]);
  assert.deepEqual(paths(await droppedFiles(drop(item({ handle: null, file: file("b.py") })))), ["b.py"]);
});

test("a file that can't be opened is a problem with its path, and costs the others nothing", async () => {
  const found = await droppedFiles(
    drop(
      item({ handle: handle("pkg", { "bad.py": new DOMException("gone", "NotFoundError"), "good.py": "g" }) }),
      item({ handle: handle("other.py", "o") }),
    ),
  );
  assert.deepEqual(paths(found), ["other.py", "pkg/good.py"]);
  assert.deepEqual(found.problems, [{ path: "pkg/bad.py", message: "NotFoundError: gone" }]);
});

test("a link to a file, which opens only as a plain file, comes as that; one to a folder is a problem", async () => {
  const gone = new DOMException("gone", "NotFoundError");
  const link = item({ handle: handle("libz.so", gone), entry: entry("libz.so", gone), file: file("libz.so") });
  assert.deepEqual(paths(await droppedFiles(drop(link))), ["libz.so"]);
  const folder = item({ handle: handle("lib", gone), entry: entry("lib", {}), file: file("lib") });
  const found = await droppedFiles(drop(folder));
  assert.deepEqual([found.files, found.problems.length], [[], 1]);
});

test("a folder whose listing breaks off is walked through entries instead", async () => {
  const broken = handle("pkg", { "a.py": "a", "!": new DOMException("a pipe", "NotFoundError"), "b.py": "b" });
  const found = await droppedFiles(drop(item({ handle: broken, entry: entry("pkg", { "a.py": "a", "b.py": "b" }) })));
  assert.deepEqual(paths(found), ["pkg/a.py", "pkg/b.py"]);
  assert.deepEqual(found.problems, []);
});

test("what handles pass over in silence comes through entries, and each file once", async () => {
  const names = { "a.py": "a", "aux.py": "x", "back\\slash.py": "b", sub: { "con.py": "c", "d.py": "d" } };
  const seen = { "a.py": "a", sub: { "d.py": "d" } };
  const found = await droppedFiles(drop(item({ handle: handle("pkg", seen), entry: entry("pkg", names) })));
  assert.deepEqual(paths(found), ["pkg/a.py", "pkg/aux.py", "pkg/back\\slash.py", "pkg/sub/con.py", "pkg/sub/d.py"]);
  assert.equal(found.folders, 2);
  assert.deepEqual(found.problems, []);
});

test("a folder whose listing breaks off both ways is reported", async () => {
  const broken = handle("pkg", { "a.py": "a", "!": new Error("a pipe") });
  const found = await droppedFiles(drop(item({ handle: broken })));
  assert.deepEqual(paths(found), ["pkg/a.py"]);
  assert.deepEqual(found.problems, [{ path: "pkg", message: "Error: a pipe" }]);
});

test("an empty drop, and one of text, hold nothing", async () => {
  assert.deepEqual(await droppedFiles(drop()), { files: [], folders: 0, problems: [] });
  assert.deepEqual(await droppedFiles(drop({ kind: "string" })), { files: [], folders: 0, problems: [] });
});

test("an item that is nothing at all is a problem, not silence", async () => {
  const found = await droppedFiles(drop(item({ handle: null })));
  assert.equal(found.problems.length, 1);
});

test("names are kept as they are", async () => {
  const names = { "back\\slash": "1", "\u202Ebidi": "2", __proto__x: "3", é: "4", "e\u0301": "5" };
  const found = await droppedFiles(drop(item({ handle: handle("odd", names) })));
  assert.deepEqual(
    paths(found),
    Object.keys(names)
      .map((name) => `odd/${name}`)
      .sort(),
  );
});

test("progress counts files over all items", async () => {
  const seen = [];
  await droppedFiles(drop(item({ handle: handle("pkg", tree) }), item({ handle: handle("a.py", "a") })), {
    onProgress: (files) => seen.push(files),
  });
  assert.deepEqual(seen, [1, 2, 3, 4]);
});

test("an aborted walk rejects at once, even while a folder never answers", async () => {
  const stuck = {
    kind: "directory",
    name: "stuck",
    async *values() {
      await new Promise(() => {});
    },
  };
  const stop = new AbortController();
  const walk = droppedFiles(drop(item({ handle: stuck })), { signal: stop.signal });
  setTimeout(() => stop.abort());
  await assert.rejects(walk, { name: "AbortError" });
});

test("everything is asked for in the handler itself, before anything is awaited", () => {
  let asked = 0;
  const watched = {
    kind: "file",
    getAsFileSystemHandle: async () => ((asked += 1), null),
    webkitGetAsEntry: () => ((asked += 1), null),
    getAsFile: () => ((asked += 1), null),
  };
  void droppedFiles(drop(watched, watched));
  assert.equal(asked, 6);
});

test("a picked folder has paths, and its folders are counted", () => {
  const picked = (path) => Object.defineProperty(file(path.split("/").at(-1)), "webkitRelativePath", { value: path });
  const found = pickedFiles([picked("pkg/a.py"), picked("pkg/sub/deep/b.py"), picked("pkg/sub/c.py")]);
  assert.deepEqual(paths(found), ["pkg/a.py", "pkg/sub/c.py", "pkg/sub/deep/b.py"]);
  assert.equal(found.folders, 3);
});

test("picked files have their names", () => {
  assert.deepEqual(paths(pickedFiles([file("a.whl"), file("b.whl")])), ["a.whl", "b.whl"]);
});
