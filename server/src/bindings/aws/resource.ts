import type { Facts } from "../../facts/lookup.ts";
import type { FactLookup } from "../../model/pack.ts";
import { piecesOf } from "../../trace/pieces.ts";
import type { Reading } from "../../trace/reading.ts";
import { isHole } from "../../trace/texts.ts";
import type { Value, ValueSet } from "../../trace/values.ts";
import { type Given, valuesAt } from "./given.ts";

/**
 * Which resource a call touches, as a pattern of its name (ARN): `*` is what is not known, `${TABLE}` what the environment
 * says. Account and region are never known. Undefined: nothing is, or the call touches several.
 */
export function resourceOf(fact: FactLookup, request: Given, facts: Facts, reading: Reading): string | undefined {
  const actions = new Set(Object.values(fact.requires ?? {}).flat(2));
  const [action] = actions;
  if (action === undefined || actions.size > 1) return undefined;
  const vocabulary = facts.pack(`aws/${action.slice(0, action.indexOf(":"))}`)?.vocabulary;
  const types = facts.permission("aws", action)?.resources ?? [];
  if (vocabulary === undefined) return undefined;
  const given = new Arguments(request, vocabulary.arguments ?? {}, reading);
  const candidates = types.flatMap((type) => {
    const pattern = vocabulary.resources.find(([name]) => name === type)?.[1];
    return pattern === undefined ? [] : (candidateFor(type, pattern, given) ?? []);
  });
  const best = candidates.sort((a, b) => b.known - a.known || a.unknown - b.unknown);
  const equal = best.filter(({ known, unknown }) => known === best[0]!.known && unknown === best[0]!.unknown);
  return new Set(equal.map(({ name }) => name)).size === 1 ? best[0]!.name : undefined;
}

interface Candidate {
  readonly name: string;
  readonly known: number;
  readonly unknown: number;
}

/** More than any pattern has variables: an argument with the whole name. */
const WHOLE = 100;

function candidateFor(type: string, pattern: string, given: Arguments): Candidate | undefined {
  const whole = given.whole(type);
  if (whole !== undefined) return { name: whole, known: WHOLE, unknown: 0 };
  let known = 0;
  let unknown = 0;
  let taken: string | undefined;
  const name = pattern.replace(/\$\{(\w+)\}/g, (_, variable: string) => {
    if (variable === "Partition") return "aws";
    if (variable === "Region" || variable === "Account") return "*";
    const value = given.variable(variable);
    if (value === undefined) unknown++;
    else known++;
    if (value !== undefined && isWhole(value)) taken = value;
    return value ?? "*";
  });
  if (known === 0) return undefined;
  return taken === undefined ? { name, known, unknown } : { name: taken, known: WHOLE, unknown: 0 };
}

/** `arn:aws:…`, and a reference whose own name says that it is one: `${TOPIC_ARN}`. */
function isWhole(value: string): boolean {
  return value.startsWith("arn:") || /^\$\{\w*ARN\}$/i.test(value);
}

/** What a call was given, as texts. */
class Arguments {
  readonly #given: Given;
  readonly #places: Readonly<Record<string, readonly string[]>>;
  readonly #reading: Reading;

  constructor(given: Given, places: Readonly<Record<string, readonly string[]>>, reading: Reading) {
    this.#given = given;
    this.#places = places;
    this.#reading = reading;
  }

  /** The argument that holds the whole name: called like the type and `Arn`, or one of the facts. */
  whole(type: string): string | undefined {
    const wanted = `${type.replace(/[^a-z0-9]/gi, "").toLowerCase()}arn`;
    const objects = this.#reading.objects([...this.#given.input, ...this.#given.defaults]);
    const names = objects.flatMap((object) => this.#reading.fieldNames(object));
    const paths = [...names.filter((name) => name.toLowerCase() === wanted), ...(this.#places[type] ?? [])];
    const found = this.#first(paths);
    return found !== undefined && (isWhole(found) || /^\$\{\w+\}$/.test(found)) ? found : undefined;
  }

  variable(name: string): string | undefined {
    const found = this.#first([name, name[0]!.toLowerCase() + name.slice(1), ...(this.#places[name] ?? [])]);
    return found === undefined || isWhole(found) ? found : spelled(name, found);
  }

  #first(paths: readonly string[]): string | undefined {
    for (const path of paths) {
      const values = valuesAt(this.#given, path, this.#reading);
      if (values.length > 0) return textOf(values);
    }
    return undefined;
  }
}

/** One text for all that it may be. A default beside what the environment says is the environment's to replace. */
function textOf(values: ValueSet): string | undefined {
  const texts = new Set(values.map(patternOf));
  const references = [...texts].filter((text) => /^\$\{\w+\}$/.test(text));
  const [only] = texts.size === 1 ? texts : references;
  return only === undefined || references.length > 1 || /^\**$/.test(only) ? undefined : only;
}

const ENVIRONMENT = /^(?:(?:global#|node:)process[.#]env|python:os#environ)\.(\w+)$/;

function patternOf(value: Value): string {
  const pieces = piecesOf(value);
  return pieces
    .map((piece) => (isHole(piece) ? (referenceTo(piece.name) ?? "*") : piece.text))
    .join("")
    .replace(/\*{2,}/g, "*");
}

function referenceTo(name: string | undefined): string | undefined {
  const variable = name === undefined ? undefined : ENVIRONMENT.exec(name)?.[1];
  return variable === undefined ? undefined : `\${${variable}}`;
}

/** What an argument makes of the variable it fills, where the two are not written the same. */
function spelled(variable: string, value: string): string | undefined {
  // The address of a queue ends in its name.
  if (/^https?:\/\//.test(value)) return value.split("/").at(-1) || undefined;
  if (variable.endsWith("WithoutLeadingSlash")) return value.replace(/^\//, "");
  // Another name for a key that is not known, part of a function's ARN.
  if (variable === "KeyId" && value.startsWith("alias/")) return undefined;
  return variable === "FunctionName" && value.includes(":") ? undefined : value;
}
