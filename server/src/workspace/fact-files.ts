import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The fact base lies beside the bundle, or in the source tree when Remit runs from source. */
const FOLDERS = ["./facts", "../../facts"];

/** Reads a file of the fact base, `google/gmail.v1.json.br`; undefined if there is none. */
export function readFactFile(path: string): Uint8Array | undefined {
  const here = dirname(fileURLToPath(import.meta.url));
  const folder = FOLDERS.map((f) => join(here, f)).find((f) => existsSync(join(f, "index.json")));
  const file = folder && join(folder, path);
  return file && existsSync(file) ? readFileSync(file) : undefined;
}
