import { closest, distance } from "fastest-levenshtein";
import { isNode, LineCounter, parseDocument, type Document } from "yaml";
import type { ErrorObject, ValidateFunction } from "ajv";
import { asObject, asText, type Json, type JsonObject } from "../frontends/resolution/json.ts";
import type { Complaint, Path } from "./complaint.ts";
import { modelComplaints, WAYS } from "./model-complaints.ts";
import schema from "./configuration.schema.json" with { type: "json" };

export interface ConfigurationReading {
  /** What is valid of it. */
  readonly json: JsonObject;
  /** One line each, with file and line: `remit.yaml:4: lint.rules.unusedpermission is not a rule; did you mean unused-permission`. */
  readonly problems: readonly string[];
  /** Line (from 1) at which the value of a path starts. */
  readonly lineOf: (path: Path) => number;
}

/** How often anchors may be used again: plenty for people, too few for a file made to exhaust memory. */
const MAXIMUM_ALIASES = 100;

/** Reads and checks one `remit.yaml`. A part that is wrong is left out and named. */
export async function readConfigurationFile(
  file: string,
  text: string,
  knownRules: readonly string[],
  isFile: (path: string) => boolean,
): Promise<ConfigurationReading> {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: true, logLevel: "silent" });
  const empty: JsonObject = Object.create(null);
  const nothing = (line: number, message: string): ConfigurationReading => ({
    json: empty,
    problems: [`${file}:${line}: ${message}`],
    lineOf: () => 1,
  });

  const [syntax] = document.errors;
  if (syntax !== undefined)
    return nothing(
      lines.linePos(syntax.pos[0]).line,
      `${syntax.message.split("\n")[0]!.replace(/ at line \d+.*$/, "")}; nothing in it counts until it is valid YAML`,
    );
  let data: Json;
  try {
    data = (document.toJS({ maxAliasCount: MAXIMUM_ALIASES }) ?? {}) as Json;
  } catch (error) {
    if (error instanceof ReferenceError) return nothing(1, "uses its anchors too often; write the values out");
    throw error;
  }
  if (asObject(data) === undefined) return nothing(1, "is not a table of settings; see the schema of remit.yaml");

  const lineOf = (path: Path): number => lineOfPath(document, lines, path);
  const ofForm = await schemaComplaints(data);
  const sound = asObject(withoutFaults(data, ofForm));
  const complaints = [
    ...ofForm,
    ...ruleComplaints(data, knownRules),
    ...modelComplaints(sound?.["models"], file, isFile),
  ];
  const problems = complaints
    .map(({ path, message }) => ({ line: lineOf(path), message }))
    .sort((a, b) => a.line - b.line)
    .map(({ line, message }) => `${file}:${line}: ${message}`);
  return {
    json: asObject(withoutFaults(data, complaints))!,
    problems: [...new Set(problems)],
    lineOf,
  };
}

function withoutFaults(data: Json, complaints: readonly Complaint[]): Json {
  return without(
    data,
    complaints.map(({ path }) => path),
  );
}

let validator: Promise<ValidateFunction> | undefined;

/** The validator is loaded and built when the first configuration is met: most runs need none. */
function loadValidator(): Promise<ValidateFunction> {
  // In the bundle a CommonJS package has no names, only what it is as a whole.
  validator ??= import("ajv").then(({ default: { Ajv } }) =>
    new Ajv({ allErrors: true, strict: true, strictRequired: false, verbose: true }).compile(schema),
  );
  return validator;
}

async function schemaComplaints(data: Json): Promise<readonly Complaint[]> {
  const validate = await loadValidator();
  if (validate(data)) return [];
  const complaints = (validate.errors ?? []).flatMap((error) => complaintOf(error, data) ?? []);
  // Of an `anyOf` that fails, the summary is said and the failed branches are not.
  return complaints;
}

function complaintOf(error: ErrorObject, data: Json): Complaint | undefined {
  if (/\/anyOf\/\d+\//.test(error.schemaPath)) return undefined;
  const path = pathOf(error.instancePath, data);
  const name = nameOf(path);
  switch (error.keyword) {
    case "additionalProperties": {
      const key = String(error.params["additionalProperty"]);
      const known = Object.keys((error.parentSchema?.["properties"] as object | undefined) ?? {});
      return { path: [...path, key], message: `${nameOf([...path, key])} is not a setting${suggestion(key, known)}` };
    }
    case "required":
      return { path, message: `${name} has no ${String(error.params["missingProperty"])}` };
    case "enum":
      return {
        path,
        message: `${name} is ${shown(error.data)}; it must be one of ${(error.params["allowedValues"] as string[]).join(", ")}`,
      };
    case "type":
      return {
        path,
        message: `${name} must be ${PLAIN_TYPES[String(error.params["type"])] ?? String(error.params["type"])}`,
      };
    case "minLength":
      return { path, message: `${name} is empty` };
    case "pattern":
      return {
        path,
        message: ofPattern(name, path, error.data),
      };
    case "anyOf":
      return {
        path,
        message: ofNone(name, path),
      };
    default:
      return { path, message: `${name} ${error.message ?? "is not valid"}` };
  }
}

function ofPattern(name: string, path: Path, data: unknown): string {
  if (/\.(expires|date)$/.test(name)) return `${name} is ${shown(data)}; write a day as 2026-12-31`;
  if (name.endsWith(".service")) return `${name} is ${shown(data)}; write provider and service: acme.crm`;
  if (path[0] === "models") return `${name} is ${shown(data)}; write the way to it: ${WAYS}`;
  return `${name} is empty`;
}

/** What is said of something that is none of several forms. */
function ofNone(name: string, path: Path): string {
  if (path[0] === "granted") return `${name} names neither a provider nor a service`;
  if (path[0] !== "models") return `${name} must be a text or a list of texts`;
  return path.length === 3
    ? `${name} says nothing of what is called, kept or returned`
    : `${name} must be the number of an argument (0), this, result, kept, or a list or table of these`;
}

const PLAIN_TYPES: Readonly<Record<string, string>> = {
  object: "a table of settings",
  array: "a list",
  string: "a text",
  boolean: "true or false",
};

function ruleComplaints(data: Json, knownRules: readonly string[]): readonly Complaint[] {
  const lint = asObject(asObject(data)?.["lint"]);
  const unknown = (rule: string): boolean => !knownRules.includes(rule);
  const levels = Object.keys(asObject(lint?.["rules"]) ?? {}).filter(unknown);
  const ignores = Array.isArray(lint?.["ignore"]) ? (lint["ignore"] as readonly Json[]) : [];
  return [
    ...levels.map((rule) => ({
      path: ["lint", "rules", rule],
      message: `lint.rules.${rule} is not a rule${suggestion(rule, knownRules)}`,
    })),
    ...ignores.flatMap((entry, index) => {
      const rule = asText(asObject(entry)?.["rule"]);
      if (rule === undefined || rule === "" || !unknown(rule)) return [];
      return [
        { path: ["lint", "ignore", index, "rule"], message: `${rule} is not a rule${suggestion(rule, knownRules)}` },
      ];
    }),
  ];
}

function suggestion(word: string, known: readonly string[]): string {
  if (known.length === 0) return "";
  const near = closest(word, [...known]);
  return distance(word, near) <= Math.max(2, Math.floor(near.length / 3)) ? `; did you mean ${near}` : "";
}

/** A JSON pointer as a path; numbers where it leads through lists. */
function pathOf(pointer: string, data: Json): Path {
  let here: Json | undefined = data;
  return pointer
    .split("/")
    .slice(1)
    .map((part) => {
      const key = part.replaceAll("~1", "/").replaceAll("~0", "~");
      const step = Array.isArray(here) ? Number(key) : key;
      here = Array.isArray(here) ? (here as readonly Json[])[step as number] : asObject(here)?.[key];
      return step;
    });
}

function nameOf(path: Path): string {
  if (path.length === 0) return "remit.yaml";
  return path.map((step, index) => (typeof step === "number" ? `[${step}]` : index === 0 ? step : `.${step}`)).join("");
}

function shown(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** The line of the innermost thing on a path that the document has; of a key where it is one. */
function lineOfPath(document: Document, lines: LineCounter, path: Path): number {
  for (let length = path.length; length > 0; length--) {
    const parent = length === 1 ? document.contents : document.getIn(path.slice(0, length - 1), true);
    const offset = offsetIn(parent, path[length - 1]!);
    if (offset !== undefined) return lines.linePos(offset).line;
  }
  return 1;
}

function offsetIn(parent: unknown, step: string | number): number | undefined {
  if (!isNode(parent) || !("items" in parent)) return undefined;
  if (typeof step === "number") {
    const item: unknown = parent.items[step];
    return isNode(item) ? item.range?.[0] : undefined;
  }
  for (const item of parent.items) {
    if (typeof item !== "object" || item === null || !("key" in item) || !isNode(item.key)) continue;
    if ("value" in item.key && String(item.key.value) === step) return item.key.range?.[0];
  }
  return undefined;
}

/**
 * The data less what was wrong. Of an entry of a list that lacks something, the whole entry goes (as `null`, so that the
 * others keep their places): half a suppression is none.
 */
function without(data: Json, paths: readonly Path[]): Json {
  const roots = paths.map((path) => {
    const list = path.findIndex((step) => typeof step === "number");
    return list < 0 ? path : path.slice(0, list + 1);
  });
  return prune(data, roots) ?? Object.create(null);
}

function prune(value: Json, paths: readonly Path[]): Json | undefined {
  if (paths.some((path) => path.length === 0)) return undefined;
  const below = (step: string | number): readonly Path[] =>
    paths.filter((path) => path[0] === step).map((path) => path.slice(1));
  if (Array.isArray(value)) return value.map((item: Json, index) => prune(item, below(index)) ?? null);
  const object = asObject(value);
  if (object === undefined) return value;
  const kept: Record<string, Json | undefined> = Object.create(null);
  for (const key of Object.keys(object)) {
    const left = prune(object[key]!, below(key));
    if (left !== undefined) kept[key] = left;
  }
  return kept;
}
