/**
 * The guard around file bytes, in every engine: the worker that reads them comes up under each policy or the page says
 * what is in the way, it inherits the page's policy, and nobody else's host is asked for anything.
 */

import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { POLICY, serveSink, serveSite } from "../e2e/support/site.js";
import { tryEverything } from "../e2e/support/ways-out.js";
import { REQUESTS, wheel } from "../e2e/support/wheels.js";
import { inEveryEngine } from "./support/page.js";
import { PLACES, POLICIES, PORTAL } from "../e2e/support/policies.js";

/** @typedef {Awaited<ReturnType<typeof serveSite>>} Site */

/** A host that isn't there: whoever asks for it reaches the browser's proxy, which is the sink. */
const HOST = "http://elsewhere.test";

/** Browsers ask their makers for this and that by themselves. */
const MAKERS = /\b(mozilla\.(org|net|com)|firefox\.com|google(apis)?\.com|gvt1\.com)\b/;

/** Runs in the page before all else: the worker's own text gets an ear for what a test asks it to try. */
const SPY = `
  const ear = ${JSON.stringify(`addEventListener("message", async (event) => {
    if (!event.data.tryEverything) return;
    event.stopImmediatePropagation();
    postMessage({ outcomes: await (${tryEverything})(event.data.tryEverything) });
  });\n`)};
  Blob = new Proxy(Blob, {
    construct: (Blob, [parts, options]) => new Blob(options?.type === "text/javascript" ? [ear, ...parts] : parts ?? [], options),
  });
  workers = [];
  Worker = new Proxy(Worker, {
    construct(Worker, args) {
      workers.push(new Worker(...args));
      return workers.at(-1);
    },
  });`;

describe("policies of the page", { timeout: 900_000 }, () => {
  let idna = "";
  before(async () => void (idna = await wheel(REQUESTS[2])));

  inEveryEngine((page, engine) => {
    /**
     * @param {Parameters<typeof serveSite>[0]} options
     * @param {string} name
     * @param {() => Promise<void>} look
     */
    async function onPage(options, name, look) {
      const site = await serveSite({ ...options, pages: { "portal.html": PORTAL } });
      try {
        await page.goto(site.url + name);
        await look();
        assert.deepEqual(await page.uncaught(), []);
      } finally {
        await site.close();
      }
    }

    let reference = "";
    /** @param {"blob" | "url"} worker */
    async function isDone(worker) {
      assert.equal((await page.run((element) => element.ready)).worker, worker);
      await page.choose([idna]);
      const { codeSha256 } = await page.run(async (element) => ({ ...(await element.build()), blob: null }));
      assert.equal(codeSha256, (reference ||= codeSha256), "the same layer under every policy");
    }

    for (const { what, site, page: name = "", worker } of PLACES) {
      it(`${what}: the job is done in a ${worker} worker`, () => onPage(site, name, () => isDone(worker)));
    }

    for (const row of POLICIES) {
      const { policy } = row;
      if ("worker" in row) {
        it(`"${policy}": the job is done in a ${row.worker} worker`, () => onPage({ policy }, "portal.html", () => isDone(row.worker)));
        continue;
      }
      it(`"${policy}": the message says "expected ${row.expected}"`, () =>
        onPage({ policy }, "portal.html", async () => {
          // Firefox ESR 140 knows no Trusted Types, and passes over what a policy says of them.
          const isEnforced = row.expected !== "trusted-types layerdrop" || (await page.run(() => "trustedTypes" in window));
          if (!isEnforced) return isDone("blob");
          const refusal = await page.run((element) => element.ready.then(() => null, ({ name, message }) => ({ name, message })));
          assert.equal(refusal?.name, "WorkerBlockedError", JSON.stringify(refusal));
          assert.ok(refusal.message.includes(`found "${row.found}"`) && refusal.message.endsWith(`expected ${row.expected}`), refusal.message);
          assert.equal(await page.text('[part~="alert"]'), refusal.message);
        }));
    }
  });
});

describe("nothing leaves the page", { timeout: 900_000 }, async () => {
  const sink = await serveSink();
  const pages = { "spied.html": PORTAL.replace("<script", '<script src="spy.js"></script><script'), "spy.js": SPY };
  /** @type {{ guarded: Site, open: Site }} */
  const sites = { guarded: null, open: null };
  let idna = "";
  before(async () => {
    [sites.guarded, sites.open] = await Promise.all([serveSite({ policy: POLICY, pages }), serveSite({ pages })]);
    idna = await wheel(REQUESTS[2]);
  });
  after(() => Promise.all([sites.guarded?.close(), sites.open?.close(), sink.close()]));

  inEveryEngine(
    (page) => {
      /** A whole job, then every attempt in the worker that has read the files. @param {Site} site */
      async function attempts(site) {
        sink.hits.length = 0;
        await page.goto(`${site.url}spied.html`);
        assert.equal((await page.run((element) => element.ready)).worker, "blob");
        await page.choose([idna]);
        await page.click('[part~="build"]');
        await page.text('[part~="code-sha256"]');
        const outcomes = await page.run(askedOfWorker, HOST);
        return { outcomes, hits: sink.hits.filter((hit) => !MAKERS.test(hit)) };
      }

      it("no other host is asked for anything, and whatever the worker tries is refused", async () => {
        const { outcomes, hits } = await attempts(sites.guarded);
        assert.deepEqual(hits, []);
        assert.deepEqual(new Set(Object.values(outcomes)), new Set(["refused"]), JSON.stringify(outcomes));
      });

      // But for EventSource and workers of its own, which the worker has put away: the policy doesn't hold the first in Firefox.
      it("which the same attempts prove by getting through where no policy is in force", async () => {
        const { outcomes, hits } = await attempts(sites.open);
        const ways = hits.map((hit) => (hit.startsWith("CONNECT") ? "webSocket" : hit.split("/").at(-1)));
        assert.deepEqual(ways.sort(), ["fetch", "import", "importScripts", "webSocket", "xhr"]);
        for (const way of ["fetch", "xhr", "importScripts", "import"]) assert.equal(outcomes[way], "sent", way);
      });
    },
    { proxy: new URL(sink.origin).host },
  );
});

/** In the page of the spied worker: what comes of its attempts. @param {any} _ @param {string} host @returns {Promise<Record<string, string>>} */
function askedOfWorker(_, host) {
  const [worker] = window.workers;
  return new Promise((resolve) => {
    worker.addEventListener("message", ({ data }) => data.outcomes && resolve(data.outcomes));
    worker.postMessage({ tryEverything: host });
  });
}
