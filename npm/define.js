/**
 * `import "layerdrop/define"`: defines `<layer-drop>`, once.
 */

import { LayerDropElement } from "./element.js";

if (!customElements.get("layer-drop")) customElements.define("layer-drop", LayerDropElement);

export { LayerDropElement };
