import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { SERVER } from "./client.ts";
import type { Folder } from "./project.ts";

/** Sees to it that Neovim is here: on Debian, as root, its package is installed. Returns why it is not, or undefined. */
export function whyNoNeovim(): string | undefined {
  if (runs()) return undefined;
  if (process.getuid?.() !== 0 || !existsSync("/usr/bin/apt-get"))
    return "Neovim is not installed (on Debian: apt-get install neovim)";
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  for (const given of [["update"], ["install", "--yes", "--no-install-recommends", "neovim"]]) {
    const { status, stderr } = spawnSync("apt-get", ["-qq", ...given], { encoding: "utf8", env });
    if (status !== 0) console.error(stderr);
  }
  return runs() ? undefined : "Neovim could not be installed";
}

function runs(): boolean {
  return spawnSync("nvim", ["--version"]).status === 0;
}

const LUA = fileURLToPath(new URL("./neovim.lua", import.meta.url));

/** What `neovim.lua` writes down. */
export interface Seen {
  readonly failure?: string;
  readonly capabilities: object;
  readonly diagnostics: readonly object[];
  readonly actions: readonly string[];
  readonly text: string;
  readonly left: number;
  readonly hover: string;
}

/** Runs Neovim without a screen and without anybody's settings on a file of a folder. */
export function runNeovim(project: Folder, file: string): Seen {
  const outcome = join(project.path, "outcome.json");
  const { status, stderr, error } = spawnSync(
    "nvim",
    ["--headless", "--clean", "-n", "-c", `luafile ${LUA}`, join(project.path, file)],
    {
      encoding: "utf8",
      cwd: project.path,
      timeout: 90_000,
      env: {
        ...process.env,
        REMIT_COMMAND: JSON.stringify([process.execPath, SERVER, "--stdio"]),
        REMIT_OUTCOME: outcome,
        REMIT_ROOT: project.path,
      },
    },
  );
  if (error || status !== 0 || !existsSync(outcome)) throw new Error(`nvim: ${error?.message ?? status} ${stderr}`);
  return JSON.parse(readFileSync(outcome, "utf8")) as Seen;
}
