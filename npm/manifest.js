/**
 * `custom-elements.json`: the contract in the form that editors and catalogues of elements read (schema 2.1.0).
 */

import * as contract from "./contract.js";

/** `{ schemaVersion: "2.1.0", modules: […] }`, for a package whose class is in `element.js` and is defined by `define.js`. */
export function manifest() {
  const name = "LayerDropElement";
  return {
    schemaVersion: "2.1.0",
    readme: "README.md",
    modules: [
      {
        kind: "javascript-module",
        path: "element.js",
        declarations: [
          {
            kind: "class",
            name,
            tagName: "layer-drop",
            customElement: true,
            superclass: { name: "HTMLElement" },
            description: "Dropped files in, an AWS Lambda layer out, in the browser.",
            attributes: contract.ATTRIBUTES.map(({ name, type, what, alone }) => ({ name, type: { text: type }, description: alone ? what : `${what}; also as data-${name}` })),
            members: [
              ...contract.PROPERTIES.map(({ name, type, what, readonly }) => ({ kind: "field", name, type: { text: type }, description: what, ...(readonly && { readonly }) })),
              ...contract.METHODS.map(({ name, parameters, returns, what }) => ({
                kind: "method",
                name,
                description: what,
                parameters: parameters.map(([name, type]) => ({ name: name.replace("?", ""), type: { text: type }, ...(name.endsWith("?") && { optional: true }) })),
                return: { type: { text: returns } },
              })),
            ],
            events: contract.EVENTS.map(({ name, detail, what }) => ({ name, type: { text: `CustomEvent<${detail}>` }, description: what })),
            slots: contract.SLOTS.map(({ name, what }) => ({ name, description: what })),
            cssParts: contract.PARTS.map(({ name, what }) => ({ name, description: what })),
            cssProperties: contract.CSS_PROPERTIES.map(({ name, what, ours }) => ({ name, description: what, default: ours })),
          },
        ],
        exports: [{ kind: "js", name, declaration: { name, module: "element.js" } }],
      },
      {
        kind: "javascript-module",
        path: "define.js",
        exports: [{ kind: "custom-element-definition", name: "layer-drop", declaration: { name, module: "element.js" } }],
      },
    ],
  };
}
