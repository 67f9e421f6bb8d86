/**
 * Paths into a folder, as operations. What lies there already stays, and nothing is moved into itself.
 * @param {string[]} paths
 * @param {string} folder  empty for the top
 * @returns {wasm_bindgen.Operation[]}
 */
export function moves(paths, folder) {
  return paths
    .filter((path) => folder !== path && !folder.startsWith(`${path}/`))
    .map((path) => ({ path, to: [folder, path.split("/").at(-1)].filter(Boolean).join("/") }))
    .filter(({ path, to }) => path !== to)
    .map((move) => ({ op: "move", ...move }));
}

/** Operations as one step. @param {wasm_bindgen.Operation[]} operations @returns {wasm_bindgen.Operation} */
export function together(operations) {
  const [first] = operations;
  return operations.length === 1 && first ? first : { op: "all", operations };
}
