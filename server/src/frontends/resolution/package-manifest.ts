import { asObject, asText, type Json, type JsonObject } from "./json.ts";
import type { JsonSource, RequestForm } from "./host.ts";
import { ancestorsOf, joinPath } from "./paths.ts";

/** A `package.json` and where it stands. */
export interface PackageManifest {
  readonly root: string;
  readonly json: JsonObject;
}

/** Says what a folder of code is, and not just how its files are to be read (`{"type": "module"}` in a build folder). */
export function describesPackage(json: JsonObject): boolean {
  return ["name", "dependencies", "devDependencies", "scripts", "bin", "workspaces", "imports"].some(
    (key) => json[key] !== undefined,
  );
}

/** The manifest of the package a directory belongs to. */
export function nearestPackage(source: JsonSource, directory: string): PackageManifest | undefined {
  for (const root of ancestorsOf(directory)) {
    const json = asObject(source.json(joinPath(root, "package.json")!)?.value);
    if (json !== undefined && describesPackage(json)) return { root, json };
  }
  return undefined;
}

/** `@scope/name/sub/path` → name and subpath; `undefined` when it cannot be the name of a package. */
export function splitPackageSpecifier(specifier: string): { name: string; subpath: string } | undefined {
  const match = /^((?:@[^/\s]+\/)?[^@./\s:#~][^/\s:]*)(?:\/(.*))?$/.exec(specifier);
  return match === null ? undefined : { name: match[1]!, subpath: match[2] ?? "" };
}

/**
 * Targets of a subpath (`.`, `./sub`) or of an internal name (`#x`) in an `exports` or `imports` field, those Node would
 * take first, then the declarations, then all others: what matters is the source behind them, and each leads there.
 */
export function conditionalTargets(field: Json | undefined, subpath: string, form: RequestForm): readonly string[] {
  const matched = matchSubpath(field, subpath);
  if (matched === undefined) return [];
  const leaves: { target: string; conditions: readonly string[] }[] = [];
  collectLeaves(matched.value, [], leaves);
  const accepted = new Set(["node", "module", "default", form === "require" ? "require" : "import"]);
  const rank = ({ conditions }: { conditions: readonly string[] }): number => {
    if (conditions.every((condition) => accepted.has(condition))) return 0;
    return conditions.includes("types") ? 1 : 2;
  };
  return leaves.toSorted((a, b) => rank(a) - rank(b)).map(({ target }) => target.replaceAll("*", () => matched.star));
}

/** All targets of an `exports` field, with their subpaths: what a package offers. */
export function allTargets(field: Json | undefined): readonly { readonly subpath: string; readonly target: string }[] {
  return Object.entries(subpathsOf(field)).flatMap(([subpath, value]) => {
    const leaves: { target: string }[] = [];
    collectLeaves(value, [], leaves as { target: string; conditions: readonly string[] }[]);
    return leaves.map(({ target }) => ({ subpath, target }));
  });
}

function matchSubpath(field: Json | undefined, subpath: string): { value: Json | undefined; star: string } | undefined {
  const subpaths = subpathsOf(field);
  if (subpaths[subpath] !== undefined) return { value: subpaths[subpath], star: "" };
  let best: { prefix: number; value: Json | undefined; star: string } | undefined;
  for (const [pattern, value] of Object.entries(subpaths)) {
    const star = pattern.endsWith("/") ? pattern.length : pattern.indexOf("*");
    if (star < 0) continue;
    const prefix = pattern.slice(0, star);
    const suffix = pattern.slice(star + 1);
    if (subpath.length < prefix.length + suffix.length || !subpath.startsWith(prefix) || !subpath.endsWith(suffix))
      continue;
    if (best !== undefined && best.prefix >= prefix.length) continue;
    const rest = subpath.slice(prefix.length, subpath.length - suffix.length);
    // The older folder form `"./features/": "./dist/features/"` maps what follows as it is.
    const target = pattern.endsWith("/") && typeof value === "string" ? `${value}*` : value;
    best = { prefix: prefix.length, value: target, star: rest };
  }
  return best;
}

/** `exports` may be one target, a table of conditions, or a table of subpaths; all as the last. */
function subpathsOf(field: Json | undefined): Record<string, Json | undefined> {
  const subpaths: Record<string, Json | undefined> = Object.create(null);
  const object = asObject(field);
  if (object === undefined || !Object.keys(object).some((key) => key.startsWith(".") || key.startsWith("#")))
    subpaths["."] = field;
  else for (const key of Object.keys(object)) subpaths[key] = object[key];
  return subpaths;
}

function collectLeaves(
  value: Json | undefined,
  conditions: readonly string[],
  into: { target: string; conditions: readonly string[] }[],
): void {
  if (typeof value === "string") into.push({ target: value, conditions });
  else if (Array.isArray(value)) for (const item of value) collectLeaves(item, conditions, into);
  else {
    const object = asObject(value);
    for (const key of Object.keys(object ?? {})) collectLeaves(object![key], [...conditions, key], into);
  }
}

/** Targets of the fields that name a package's main file, the more telling first. */
export function mainTargets(json: JsonObject): readonly string[] {
  const published = asObject(json["publishConfig"]);
  const fields = ["source", "module", "main", "types", "typings"];
  return [json, published].flatMap((table) => fields.flatMap((field) => asText(table?.[field]) ?? []));
}

/** How the nearest manifests ask for a dependency: `npm:real@^1`, `file:../x`, `workspace:*`, `^2.0.0`. */
export function dependencyRange(
  source: JsonSource,
  directory: string,
  name: string,
): { range: string; root: string } | undefined {
  for (const root of ancestorsOf(directory)) {
    const json = asObject(source.json(joinPath(root, "package.json")!)?.value);
    for (const table of ["dependencies", "devDependencies", "optionalDependencies", "peerDependencies"]) {
      const range = asText(asObject(json?.[table])?.[name]);
      if (range !== undefined) return { range, root };
    }
  }
  return undefined;
}
