/**
 * The sites of examples/, built as their owners would: the files of dist/ copied to where README says, then the portal's own builder.
 */

import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../package/support.js";

const PYTHON = join(ROOT, ".tools/portals/bin");

/**
 * `files`: where dist/ goes; `site`: what the builder makes; `page`: the page with the element, as the portal links it.
 * `stays`: the portal changes pages without loading them.
 * @typedef {{ name: string, files: string, build: [string, string[]] | null, site: string, home: string, page: string, link: string, stays: boolean }} Portal
 */

/** @type {Portal[]} */
export const PORTALS = [
  { name: "plain", files: "docs/layerdrop", build: null, site: ".", home: "index.html", page: "docs/tools/layers.html", link: "Make a Lambda layer", stays: false },
  { name: "mkdocs-material", files: "docs/assets/layerdrop", build: [join(PYTHON, "mkdocs"), ["build", "--strict", "--quiet"]], site: "site", home: "", page: "layers/", link: "Make a Lambda layer", stays: true },
  { name: "zensical", files: "docs/assets/layerdrop", build: [join(PYTHON, "zensical"), ["build"]], site: "site", home: "", page: "layers/", link: "Make a Lambda layer", stays: true },
  { name: "sphinx-furo", files: "_static/layerdrop", build: [join(PYTHON, "sphinx-build"), ["-q", "-W", ".", "_build"]], site: "_build", home: "index.html", page: "layers.html", link: "Make a Lambda layer", stays: false },
  { name: "docusaurus", files: "static/layerdrop", build: ["node_modules/.bin/docusaurus", ["build", "--out-dir", "build"]], site: "build", home: "", page: "layers", link: "Make a Lambda layer", stays: true },
];

/** Where a portal's site will be. @param {Portal} portal */
export const siteOf = ({ name, site }) => join(ROOT, "target/portals", name, site);

/** @param {Portal} portal @param {string} url  under which it will be served */
export function build({ name, files, build }, url) {
  const folder = join(ROOT, "target/portals", name);
  rmSync(folder, { recursive: true, force: true });
  const example = join(ROOT, "examples", name);
  cpSync(example, folder, { recursive: true, filter: (path) => !path.includes("node_modules") });
  if (name === "docusaurus") symlinkSync(join(example, "node_modules"), join(folder, "node_modules"));
  mkdirSync(join(folder, files), { recursive: true });
  cpSync(join(ROOT, "dist"), join(folder, files), { recursive: true });
  if (build) execFileSync(...build, { cwd: folder, stdio: ["ignore", "pipe", "pipe"], env: { ...process.env, NO_UPDATE_NOTIFIER: "1", DO_NOT_TRACK: "1", CI: "true", SITE_URL: url } });
}

/** @param {string} name */
export const example = (name) => readFileSync(join(ROOT, "examples", name), "utf8");
