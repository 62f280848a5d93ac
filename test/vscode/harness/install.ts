import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { mkdir, mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import { availableParallelism, homedir } from "node:os";
import { delimiter, dirname, join, resolve } from "node:path";
import process from "node:process";
import type { Release } from "./releases.ts";

export interface Installation {
  /** The Node.js that runs VS Code. */
  readonly node: string;
  /** code-server's entry script. */
  readonly entry: string;
  /** What the server has to be told for a run of tests. */
  readonly testSwitch: readonly string[];
}

/**
 * Native modules that are compiled here: logs (and so every extension's output channel), and the watchdog that ends an
 * extension host whose server has died. The others come built, or are needed only for proxies and the like.
 */
const NATIVE_MODULES = ["@vscode/spdlog", "@vscode/native-watchdog"];

const NODE_PACKAGE = `node-linux-${process.arch}`;

/**
 * Puts a VS Code (code-server) and the Node.js it needs into a folder of the user's cache, once per machine: about a minute
 * and a half, and 800 MB, all from the npm registry. Returns at once when it is there.
 */
export async function install(release: Release, log: (line: string) => void): Promise<Installation> {
  const target = join(cacheFolder(), `code-server-${release.codeServer}_node-${release.node}_${process.arch}`);
  if (!existsSync(target)) await installInto(target, release, log);
  const modules = join(target, "node_modules");
  const cli = readFileSync(join(modules, "code-server/out/node/cli.js"), "utf8");
  return {
    node: join(modules, NODE_PACKAGE, "bin/node"),
    entry: join(modules, "code-server/out/node/entry.js"),
    // Without this switch a built VS Code ignores the tests that a page's address names. Releases of code-server that
    // cannot pass it on are of a time before VS Code asked for it.
    testSwitch: cli.includes('"vscode-option"') ? ["--vscode-option", "enable-smoke-test-driver"] : [],
  };
}

function cacheFolder(): string {
  return resolve(process.env["XDG_CACHE_HOME"] ?? join(homedir(), ".cache"), "remit-vscode");
}

/** Installs beside the target and renames: an interrupted or concurrent installation never leaves half a target. */
async function installInto(target: string, release: Release, log: (line: string) => void): Promise<void> {
  await mkdir(dirname(target), { recursive: true });
  const staging = await mkdtemp(join(dirname(target), ".install-"));
  try {
    await writeFile(join(staging, "package.json"), '{ "private": true }\n');
    const modules = join(staging, "node_modules");
    const vscode = join(modules, "code-server/lib/vscode");
    const node = join(modules, NODE_PACKAGE);

    log(`installing VS Code ${release.vscode} (code-server ${release.codeServer}), once per machine`);
    const packages = [`${NODE_PACKAGE}@${release.node}`, `code-server@${release.codeServer}`];
    await npm(staging, ["install", "--ignore-scripts", "--omit=dev", "--no-package-lock", ...packages]);
    // code-server's own postinstall does these two, with every native module built from source.
    await npm(vscode, ["install", "--ignore-scripts", "--omit=dev", "--legacy-peer-deps"]);
    await npm(join(vscode, "extensions"), ["install", "--ignore-scripts", "--omit=dev", "--legacy-peer-deps"]);

    const compiling = {
      PATH: `${join(node, "bin")}${delimiter}${process.env["PATH"]}`,
      npm_config_nodedir: node, // the headers of Node.js, which would be downloaded otherwise
      CXXFLAGS: "-O1", // spdlog's templates take a third longer at -O3
      MAKEFLAGS: `-j${availableParallelism()}`,
    };
    await npm(vscode, ["rebuild", "--foreground-scripts", ...NATIVE_MODULES], compiling);
    await npm(staging, ["rebuild", "--foreground-scripts", "argon2"], compiling); // comes built, but for old releases
    await rename(staging, target).catch((error: unknown) => {
      if (!existsSync(target)) throw error; // else another process was faster
    });
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
}

/** Left by an enclosing `npm run`, these would send the installation to the wrong folder. */
const MISLEADING = ["prefix", "local_prefix", "global", "workspace", "workspaces"].map((name) => `npm_config_${name}`);

function npm(cwd: string, args: readonly string[], extra: NodeJS.ProcessEnv = {}): Promise<void> {
  const quiet = { npm_config_fund: "false", npm_config_audit: "false", npm_config_loglevel: "error" };
  const env: NodeJS.ProcessEnv = { ...process.env, ...quiet, ...extra };
  for (const name of MISLEADING) delete env[name];
  return new Promise((done, failed) => {
    const child = spawn("npm", args, { cwd, env, stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    const collect = (data: Buffer): void => void (output = (output + data.toString()).slice(-8000));
    child.stdout.on("data", collect);
    child.stderr.on("data", collect);
    child.on("error", failed);
    child.on("close", (code) => {
      if (code === 0) done();
      else failed(new Error(`npm ${args.join(" ")} failed (native modules need python3, make and g++)\n${output}`));
    });
  });
}
