/**
 * `<layer-drop>`: dropped files in, an AWS Lambda layer out, in the browser.
 *
 *     <script type="module" src="layer-drop.js"></script>
 *     <layer-drop layer-name="my-dependencies"></layer-drop>
 *
 * What it offers (attributes, properties, methods, events, slots, parts, custom properties) is listed in npm/contract.js and README.
 *
 * The engine starts when the element is connected and ends when it is removed; moved or added again, the element goes
 * on where it was.
 */

import { LayerDropElement } from "./layer-drop-element.js";

if (!customElements.get("layer-drop")) customElements.define("layer-drop", LayerDropElement);

export { LayerDropElement };
