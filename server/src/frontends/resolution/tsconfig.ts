import { asObject, asText, asTexts, type JsonObject } from "./json.ts";
import type { JsonSource } from "./host.ts";
import { ancestorsOf, baseNameOf, directoryOf, joinPath } from "./paths.ts";
import { splitPackageSpecifier } from "./package-manifest.ts";

/** What module resolution needs of a `tsconfig.json`, its `extends` followed. Directories are relative to the workspace root. */
export interface TypeScriptConfiguration {
  readonly file: string;
  readonly baseUrl?: string;
  readonly paths?: PathMappings;
  readonly outDir?: string;
  readonly rootDir?: string;
  readonly references: readonly string[];
  /** Files it extends that are not there (often generated ones): they may explain an import that leads nowhere. */
  readonly missing: readonly string[];
  readonly problems: readonly { readonly file: string; readonly message: string }[];
}

export interface PathMappings {
  /** What the targets are relative to. */
  readonly base: string;
  readonly patterns: readonly { readonly pattern: string; readonly targets: readonly string[] }[];
}

/** The nearest `tsconfig.json` (or `jsconfig.json`) at or above a directory. */
export function nearestConfiguration(source: JsonSource, directory: string): TypeScriptConfiguration | undefined {
  for (const ancestor of ancestorsOf(directory)) {
    for (const name of ["tsconfig.json", "jsconfig.json"]) {
      const file = joinPath(ancestor, name)!;
      if (source.host.exists(file)) return readConfiguration(source, file);
    }
  }
  return undefined;
}

/** Reads one configuration. A circle of `extends` is cut where it closes, and named. */
export function readConfiguration(source: JsonSource, file: string): TypeScriptConfiguration {
  const draft: Draft = { missing: [], problems: [], references: [] };
  merge(source, file, directoryOf(file), [], draft);
  return { file, ...draft };
}

type Draft = {
  -readonly [K in keyof Omit<TypeScriptConfiguration, "file" | "missing" | "problems">]: TypeScriptConfiguration[K];
} & { missing: string[]; problems: { file: string; message: string }[] };

function merge(source: JsonSource, file: string, leaf: string, chain: readonly string[], draft: Draft): void {
  if (chain.includes(file)) {
    const circle = [...chain.slice(chain.indexOf(file)), file];
    const words = circle.length === 2 ? "extends itself" : `extends itself through ${circle.slice(1, -1).join(", ")}`;
    draft.problems.push({ file, message: `${file}: ${words}; remove one "extends" of the circle` });
    return;
  }
  const reading = source.json(file);
  if (reading === undefined) return;
  if (reading.problem !== undefined)
    draft.problems.push({ file, message: `${file}: ${reading.problem}; read as far as it goes` });
  const json = asObject(reading.value);
  if (json === undefined) return;
  for (const base of asTexts(json["extends"])) {
    const target = extended(source, file, base);
    if (target.kind === "file") merge(source, target.file, leaf, [...chain, file], draft);
    else if (target.kind === "missing") draft.missing.push(base);
  }
  applyOptions(json, directoryOf(file), leaf, draft);
}

function applyOptions(json: JsonObject, directory: string, leaf: string, draft: Draft): void {
  const options = asObject(json["compilerOptions"]);
  const place = (value: string | undefined): string | undefined => {
    if (value === undefined) return undefined;
    return value.startsWith("${configDir}")
      ? joinPath(leaf, value.slice("${configDir}".length).replace(/^\//, ""))
      : joinPath(directory, value);
  };
  draft.baseUrl = place(asText(options?.["baseUrl"])) ?? draft.baseUrl;
  draft.outDir = place(asText(options?.["outDir"])) ?? draft.outDir;
  draft.rootDir = place(asText(options?.["rootDir"])) ?? draft.rootDir;
  const paths = asObject(options?.["paths"]);
  if (paths !== undefined) {
    const patterns = Object.keys(paths).map((pattern) => ({
      pattern,
      targets: asTexts(paths[pattern]).flatMap((target) => {
        const placed = target.startsWith("${configDir}") ? place(target) : joinPath(draft.baseUrl ?? directory, target);
        return placed === undefined ? [] : [placed];
      }),
    }));
    draft.paths = { base: draft.baseUrl ?? directory, patterns };
  }
  const references = Array.isArray(json["references"]) ? json["references"] : [];
  draft.references = references.flatMap((reference) => {
    const path = asText(asObject(reference)?.["path"]);
    const target = path === undefined ? undefined : joinPath(directory, path);
    if (target === undefined) return [];
    return [target.endsWith(".json") ? target : joinPath(target, "tsconfig.json")!];
  });
}

type Extended = { kind: "file"; file: string } | { kind: "missing" } | { kind: "installed" };

function extended(source: JsonSource, file: string, base: string): Extended {
  if (base.startsWith("./") || base.startsWith("../") || base === "." || base === "..") {
    const target = joinPath(directoryOf(file), base);
    return target === undefined ? { kind: "missing" } : (fileNamed(source, target) ?? { kind: "missing" });
  }
  // A shared configuration from a package: followed only when the package is part of the workspace.
  const parts = splitPackageSpecifier(base);
  const root = parts === undefined ? undefined : source.host.packagesNamed(parts.name)[0];
  if (root === undefined) return { kind: "installed" };
  return fileNamed(source, joinPath(root, parts!.subpath)!) ?? { kind: "missing" };
}

function fileNamed(source: JsonSource, target: string): Extended | undefined {
  const candidates = baseNameOf(target).endsWith(".json")
    ? [target]
    : [`${target}.json`, joinPath(target, "tsconfig.json")!, target];
  const file = candidates.find((candidate) => source.host.exists(candidate));
  return file === undefined ? undefined : { kind: "file", file };
}

/** Where a specifier may lead by `paths`: the targets of the exact pattern, else of the one with the longest prefix. */
export function mappedPaths(configuration: TypeScriptConfiguration, specifier: string): readonly string[] {
  let best: { prefix: number; targets: readonly string[]; star: string } | undefined;
  for (const { pattern, targets } of configuration.paths?.patterns ?? []) {
    if (pattern === specifier) return targets;
    const star = pattern.indexOf("*");
    if (star < 0) continue;
    const prefix = pattern.slice(0, star);
    const suffix = pattern.slice(star + 1);
    if (
      specifier.length < prefix.length + suffix.length ||
      !specifier.startsWith(prefix) ||
      !specifier.endsWith(suffix)
    )
      continue;
    if (best !== undefined && best.prefix >= prefix.length) continue;
    best = {
      prefix: prefix.length,
      targets,
      star: specifier.slice(prefix.length, specifier.length - suffix.length),
    };
  }
  if (best === undefined) return [];
  const { targets, star } = best;
  return targets.flatMap(
    (target) =>
      joinPath(
        "",
        target.replace("*", () => star),
      ) ?? [],
  );
}
