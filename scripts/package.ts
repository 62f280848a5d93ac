import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import type { Reached } from "./build.ts";

/*
 * `npm run package [-- --out FOLDER]`: makes the VS Code extension (.vsix) and the npm package (.tgz) of what `npm run build` built.
 * One manifest describes both. `.npmignore` says what npm takes, `.vscodeignore` what the extension takes, but for the
 * chunks of the bundles: which of them the language server can reach is read from the build.
 */

const require = createRequire(import.meta.url);
const VSCE = require.resolve("@vscode/vsce/vsce");
const root = dirname(dirname(fileURLToPath(import.meta.url)));
const { values } = parseArgs({ options: { out: { type: "string", default: root } } });
const out = resolve(values.out);
const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as Manifest;

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly repository?: unknown;
}

mkdirSync(out, { recursive: true });
run("node_modules/tsx/dist/cli.mjs", "scripts/build.ts");
packExtension();
packForNpm();

function packExtension(): void {
  const ignoreFile = join(root, "dist/.vscodeignore");
  const reached = JSON.parse(readFileSync(join(root, "dist/.reached.json"), "utf8")) as Reached;
  const patterns = [
    readFileSync(join(root, ".vscodeignore"), "utf8"),
    ...reached.server.map((file) => `!dist/${file}`),
  ];
  writeFileSync(ignoreFile, `${patterns.join("\n")}\n`);
  const vsix = join(out, `${manifest.name}-${manifest.version}.vsix`);
  // Without an address of the repository the links of the README cannot lead to it.
  const homeless = ["--allow-missing-repository", "--no-rewrite-relative-links"];
  const links = manifest.repository === undefined ? homeless : [];
  run(VSCE, "package", "--no-dependencies", "--ignoreFile", ignoreFile, "--out", vsix, ...links);
}

function packForNpm(): void {
  run(npmCommand(), "pack", "--ignore-scripts", "--loglevel=error", "--pack-destination", out);
}

/** npm's own program, where it started this one; a shell finds it otherwise. */
function npmCommand(): string {
  return process.env["npm_execpath"] ?? "npm";
}

function run(program: string, ...args: string[]): void {
  const [command, given] = program === "npm" ? ["npm", args] : [process.execPath, [program, ...args]];
  const { status, error } = spawnSync(command, given, {
    cwd: root,
    stdio: "inherit",
    shell: program === "npm" && process.platform === "win32",
  });
  if (error) console.error(`${program} could not be run: ${error.message}`);
  if (status !== 0) process.exit(status ?? 1);
}
