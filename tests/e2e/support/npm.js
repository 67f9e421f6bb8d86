/**
 * Real npm packages and Node.js itself, fetched once into the ignored folder .tools/npm/ by npm, of pinned versions.
 */

import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from "node:fs/promises";
import { arch } from "node:os";
import { basename, dirname, join } from "node:path";
import { ROOT, output } from "./run.js";

const CACHE = join(ROOT, ".tools/npm");

/** The newest of each major that npm has as a package of its own. */
const NODES = new Map([
  [18, "18.9.1"],
  [20, "20.20.2"],
  [22, "22.23.3"],
]);

/**
 * The paths of tarballs as `npm pack` makes them.
 * @param {string[]} packages  e.g. "@noble/hashes@1.4.0"
 */
export async function tarballs(packages) {
  return Promise.all(packages.map(tarball));
}

/** @param {string} name */
async function tarball(name) {
  const [, scope, own, version] = name.match(/^(?:@([^/]+)\/)?([^@]+)@(.+)$/) ?? [];
  const file = join(CACHE, `${scope ? `${scope}-` : ""}${own}-${version}.tgz`);
  await once(file, async (folder) => {
    await output("npm", ["pack", "--silent", "--pack-destination", folder, name]);
    return join(folder, basename(file));
  });
  return file;
}

/**
 * A project with these packages as npm installs them: the path of its node_modules.
 * @param {string} name  of the project
 * @param {Record<string, string>} dependencies
 */
export async function installed(name, dependencies) {
  const project = join(CACHE, name);
  const wanted = JSON.stringify({ name, version: "1.0.0", private: true, dependencies });
  const manifest = join(project, "package.json");
  if (existsSync(manifest) && (await readFile(manifest, "utf8")) !== wanted)
    await rm(project, { recursive: true });
  await once(project, async (folder) => {
    await writeFile(join(folder, "package.json"), wanted);
    await output("npm", ["install", "--silent", "--ignore-scripts", "--no-package-lock"], { cwd: folder });
    return folder;
  });
  return join(project, "node_modules");
}

/**
 * The program of a Node.js.
 * @param {number} major
 */
export async function node(major) {
  const version = NODES.get(major);
  const cpu = arch() === "arm64" ? "arm64" : "x64";
  const home = join(CACHE, `node-${version}`);
  const packed = await tarball(`node-linux-${cpu}@${version}`);
  await once(home, async (folder) => {
    await output("tar", ["-xzf", packed, "-C", folder, "--strip-components=1"]);
    return folder;
  });
  return join(home, "bin/node");
}

/**
 * Makes something in a folder of its own and then moves it to its place: another test that runs at the same time must
 * never see half of it.
 * @param {string} place
 * @param {(folder: string) => Promise<string>} make  returns the path of what was made
 */
async function once(place, make) {
  if (existsSync(place)) return;
  await mkdir(dirname(place), { recursive: true });
  const folder = await mkdtemp(join(CACHE, "download-"));
  try {
    // Where another was quicker, its result serves as well.
    await rename(await make(folder), place).catch((error) => {
      if (!existsSync(place)) throw error;
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
