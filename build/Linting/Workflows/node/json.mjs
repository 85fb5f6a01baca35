// Node 20 refuses the way in which the parser's packages import JSON: here every such file is read as a module.
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";

export async function load(url, context, next) {
  if (!url.endsWith(".json")) {
    return next(url, context);
  }
  return { format: "module", shortCircuit: true, source: `export default ${await readFile(fileURLToPath(url), "utf8")}` };
}
