/**
 * The system's Chromium, and pages in it that each have a profile of their own.
 */

import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { chromium } from "playwright-core";

const EXECUTABLES = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

// The sandbox can't be had as root, which is what containers and CI machines run as.
const ARGUMENTS = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

export function startBrowser() {
  const executablePath = EXECUTABLES.find((path) => existsSync(path));
  assert.ok(executablePath, "Chromium is missing: 'make test-e2e' installs it");
  return chromium.launch({ executablePath, args: ARGUMENTS });
}
