import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** Installs and builds what is missing. Needs Node and npm, nothing else. */
export function prepare() {
  if (!isInstalled()) {
    say("Installing what Remit is built with (npm ci) …");
    run("npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"]);
  }
  say("Building Remit, unless that is done already …");
  run(process.execPath, [join(root, "node_modules/tsx/dist/cli.mjs"), "scripts/build.ts"]);
}

/** Runs a command of the project, and ends with its exit code if it fails. */
export function run(command, args) {
  const code = exitCodeOf(command, args);
  if (code !== 0) process.exit(code);
}

export function exitCodeOf(command, args) {
  // On Windows npm is a batch file, which only a shell runs.
  const { status, error } = spawnSync(command, args, {
    cwd: root,
    stdio: "inherit",
    shell: command === "npm" && process.platform === "win32",
  });
  if (error) say(`${command} could not be run: ${error.message}`);
  return status ?? 1;
}

export function say(text) {
  console.log(`\n» ${text}`);
}

/** Every package of the lock file lies there in its version; optional ones are for other platforms. */
function isInstalled() {
  const installedLock = join(root, "node_modules/.package-lock.json");
  if (!existsSync(installedLock)) return false;
  const installed = JSON.parse(readFileSync(installedLock, "utf8")).packages;
  const wanted = Object.entries(JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8")).packages);
  return wanted.every(
    ([path, { version, optional }]) => path === "" || optional || installed[path]?.version === version,
  );
}
