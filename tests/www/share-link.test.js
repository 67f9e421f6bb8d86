import assert from "node:assert/strict";
import { test } from "node:test";

import { noSettings } from "../../www/settings/layer-attributes.js";
import { changed, fragmentOf, settingsOf } from "../../www/settings/share-link.js";

const base64url = (/** @type {string} */ text) => Buffer.from(text).toString("base64url");

test("settings come back from a link as they went in", () => {
  for (const settings of [
    {},
    { layerName: "http" },
    { runtimes: ["python3.12", "python3.13"], architectures: ["arm64"], keepVersions: 7 },
    { description: "Größe „ä“ 😀 <b>&#x27; ?&#/+" },
    { layout: "versioned", recompress: "smallest", shareWith: ["123456789012", "*"] },
  ]) {
    const fragment = fragmentOf(settings);
    assert.match(fragment, /^#layerdrop=1\.[\w-]*$/);
    assert.deepEqual(settingsOf(fragment), settings);
  }
});

test("only what differs from the beginning goes in", () => {
  assert.deepEqual(changed(noSettings()), {});
  assert.deepEqual(changed({ ...noSettings(), layerName: "x", runtimes: ["java21"], keepVersions: 3 }), { layerName: "x", runtimes: ["java21"] });
});

test("a fragment that is no link of ours is nobody's business", () => {
  for (const fragment of ["", "#", "#top", "#layerdrop", "#other=1.e30"]) assert.equal(settingsOf(fragment), null);
});

test("names that are not known are passed over", () => {
  assert.deepEqual(settingsOf(`#layerdrop=1.${base64url('{"layerName":"x","__proto__":{"a":1},"constructor":1,"new":[]}')}`), { layerName: "x" });
});

test("a link that does not say what it should is refused with what was found", () => {
  /** @type {[string, RegExp][]} */
  const cases = [
    ["#layerdrop=2.e30", /found another version in the link, expected version 1/],
    ["#layerdrop=1.e30=", /found other characters/],
    ["#layerdrop=1.e30%20", /found other characters/],
    [`#layerdrop=1.${base64url('{"layerName":')}`, /found a part of a link/],
    [`#layerdrop=1.${Buffer.from([0xff, 0xfe]).toString("base64url")}`, /found a part of a link/],
    [`#layerdrop=1.${base64url("[]")}`, /found object in the link, expected settings/],
    [`#layerdrop=1.${base64url("null")}`, /expected settings/],
    [`#layerdrop=1.${base64url('{"layerName":1}')}`, /found 1 as layerName in the link, expected string/],
    [`#layerdrop=1.${base64url('{"runtimes":"python3.12"}')}`, /as runtimes in the link, expected a list of texts/],
    [`#layerdrop=1.${base64url('{"runtimes":[1]}')}`, /expected a list of texts/],
    [`#layerdrop=1.${base64url('{"keepVersions":"3"}')}`, /expected number/],
    [`#layerdrop=1.${"A".repeat(9000)}`, /expected at most 8000/],
  ];
  for (const [fragment, message] of cases) assert.throws(() => settingsOf(fragment), { name: "LinkError", message });
});
