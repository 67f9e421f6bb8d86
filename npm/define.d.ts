import { LayerDropElement } from "./element.js";
export { LayerDropElement };
export type * from "./element.js";
declare global {
  interface HTMLElementTagNameMap {
    "layer-drop": LayerDropElement;
  }
}
