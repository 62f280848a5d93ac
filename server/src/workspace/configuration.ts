import picomatch from "picomatch";
import { compareText } from "../model/place.ts";
import { asObject, asText, asTexts, type Json, type JsonObject } from "../frontends/resolution/json.ts";
import { ancestorsOf, baseNameOf, directoryOf, isWithin, relativeTo } from "../frontends/resolution/paths.ts";
import { modelsFromRoot, type Declared } from "../libraries/declared.ts";
import type { Models } from "../libraries/model.ts";
import { readConfigurationFile } from "./configuration-file.ts";

export const CONFIGURATION_FILE = "remit.yaml";

export type RuleLevel = "error" | "warning" | "info" | "off";

/** A finding that is accepted, with the reason. */
export interface IgnoreEntry {
  /** The file it is written in, and the line. */
  readonly file: string;
  readonly line: number;
  readonly path: string;
  readonly rule: string;
  readonly permission?: string;
  readonly reason: string;
  /** `2026-12-31`; compared by whoever knows what day it is. */
  readonly expires?: string;
  matches(file: string): boolean;
}

/** Permissions granted elsewhere. */
export interface GrantedEntry {
  readonly file: string;
  readonly line: number;
  readonly provider?: string;
  readonly service?: string;
  readonly permissions: readonly string[];
  readonly credentialKind?: string;
  readonly deployable?: string;
  readonly reason?: string;
  /** Whether it is meant for code in this file; always true where no path is given. */
  matches(file: string): boolean;
}

/** What is in force for one file: each key from the nearest `remit.yaml` that has it. */
export interface Configuration {
  /** `lint.include` and `lint.exclude`. */
  readonly isIncluded: boolean;
  readonly rules: ReadonlyMap<string, RuleLevel>;
  readonly ignore: readonly IgnoreEntry[];
  /** Where another entry belongs: the file whose entries count, or else the nearest; there need not be one yet. */
  readonly ignoreFile: string;
  readonly granted: readonly GrantedEntry[];
  /** `lint.types`: whether types of installed packages are read. */
  readonly types: boolean;
  /** What is said of functions that are not traced: by each `remit.yaml`, what is nearest for the file. */
  readonly models: readonly Declared[];
  /** Carried as they are written. */
  readonly agents: Json | undefined;
  readonly extends: Json | undefined;
}

export interface Configurations {
  readonly configurationFor: (file: string) => Configuration;
  /** The files read, sorted. */
  readonly files: readonly string[];
  readonly problems: readonly { readonly file: string; readonly message: string }[];
}

/** One `remit.yaml`, read: only the keys it has. */
interface Layer {
  readonly file: string;
  readonly directory: string;
  readonly include?: (file: string) => boolean;
  readonly exclude?: (file: string) => boolean;
  readonly rules: ReadonlyMap<string, RuleLevel>;
  readonly ignore?: readonly IgnoreEntry[];
  readonly granted?: readonly GrantedEntry[];
  readonly types?: boolean;
  readonly models?: Declared;
  readonly json: JsonObject;
}

/**
 * Reads every `remit.yaml` of the workspace. What is wrong in one is a line that says where; the rest of the file counts.
 * `knownRules` are the ids that `lint.rules` and `lint.ignore` may name.
 */
export async function readConfigurations(
  files: readonly string[],
  read: (path: string) => string | undefined,
  knownRules: readonly string[],
): Promise<Configurations> {
  const found = files.filter((file) => baseNameOf(file) === CONFIGURATION_FILE).sort(compareText);
  const known = new Set(files);
  const layers = new Map<string, Layer>();
  const problems: { file: string; message: string }[] = [];
  for (const file of found) {
    const text = read(file);
    if (text === undefined) continue;
    const reading = await readConfigurationFile(file, text, knownRules, (path) => known.has(path));
    problems.push(...reading.problems.map((message) => ({ file, message })));
    layers.set(directoryOf(file), layerOf(file, reading.json, reading.lineOf));
  }
  return {
    files: found,
    problems,
    configurationFor: (file) =>
      combine(
        file,
        [...ancestorsOf(directoryOf(file))].flatMap((directory) => layers.get(directory) ?? []),
      ),
  };
}

/** `layers` nearest first. */
function combine(file: string, layers: readonly Layer[]): Configuration {
  const include = layers.find((layer) => layer.include !== undefined)?.include;
  const exclude = layers.find((layer) => layer.exclude !== undefined)?.exclude;
  const json = (key: string): Json | undefined => layers.find((layer) => layer.json[key] !== undefined)?.json[key];
  return {
    isIncluded: (include?.(file) ?? true) && !(exclude?.(file) ?? false),
    rules: new Map([...layers].reverse().flatMap(({ rules }) => [...rules])),
    ignore: layers.find((layer) => layer.ignore !== undefined)?.ignore ?? [],
    ignoreFile: (layers.find((layer) => layer.ignore !== undefined) ?? layers[0])?.file ?? CONFIGURATION_FILE,
    granted: layers.find((layer) => layer.granted !== undefined)?.granted ?? [],
    agents: json("agents"),
    types: layers.find((layer) => layer.types !== undefined)?.types ?? false,
    models: modelsIn(layers),
    extends: json("extends"),
  };
}

/** Of each kind of model what the nearest `remit.yaml` says that has it. */
function modelsIn(layers: readonly Layer[]): Declared[] {
  const taken = new Set<string>();
  return layers.flatMap(({ models }) => {
    const own = Object.entries(models?.models ?? {}).filter(([kind]) => !taken.has(kind));
    for (const [kind] of own) taken.add(kind);
    return own.length === 0 ? [] : [{ file: models!.file, models: Object.fromEntries(own) }];
  });
}

type LineOf = (path: readonly (string | number)[]) => number;

function layerOf(file: string, json: JsonObject, lineOf: LineOf): Layer {
  const directory = directoryOf(file);
  const lint = asObject(json["lint"]);
  const globs = (key: string): ((file: string) => boolean) | undefined =>
    lint?.[key] === undefined ? undefined : globTest(directory, asTexts(lint[key]));
  const rules = asObject(lint?.["rules"]);
  return {
    file,
    directory,
    include: globs("include"),
    exclude: globs("exclude"),
    rules: new Map(Object.keys(rules ?? {}).map((id) => [id, rules![id] as RuleLevel])),
    ignore: entriesIn(lint?.["ignore"])?.map(([index, entry]) =>
      ignoreEntry(file, lineOf(["lint", "ignore", index]), entry),
    ),
    granted: entriesIn(json["granted"])?.map(([index, entry]) => grantedEntry(file, lineOf(["granted", index]), entry)),
    ...(typeof lint?.["types"] === "boolean" ? { types: lint["types"] } : {}),
    ...(json["models"] === undefined ? {} : { models: { file, models: modelsOf(file, json["models"]) } }),
    json,
  };
}

/** The form has been checked; what was wrong has been taken out. */
function modelsOf(file: string, json: Json): Models {
  const kinds = Object.entries(asObject(json) ?? {}).map(([kind, list]) => [
    kind,
    (list as readonly Json[]).filter((entry) => entry !== null),
  ]);
  return modelsFromRoot(Object.fromEntries(kinds) as Models, file);
}

/** The entries of a list with their place in it. Those that were wrong have been taken out and are passed over. */
function entriesIn(value: Json | undefined): readonly (readonly [index: number, entry: JsonObject])[] | undefined {
  if (!Array.isArray(value)) return undefined;
  return value.flatMap((item: Json, index) => {
    const entry = asObject(item);
    return entry === undefined ? [] : [[index, entry] as const];
  });
}

function ignoreEntry(file: string, line: number, entry: JsonObject): IgnoreEntry {
  const path = asText(entry["path"]) ?? "";
  return {
    file,
    line,
    path,
    rule: asText(entry["rule"]) ?? "",
    permission: asText(entry["permission"]),
    reason: asText(entry["reason"]) ?? "",
    expires: asText(entry["expires"]),
    matches: globTest(directoryOf(file), [path]),
  };
}

function grantedEntry(file: string, line: number, entry: JsonObject): GrantedEntry {
  const path = asText(entry["path"]);
  return {
    file,
    line,
    provider: asText(entry["provider"]),
    service: asText(entry["service"]),
    permissions: asTexts(entry["permissions"]),
    credentialKind: asText(entry["credentialKind"]),
    deployable: asText(entry["deployable"]),
    reason: asText(entry["reason"]),
    matches: path === undefined ? () => true : globTest(directoryOf(file), [path]),
  };
}

/**
 * Globs relative to a directory. A pattern also takes in what lies below a folder it names; `!` takes out again. A name with
 * the signs of a glob in it (`[id].ts`) may be written as it is.
 */
function globTest(directory: string, patterns: readonly string[]): (file: string) => boolean {
  const clean = (pattern: string): string => pattern.replace(/^\.\//, "").replace(/\/+$/, "");
  const expand = (pattern: string): readonly string[] =>
    clean(pattern) === "" || clean(pattern) === "." ? ["**"] : [clean(pattern), `${clean(pattern)}/**`];
  const taken = patterns.filter((pattern) => !pattern.startsWith("!")).flatMap(expand);
  const left = patterns.filter((pattern) => pattern.startsWith("!")).flatMap((pattern) => expand(pattern.slice(1)));
  const test = picomatch(taken.length === 0 && left.length > 0 ? ["**"] : taken, { ignore: [...left], dot: true });
  const names = patterns.map(clean).filter((name) => /[[\](){}?*+!@]/.test(name));
  return (file) => {
    if (!isWithin(file, directory)) return false;
    const path = relativeTo(file, directory);
    return test(path) || names.some((name) => isWithin(path, name));
  };
}
