import { createHash } from "node:crypto";
import {
  chmodSync,
  cpSync,
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { build, type Metafile } from "esbuild";

/*
 * Builds `dist/`: the command, the language server and the editor's extension, and beside them the data they read. What is
 * heavy (the TypeScript parser, the schema validator) ends up in chunks of its own wherever the source imports it dynamically,
 * so that `remit --help` never loads it, nor the server before a file needs it.
 */

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const dist = join(root, "dist");
const stamp = join(dist, ".built-from");
/** Becomes `dist/` when all of it is there: whoever runs something of the old one meets no half of a new one. */
const next = join(root, "node_modules", `.dist-${process.pid}`);

const GRAMMARS = "node_modules/@vscode/tree-sitter-wasm/wasm";
/** File or folder in the source → the same beside the bundle. */
const DATA: Readonly<Record<string, string>> = {
  "server/facts": "facts",
  "docs/rules": "docs/rules",
  // For editors that check YAML by a schema.
  "server/src/workspace/configuration.schema.json": "remit.schema.json",
  [`${GRAMMARS}/tree-sitter.wasm`]: "grammars/tree-sitter.wasm",
  [`${GRAMMARS}/tree-sitter-python.wasm`]: "grammars/tree-sitter-python.wasm",
};
const INPUTS = [
  "server/src",
  "client/src",
  ...Object.keys(DATA),
  "scripts/build.ts",
  "package.json",
  "package-lock.json",
];

/** CommonJS dependencies take these names for given; in ES modules they have to be made. */
const COMMONJS_NAMES = [
  'import { createRequire as __createRequire } from "node:module";',
  'import { fileURLToPath as __fileURLToPath } from "node:url";',
  "const require = __createRequire(import.meta.url);",
  "const __filename = __fileURLToPath(import.meta.url);",
  'const __dirname = __fileURLToPath(new URL(".", import.meta.url));',
].join("");

const inputs = fingerprint(INPUTS);
if (existsSync(stamp) && readFileSync(stamp, "utf8") === inputs) {
  console.log("dist is up to date");
} else {
  await bundle().catch(() => process.exit(1)); // esbuild has said why.
  for (const [from, to] of Object.entries(DATA)) {
    if (existsSync(join(root, from))) cpSync(join(root, from), join(next, to), { recursive: true });
  }
  chmodSync(join(next, "cli.js"), 0o755);
  writeFileSync(join(next, ".built-from"), inputs);
  rmSync(dist, { recursive: true, force: true });
  renameSync(next, dist);
  console.log("dist built");
}

async function bundle(): Promise<void> {
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: {
      cli: "server/src/cli/main.ts",
      server: "server/src/lsp/main.ts",
      // Started by the server as a thread, by this name.
      "engine-thread": "server/src/lsp/thread/engine-thread.ts",
    },
    outdir: next,
    // All chunks lie beside the entry: the data is found relative to the file that reads it.
    chunkNames: "[name]-[hash]",
    bundle: true,
    splitting: true,
    format: "esm",
    platform: "node",
    // Some packages ship ES modules beside a CommonJS form that no bundler can follow.
    mainFields: ["module", "main"],
    target: "node20",
    minify: true,
    logLevel: "warning",
    banner: { js: COMMONJS_NAMES },
    metafile: true,
  });
  const reached: Reached = { server: reachedFrom(["server.js", "engine-thread.js"], metafile) };
  writeFileSync(join(next, ".reached.json"), JSON.stringify(reached));
  // VS Code loads an extension as CommonJS; this package's `.js` files are ES modules.
  await build({
    absWorkingDir: root,
    entryPoints: { extension: "client/src/extension.ts" },
    outdir: next,
    outExtension: { ".js": ".cjs" },
    bundle: true,
    format: "cjs",
    platform: "node",
    external: ["vscode"],
    mainFields: ["module", "main"],
    target: "node20",
    minify: true,
    logLevel: "warning",
  });
  const cli = join(next, "cli.js");
  writeFileSync(cli, `#!/usr/bin/env node\n${readFileSync(cli, "utf8")}`);
}

/** The files in `dist/` that a program can load, itself included. The package of the editor takes no others. */
export interface Reached {
  readonly server: readonly string[];
}

function reachedFrom(entries: readonly string[], { outputs }: Metafile): string[] {
  const imports = new Map(Object.entries(outputs).map(([path, output]) => [basename(path), output.imports]));
  const reached = new Set(entries);
  for (const name of reached)
    for (const { path, external } of imports.get(name) ?? []) if (!external) reached.add(basename(path));
  return [...reached].sort();
}

/** Names, sizes and times of all files: cheap, and a false alarm only costs a build. */
function fingerprint(paths: readonly string[]): string {
  const hash = createHash("sha256");
  const add = (path: string): void => {
    const { size, mtimeMs } = statSync(join(root, path));
    hash.update(JSON.stringify([path, size, mtimeMs]));
  };
  for (const path of paths.filter((each) => existsSync(join(root, each)))) {
    if (!statSync(join(root, path)).isDirectory()) {
      add(path);
      continue;
    }
    const files = readdirSync(join(root, path), { recursive: true, withFileTypes: true }).filter((entry) =>
      entry.isFile(),
    );
    for (const file of files.map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1)).sort())
      add(file);
  }
  return hash.digest("hex");
}
