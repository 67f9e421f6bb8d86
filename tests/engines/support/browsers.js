/**
 * The three engines: each started with a profile that is thrown away, and ended with all its processes.
 */

import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { overHttp, overMarionette } from "./webdriver.js";

/** @typedef {import("./webdriver.js").Send} Send */
/** @typedef {import("node:child_process").ChildProcess} Program */
/** @typedef {(path: string, args: string[], env?: Record<string, string>) => Program} Run */

/** Milliseconds that a browser may take to come up, on a machine that does much else. */
const START = 60_000;
/** … and to end by itself. */
const END = 10_000;
/** A WebKitWebDriver now and then never hears of the browser that it started: another one does. */
const STARTS = 3;

/** A free port, and less of what Firefox asks its maker. */
const FIREFOX = {
  "marionette.port": 0,
  "services.settings.server": "data:,",
  "network.captive-portal-service.enabled": false,
  "network.connectivity-service.enabled": false,
};

/** How to start each: with a folder for its profile, what starts its programs, and what else is wanted of it. @type {Record<string, (profile: string, run: Run, wanted: object) => Promise<Send>>} */
const ENGINES = {
  async Chromium(profile, run, wanted) {
    const address = await driver((port) => run("chromedriver", [`--port=${port}`]));
    // The sandbox can't be had as root, which is what containers and CI machines run as.
    const args = ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", `--user-data-dir=${profile}`];
    return overHttp(address, { ...wanted, "goog:chromeOptions": { args } }, START);
  },

  async Firefox(profile, run, wanted) {
    const lines = Object.entries(FIREFOX).map(([name, value]) => `user_pref("${name}", ${JSON.stringify(value)});\n`);
    await writeFile(join(profile, "user.js"), lines.join(""));
    run("firefox-esr", ["--marionette", "--headless", "--no-remote", "--profile", profile]);
    const port = () => readFile(join(profile, "MarionetteActivePort"), "utf8");
    return overMarionette(Number(await until("Firefox says where it listens", port)), wanted);
  },

  async WebKitGTK(profile, run, wanted) {
    const screen = run("Xvfb", ["-displayfd", "3", "-screen", "0", "1600x1200x24", "-nolisten", "tcp"]);
    const [display] = await once(/** @type {any} */ (screen.stdio[3]), "data", { signal: AbortSignal.timeout(START) });
    const env = { DISPLAY: `:${String(display).trim()}`, HOME: profile };
    return overHttp(await driver((port) => run("WebKitWebDriver", ["--host=127.0.0.1", `--port=${port}`], env)), wanted, START);
  },
};

export const NAMES = Object.keys(ENGINES);

// Ended from outside, as by a limit of time, a process runs no "exit" of its own accord.
for (const signal of ["SIGTERM", "SIGINT"]) process.once(signal, () => process.exit(1));

/**
 * `const { send, close } = await startEngine("Firefox")`.
 * @param {string} name
 * @param {object} [options]
 * @param {string} [options.proxy]  `127.0.0.1:3128`: who is asked for everything that isn't on this machine
 */
export async function startEngine(name, options) {
  for (let start = 1; ; start += 1) {
    try {
      return await startOnce(name, options);
    } catch (error) {
      if (start === STARTS) throw error;
      console.error(`${name} is started again, because it did not come up: ${error}`);
    }
  }
}

/** @param {string} name @param {{ proxy?: string }} [options] */
async function startOnce(name, { proxy } = {}) {
  const profile = await mkdtemp(join(tmpdir(), "layerdrop-profile-"));
  /** @type {Program[]} */
  const running = [];
  // Each in a group of its own, because browsers have many processes.
  /** @type {Run} */
  const run = (path, args, env) => {
    const program = spawn(path, args, { detached: true, stdio: ["ignore", "ignore", "ignore", "pipe"], env: { ...process.env, ...env } });
    program.on("error", (error) => console.error(`${error.message}: 'setup/engines' and 'setup/browser' install what is missing`));
    running.push(program);
    return program;
  };
  const kill = () => running.forEach(killGroup);
  process.once("exit", kill);
  /** @type {Send | null} */
  let send = null;
  const close = async () => {
    await Promise.race([send?.("DeleteSession").catch(() => {}), pause(END, null, { ref: false })]);
    process.off("exit", kill);
    kill();
    await Promise.all(running.map((program) => program.pid && (program.exitCode ?? program.signalCode ?? once(program, "exit"))));
    // A process of the browser may still be about to write.
    await rm(profile, { recursive: true, force: true, maxRetries: 20, retryDelay: 250 });
  };
  try {
    send = await ENGINES[name](profile, run, {
      ...(proxy && { proxy: { proxyType: "manual", httpProxy: proxy, sslProxy: proxy, noProxy: ["127.0.0.1"] } }),
    });
    return { send, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** @param {Program} program */
function killGroup({ pid }) {
  try {
    if (pid) process.kill(-pid, "SIGKILL");
  } catch {
    // It has ended by itself.
  }
}

/** Starts a driver on a free port, and gives its address once it listens. @param {(port: number) => void} start */
async function driver(start) {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  await new Promise((resolve) => server.close(resolve));
  start(port);
  const address = `http://127.0.0.1:${port}`;
  await until(`a driver listens at ${address}`, () => fetch(`${address}/status`));
  return address;
}

/**
 * Asks again and again until there is an answer that isn't empty.
 * @template Value
 * @param {string} what
 * @param {() => Promise<Value>} ask
 * @returns {Promise<Value>}
 */
async function until(what, ask) {
  for (const end = Date.now() + START; Date.now() < end; await pause(100)) {
    const answer = await ask().catch(() => null);
    if (answer) return answer;
  }
  throw new Error(`${START / 1000} seconds have passed, and it isn't true that ${what}`);
}
