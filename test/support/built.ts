import { spawnSync } from "node:child_process";
import process from "node:process";

/** Once before any test: `dist/` is of the source as it is. Tests that start a program start what users start. */
export default function build(): void {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ["node_modules/tsx/dist/cli.mjs", "scripts/build.ts"],
    { encoding: "utf8" },
  );
  if (status !== 0) throw new Error(`the build failed\n${stdout}${stderr}`);
}
