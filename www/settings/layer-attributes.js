/**
 * The simple settings as attributes: `layer-name="deps"`, or `data-layer-name="deps"`, because sanitizers of docs
 * portals remove attributes that they don't know and keep `data-…`. Where both are there, the plain one counts.
 *
 * @typedef {wasm_bindgen.Settings} Settings
 */

/** @type {Map<string, keyof Settings>} */
const SETTINGS = new Map([
  ["runtime", "runtimes"],
  ["architecture", "architectures"],
  ["layer-name", "layerName"],
  ["description", "description"],
  ["license-info", "licenseInfo"],
  ["region", "region"],
  ["profile", "profile"],
  ["s3-bucket", "s3Bucket"],
  ["s3-key", "s3Key"],
  ["layout", "layout"],
  ["regions", "regions"],
  ["s3-object-version", "s3ObjectVersion"],
  ["s3-storage-mode", "s3StorageMode"],
  ["share-with", "shareWith"],
  ["function-name", "functionName"],
  ["keep-versions", "keepVersions"],
  ["name-prefix", "namePrefix"],
  ["allowed-licenses", "allowedLicenses"],
  ["recompress", "recompress"],
  ["function-size", "functionSize"],
  ["other-layers-size", "otherLayersSize"],
]);

/** Settings before anything is chosen. @returns {Settings} */
export function noSettings() {
  return {
    runtimes: [],
    architectures: [],
    layerName: "",
    description: "",
    licenseInfo: "",
    s3Bucket: "",
    s3Key: "",
    region: "",
    profile: "",
    layout: "flat",
    regions: [],
    s3ObjectVersion: "",
    s3StorageMode: "copy",
    shareWith: [],
    functionName: "",
    keepVersions: 3,
    namePrefix: "",
    allowedLicenses: [],
    recompress: "keep",
    functionSize: 0,
    otherLayersSize: 0,
  };
}

/** What to observe. */
export const OBSERVED = [...SETTINGS.keys()].flatMap((name) => [name, `data-${name}`]);

/**
 * The setting that a changed attribute stands for: `runtime="a b"` → `{ runtimes: ["a", "b"] }`.
 * @param {Element} element
 * @param {string} attribute
 * @returns {Partial<Settings>}
 */
export function settingOf(element, attribute) {
  const name = attribute.replace(/^data-/, "");
  const setting = SETTINGS.get(name);
  if (!setting) return {};
  const text = element.getAttribute(name) ?? element.getAttribute(`data-${name}`);
  const none = noSettings()[setting];
  if (text === null) return { [setting]: none };
  if (Array.isArray(none)) return { [setting]: text.split(/[\s,]+/).filter(Boolean) };
  // What is no number is 0, which the engine refuses with a reason.
  return { [setting]: typeof none === "number" ? Math.max(0, Math.trunc(Number(text)) || 0) : text };
}
