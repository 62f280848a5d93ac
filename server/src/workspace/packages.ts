import picomatch from "picomatch";
import { parse as parseYaml } from "yaml";
import { compareText } from "../model/place.ts";
import { asObject, asText, asTexts, readJson, type Json, type JsonObject } from "../frontends/resolution/json.ts";
import { describesPackage } from "../frontends/resolution/package-manifest.ts";
import { ancestorsOf, baseNameOf, directoryOf, isWithin, relativeTo } from "../frontends/resolution/paths.ts";

/** A package of the workspace: a folder with a manifest that says what its code is. */
export interface WorkspacePackage {
  readonly root: string;
  /** `package.json` or `pyproject.toml`. */
  readonly manifest: string;
  readonly name: string | undefined;
  /** Of `package.json`; an empty object for others. */
  readonly json: JsonObject;
  /** Of `pyproject.toml`: command → `package.module:function`. */
  readonly commands: Readonly<Record<string, string>>;
  /** It is the root of npm, pnpm or yarn workspaces. */
  readonly holdsWorkspaces: boolean;
  /** Root of the workspaces it is a member of. */
  readonly memberOf: string | undefined;
}

export interface Packages {
  /** By root, outermost first. */
  readonly all: readonly WorkspacePackage[];
  nearest(path: string): WorkspacePackage | undefined;
  readonly problems: readonly { readonly file: string; readonly message: string }[];
}

type ReadText = (path: string) => string | undefined;

/** Finds the packages among the files of a workspace. Of several manifests in a folder, `package.json` names it. */
export function findPackages(files: readonly string[], read: ReadText): Packages {
  const problems: { file: string; message: string }[] = [];
  const byRoot = new Map<string, Pick<WorkspacePackage, "manifest" | "name" | "json" | "commands">>();
  for (const manifest of files.filter((file) => baseNameOf(file) === "package.json")) {
    const text = read(manifest);
    if (text === undefined) continue;
    const reading = readJson(text);
    if (reading.problem !== undefined)
      problems.push({
        file: manifest,
        message: `${manifest}: ${reading.problem}; read as far as it goes`,
      });
    const json = asObject(reading.value);
    if (json !== undefined && describesPackage(json))
      byRoot.set(directoryOf(manifest), { manifest, name: asText(json["name"]), json, commands: {} });
  }
  for (const manifest of files.filter((file) => baseNameOf(file) === "pyproject.toml")) {
    const root = directoryOf(manifest);
    if (byRoot.has(root)) continue;
    const text = read(manifest) ?? "";
    const name = /^\s*name\s*=\s*["']([^"'\n]+)["']/m.exec(text)?.[1];
    byRoot.set(root, { manifest, name, json: Object.create(null) as JsonObject, commands: commandsIn(text) });
  }
  const holders = workspaceHolders(files, byRoot, read, problems);
  const all = [...byRoot]
    .map(([root, about]): WorkspacePackage => ({
      root,
      ...about,
      holdsWorkspaces: holders.has(root),
      memberOf: holderOf(root, holders),
    }))
    .sort((a, b) => compareText(a.root, b.root));
  const roots = new Map(all.map((each) => [each.root, each]));
  return {
    all,
    problems,
    nearest(path) {
      for (const directory of ancestorsOf(directoryOf(path))) {
        const found = roots.get(directory);
        if (found !== undefined) return found;
      }
      return undefined;
    },
  };
}

/** Commands that installing a Python package makes: lines of these tables, each of two plain texts. */
function commandsIn(pyproject: string): Record<string, string> {
  const tables = pyproject.split(/^\s*(?=\[)/m);
  const own = tables.filter((table) => /^\[(?:project\.(?:gui-)?scripts|tool\.poetry\.scripts)\]/.test(table));
  const lines = own.flatMap((table) => [...table.matchAll(/^\s*["']?([\w.-]+)["']?\s*=\s*["']([\w.]+:[\w.]+)["']/gm)]);
  return Object.fromEntries(lines.map(([, name, target]) => [name!, target!]));
}

type Matcher = (path: string) => boolean;

/** Roots of workspaces and what their globs take in: `workspaces` of npm and yarn, `pnpm-workspace.yaml`, `lerna.json`. */
function workspaceHolders(
  files: readonly string[],
  byRoot: ReadonlyMap<string, { readonly json: JsonObject }>,
  read: ReadText,
  problems: { file: string; message: string }[],
): ReadonlyMap<string, Matcher> {
  const globs = new Map<string, readonly string[]>();
  for (const [root, { json }] of byRoot) {
    const field = json["workspaces"];
    if (field !== undefined) globs.set(root, asTexts(asObject(field)?.["packages"] ?? field));
  }
  for (const file of files) {
    const name = baseNameOf(file);
    if (name === "lerna.json") addGlobs(globs, file, asObject(readJson(read(file) ?? "").value)?.["packages"]);
    if (name !== "pnpm-workspace.yaml") continue;
    try {
      addGlobs(globs, file, asObject(parseYaml(read(file) ?? "", { maxAliasCount: 100 }) as Json)?.["packages"]);
    } catch (error) {
      problems.push({
        file,
        message: `${file}: ${error instanceof Error ? error.message.split("\n")[0]!.replace(/:$/, "") : "not YAML"}`,
      });
    }
  }
  return new Map([...globs].map(([root, patterns]) => [root, matcherOf(patterns)]));
}

function addGlobs(globs: Map<string, readonly string[]>, file: string, packages: Json | undefined): void {
  const root = directoryOf(file);
  globs.set(root, [...(globs.get(root) ?? []), ...asTexts(packages)]);
}

function matcherOf(patterns: readonly string[]): Matcher {
  const clean = (pattern: string): string => pattern.replace(/^\.\//, "").replace(/\/$/, "");
  const taken = patterns.filter((pattern) => !pattern.startsWith("!")).map(clean);
  const left = patterns.filter((pattern) => pattern.startsWith("!")).map((pattern) => clean(pattern.slice(1)));
  return picomatch(taken, { ignore: left });
}

function holderOf(root: string, holders: ReadonlyMap<string, Matcher>): string | undefined {
  for (const directory of ancestorsOf(directoryOf(root))) {
    if (
      root !== directory &&
      isWithin(root, directory) &&
      holders.get(directory)?.(relativeTo(root, directory)) === true
    )
      return directory;
  }
  return undefined;
}
