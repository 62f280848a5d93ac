import { asObject, asText } from "../frontends/resolution/json.ts";
import type { JsonSource } from "../frontends/resolution/host.ts";
import { findModuleFile } from "../frontends/resolution/module-file.ts";
import { allTargets, mainTargets } from "../frontends/resolution/package-manifest.ts";
import { buildLayoutOf, sourceLocations } from "../frontends/resolution/source-of-output.ts";
import { isWithin, joinPath, relativeTo } from "../frontends/resolution/paths.ts";
import { compareText } from "../model/place.ts";
import { isAnalysedCode, languageOf } from "./languages.ts";
import type { WorkspacePackage } from "./packages.ts";

/** A file that is run or imported from outside its package. `customary`: nothing says so, it is where people put it. */
export interface Entry {
  readonly file: string;
  readonly kind: "bin" | "main" | "exports" | "script" | "customary";
  /** Name of the command or script, or the subpath. */
  readonly name: string;
  /** The function that is called, where it is one alone. */
  readonly function?: string;
}

/** Entries of a package as its manifest states them, led back from built files to their sources. `files` are those of the package. */
export function entriesOf(owner: WorkspacePackage, files: readonly string[], source: JsonSource): readonly Entry[] {
  const code = files.filter((file) => isAnalysedCode(languageOf(file)));
  const entries = new Map<string, Entry>();
  const add = (file: string | undefined, kind: Entry["kind"], name: string, called?: string): void => {
    if (file === undefined || !isAnalysedCode(languageOf(file))) return;
    entries.set([file, kind, name].join("\0"), { file, kind, name, ...(called !== undefined && { function: called }) });
  };
  const find = (target: string): string | undefined => {
    const path = joinPath(owner.root, target);
    return path === undefined
      ? undefined
      : findModuleFile(source, path, { from: joinPath(owner.root, "package.json")! });
  };

  for (const [name, target] of binTargets(owner)) add(find(target), "bin", name);
  for (const [name, target] of Object.entries(owner.commands)) {
    const [module = "", called = ""] = target.split(":");
    add(pythonModule(owner, module, code), "bin", name, called.split(".")[0]);
  }
  const exported = allTargets(owner.json["exports"]);
  for (const { subpath, target } of exported) {
    if (!target.includes("*")) add(find(target), "exports", subpath);
    else for (const file of familyOf(owner, target, code, source)) add(file, "exports", subpath);
  }
  const mains = mainTargets(owner.json);
  for (const target of mains) add(find(target), "main", ".");
  if (mains.length === 0 && exported.length === 0) add(find("index"), "main", ".");
  const scripts = asObject(owner.json["scripts"]);
  for (const name of Object.keys(scripts ?? {})) {
    for (const target of filesRunBy(asText(scripts![name]) ?? "")) add(find(target), "script", name);
  }
  if (entries.size === 0) for (const target of CUSTOMARY) add(find(target), "customary", ".");
  return [...entries.values()].sort(
    (a, b) => compareText(a.file, b.file) || compareText(a.kind, b.kind) || compareText(a.name, b.name),
  );
}

const CUSTOMARY = ["index", "main", "server", "app", "cli"].flatMap((name) => [`src/${name}`, name]);

function binTargets({ json }: WorkspacePackage): readonly (readonly [name: string, target: string])[] {
  const bin = json["bin"];
  if (typeof bin === "string") return [[asText(json["name"]) ?? "", bin]];
  const table = asObject(bin);
  return Object.keys(table ?? {}).flatMap((name) => {
    const target = asText(table![name]);
    return target === undefined ? [] : [[name, target] as const];
  });
}

/** `mail.server` is `mail/server.py` or `mail/server/__init__.py`, below the package's root or its `src`. */
function pythonModule(owner: WorkspacePackage, module: string, code: readonly string[]): string | undefined {
  const path = module.replaceAll(".", "/");
  const places = ["", "src/"].flatMap((folder) => [`${folder}${path}.py`, `${folder}${path}/__init__.py`]);
  return places.map((place) => joinPath(owner.root, place)).find((file) => file !== undefined && code.includes(file));
}

/** Files that a target with a star stands for. */
function familyOf(
  owner: WorkspacePackage,
  target: string,
  code: readonly string[],
  source: JsonSource,
): readonly string[] {
  const path = joinPath(owner.root, target.slice(0, target.indexOf("*")).replace(/[^/]*$/, ""));
  if (path === undefined) return [];
  // The locations of a file in the folder, less the file.
  const probe = joinPath(path, "x.js")!;
  const folders = [probe, ...sourceLocations(probe, buildLayoutOf(source, owner.root))].map((location) =>
    location.replace(/\/?x\.js$/, ""),
  );
  const folder = folders.find(
    (candidate) => candidate !== owner.root && code.some((file) => isWithin(file, candidate)),
  );
  if (folder === undefined) return [];
  const deep = target.slice(target.indexOf("*") + 1).includes("/");
  return code.filter((file) => isWithin(file, folder) && (!deep || relativeTo(file, folder).includes("/")));
}

const RUNNERS: ReadonlySet<string> = new Set(
  "node nodejs tsx ts-node ts-node-esm ts-node-dev tsnd bun bunx deno nodemon vite-node esno jiti babel-node swc-node pm2 forever esbuild tsup ncc tsdown pkgroll bunchee microbundle mcp fastmcp".split(
    " ",
  ),
);
const PASSED_OVER = /^(?:npx|pnpm|yarn|npm|exec|dlx|cross-env|dotenv|dotenvx|env-cmd|env|run|--|sudo|time|-y|\w+=.*)$/;

/** Files a shell command of `scripts` runs: `tsx watch src/x.ts`, `NODE_ENV=test node dist/x.js && …`. */
export function filesRunBy(command: string): readonly string[] {
  return command.split(/&&|\|\||[;|&\n]/).flatMap((part) => {
    const words = part
      .trim()
      .split(/\s+/)
      .map((word) => word.replace(/^["']|["']$/g, ""));
    const start = words.findIndex((word) => !PASSED_OVER.test(word));
    const runner = words.findIndex((word, index) => index >= Math.max(start, 0) && RUNNERS.has(word));
    if (runner < 0 || runner !== start) return [];
    return words
      .slice(runner + 1)
      .filter(
        (word) =>
          !word.startsWith("-") &&
          /^(?:\.{0,2}\/)?[\w@./-]+$/.test(word) &&
          /[./]/.test(word) &&
          !/^\.{1,2}\/?$/.test(word),
      );
  });
}
