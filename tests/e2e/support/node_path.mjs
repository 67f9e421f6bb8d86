// Lets `import` search the folders of NODE_PATH, as Lambda's runtime does and plain Node.js does not: a bare name is
// resolved by Node.js itself, as if the module that asks for it lay beside each node_modules in turn.
import { dirname, basename } from "node:path";
import { pathToFileURL } from "node:url";

const parents = (process.env.NODE_PATH ?? "")
  .split(":")
  .filter((folder) => basename(folder) === "node_modules")
  .map((folder) => pathToFileURL(`${dirname(folder)}/asks.mjs`).href);

export async function resolve(specifier, context, next) {
  for (const parentURL of /^[./]|^[a-z]+:/.test(specifier) ? [] : parents) {
    try {
      return await next(specifier, { ...context, parentURL });
    } catch (error) {
      if (error.code !== "ERR_MODULE_NOT_FOUND") throw error;
    }
  }
  return next(specifier, context);
}
