/**
 * Real Debian packages, fetched once into the ignored folder .tools/debian/ by apt, in the version that this Debian has.
 */

import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { ROOT, output, run } from "./run.js";

const CACHE = join(ROOT, ".tools/debian");

/**
 * A folder with what a package installs.
 * @param {string} name  e.g. "busybox-static"
 */
export async function unpacked(name) {
  const folder = join(CACHE, name);
  if (!existsSync(folder)) await fetched(name, folder);
  return folder;
}

/**
 * @param {string} name
 * @param {string} place
 */
async function fetched(name, place) {
  await mkdir(CACHE, { recursive: true });
  const folder = await mkdtemp(join(CACHE, "download-"));
  try {
    const download = () => run("apt-get", ["download", "-q", name], { cwd: folder });
    // A fresh machine has no package lists, an old one may have lists that name versions which are gone.
    if ((await download()).code !== 0) {
      await output("sh", ["-c", "if [ $(id -u) = 0 ]; then apt-get -q update; else sudo -n apt-get -q update; fi"]);
      await output("apt-get", ["download", "-q", name], { cwd: folder });
    }
    const [file] = (await readdir(folder)).filter((file) => file.endsWith(".deb"));
    await output("dpkg-deb", ["-x", join(folder, file), join(folder, "content")]);
    await rename(join(folder, "content"), place).catch((error) => {
      if (!existsSync(place)) throw error;
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
