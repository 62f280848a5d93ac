import { spawnSync } from "node:child_process";
import { cpSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { root } from "./packaged.ts";

export const EXAMPLE = join(root, "examples/mail-digest");

/** A copy of the bundled example that may be edited. */
export function copyExample(folder: string): string {
  cpSync(EXAMPLE, folder, { recursive: true });
  return folder;
}

/** What `remit check --format json` says of a folder. */
export function checkReport(folder: string): string {
  const args = [join(root, "dist/cli.js"), "check", "--format", "json", "--fail-on", "never"];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: folder, encoding: "utf8" });
  if (status !== 0) throw new Error(`remit check ended with ${status}\n${stderr}`);
  return stdout;
}
