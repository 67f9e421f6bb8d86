/**
 * The memory that the browser takes, all its processes together: private and shared pages, without files that are mapped.
 * A shared page counts once for each process that has it, so this says rather too much than too little.
 */

import { readFileSync } from "node:fs";

/** Milliseconds between two looks. */
const INTERVAL = 40;
/** Looks after which the list of processes is made anew. */
const LISTED_EVERY = 8;

/**
 * @typedef {{ all: number, pages: number }} Bytes  of all processes; of those that pages and their workers live in
 */

/**
 * `const memory = await watchMemory(browser); …; const { all, pages } = memory.stop()`: by how much it had grown at the most.
 * @param {import("playwright-core").Browser} browser
 */
export async function watchMemory(browser) {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send("SystemInfo.getProcessInfo");
  await session.detach();
  const root = processInfo.find(({ type }) => type === "browser").id;

  let processes = family(root);
  const start = used(processes);
  const peak = { ...start };
  let looks = 0;
  const look = () => {
    looks += 1;
    if (looks % LISTED_EVERY === 0) processes = family(root);
    const now = used(processes);
    peak.all = Math.max(peak.all, now.all);
    peak.pages = Math.max(peak.pages, now.pages);
  };
  const timer = setInterval(look, INTERVAL);
  return {
    /** @returns {Bytes} */
    stop() {
      clearInterval(timer);
      look();
      return { all: peak.all - start.all, pages: peak.pages - start.pages };
    },
  };
}

/** A process and all that it and its children have started. @param {number} id @returns {{ id: number, page: boolean }[]} */
function family(id) {
  const page = text(id, "cmdline").includes("--type=renderer");
  const children = text(id, `task/${id}/children`).split(" ").filter(Boolean).map(Number);
  return [{ id, page }, ...children.flatMap(family)];
}

/** @param {{ id: number, page: boolean }[]} processes @returns {Bytes} */
function used(processes) {
  const sum = { all: 0, pages: 0 };
  for (const { id, page } of processes) {
    const status = text(id, "status");
    const bytes = 1024 * (kilobytes(status, "RssAnon") + kilobytes(status, "RssShmem"));
    sum.all += bytes;
    if (page) sum.pages += bytes;
  }
  return sum;
}

/** @param {string} status @param {string} field */
function kilobytes(status, field) {
  return Number(new RegExp(`^${field}:\\s*(\\d+) kB`, "m").exec(status)?.[1] ?? 0);
}

/** Nothing, once the process is gone. @param {number} id @param {string} file */
function text(id, file) {
  try {
    return readFileSync(`/proc/${id}/${file}`, "latin1");
  } catch {
    return "";
  }
}
