import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";

export const root = dirname(dirname(dirname(dirname(fileURLToPath(import.meta.url)))));

/** What `npm run package` makes, in a folder of its own. */
export function packageInto(folder: string): { vsix: string; tarball: string } {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ["node_modules/tsx/dist/cli.mjs", "scripts/package.ts", "--out", folder],
    { cwd: root, encoding: "utf8" },
  );
  if (status !== 0) throw new Error(`packaging failed\n${stdout}${stderr}`);
  const named = (ending: string): string =>
    join(
      folder,
      readdirSync(folder).find((name) => name.endsWith(ending))!,
    );
  return { vsix: named(".vsix"), tarball: named(".tgz") };
}
