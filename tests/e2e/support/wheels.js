/**
 * Real wheels, fetched once into the ignored folder .tools/wheels/ by the ordinary client, of pinned versions.
 */

import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { ROOT, TOOLS, output } from "./run.js";

const CACHE = join(ROOT, ".tools/wheels");
const CP311 = "cp311-cp311-manylinux_2_17_x86_64.manylinux2014_x86_64";

/** requests and all that it imports: pure Python, and one package with compiled modules. */
export const REQUESTS = [
  "requests-2.32.3-py3-none-any.whl",
  "certifi-2024.8.30-py3-none-any.whl",
  "idna-3.10-py3-none-any.whl",
  "urllib3-2.2.3-py3-none-any.whl",
  `charset_normalizer-3.4.0-${CP311}.whl`,
];

/** Compiled code with shared libraries of its own. */
export const NUMPY = `numpy-2.1.3-${CP311}.whl`;

/** More than 250 MB, in thousands of files. */
export const BIG = [
  NUMPY,
  `scipy-1.14.1-${CP311}.whl`,
  `pandas-2.2.3-${CP311}.whl`,
  `pyarrow-18.1.0-${CP311}.whl`,
  `llvmlite-0.43.0-${CP311}.whl`,
  `duckdb-1.1.3-${CP311}.whl`,
  "polars-1.12.0-cp39-abi3-manylinux_2_17_x86_64.manylinux2014_x86_64.whl",
  "opencv_python_headless-4.10.0.84-cp37-abi3-manylinux_2_17_x86_64.manylinux2014_x86_64.whl",
];

/**
 * The paths of wheels on this machine.
 * @param {string[]} names
 */
export async function wheels(names) {
  await fetched(names.filter((name) => !existsSync(join(CACHE, name))));
  return names.map((name) => join(CACHE, name));
}

/** @param {string} name */
export async function wheel(name) {
  return (await wheels([name]))[0];
}

/** @param {string[]} missing */
async function fetched(missing) {
  if (missing.length === 0) return;
  await mkdir(CACHE, { recursive: true });
  // Into a folder of its own first: another test that runs at the same time must never see half a wheel.
  const folder = await mkdtemp(join(CACHE, "download-"));
  try {
    const target = ["--only-binary", ":all:", "--platform", "manylinux2014_x86_64", "--python-version", "3.11"];
    const requirements = missing.map((name) => name.split("-").slice(0, 2).join("=="));
    await output(`${TOOLS}pip`, [
      "download",
      "--quiet",
      "--disable-pip-version-check",
      "--no-deps",
      ...target,
      "--dest",
      folder,
      ...requirements,
    ]);
    for (const name of await readdir(folder)) await rename(join(folder, name), join(CACHE, name));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  const still = missing.filter((name) => !existsSync(join(CACHE, name)));
  if (still.length > 0)
    throw new Error(`the package index has no ${still.join(", ")}: change the name in tests/e2e/support/wheels.js`);
}
