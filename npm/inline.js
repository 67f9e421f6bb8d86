/**
 * `import "layerdrop/inline"`: defines `<layer-drop>` with worker and wasm inside this one file.
 */

export { LayerDropElement } from "../www/layer-drop.js";
