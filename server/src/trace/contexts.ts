import type { FunctionSummary } from "../model/summary.ts";
import type { Arguments } from "./arguments.ts";
import type { Frame } from "./frames.ts";
import type { Cell } from "./heap.ts";
import { isHole } from "./texts.ts";
import type { ExternalValue, Value, ValueSet } from "./values.ts";

const DEEPEST_CHAIN = 100;

/** A function that calls itself, however indirectly, runs on in the frame it has: recursion needs no contexts of its own. */
export function running(
  caller: Frame,
  summary: FunctionSummary,
  environment: Frame | null,
  receiver: Value | null,
): Frame | undefined {
  for (let at: Frame | undefined = caller, depth = 0; at && depth < DEEPEST_CHAIN; at = at.creator, depth++) {
    if (at.function === summary && at.environment === environment && at.receiver === receiver) return at;
  }
  return undefined;
}

/** Values in one argument that uses of a function are told apart by; with more of them, the way to the call must do. */
const MOST_TELLING = 3;

/**
 * Names what a call passes by what can decide: functions, objects, clients, constants. What only the world outside knows
 * decides nothing, and is the same for all. Undefined: too much is passed to tell uses apart by it.
 */
export function passedKey(given: Arguments, isClient: (value: ExternalValue) => boolean): string | undefined {
  const keys: string[] = [];
  for (const set of [...given.positional, given.rest]) {
    const key = telling(set, isClient);
    if (key === undefined) return undefined;
    keys.push(key);
  }
  for (const [name, set] of given.named) {
    const key = telling(set, isClient);
    if (key === undefined) return undefined;
    keys.push(`${name}=${key}`);
  }
  return keys.join(" ");
}

function telling(set: ValueSet, isClient: (value: ExternalValue) => boolean): string | undefined {
  let key = "";
  let count = 0;
  for (const value of set) {
    if (!decides(value, isClient)) continue;
    if (++count > MOST_TELLING) return undefined;
    key += `,${value.id}`;
  }
  return key;
}

function decides(value: Value, isClient: (value: ExternalValue) => boolean, depth = 2): boolean {
  switch (value.kind) {
    case "unknown":
      return false;
    case "text":
      return value.pieces.some((piece) => !isHole(piece)) || value.pieces.length === 0;
    case "external":
      return isClient(value) || !isOutput(value);
    case "object": {
      const { object } = value;
      if (depth === 0 || object.kind === "instance" || object.kind === "map") return true;
      const holds = (cell: Cell): boolean => cell.values.some((v) => decides(v, isClient, depth - 1));
      return holds(object.rest) || [...object.fields.values()].some(holds);
    }
    default:
      return true;
  }
}

/** What a call of a package gave, what a model sends, what the environment holds: data. */
function isOutput(value: ExternalValue): boolean {
  if (value.package === "model" || value.path.startsWith("global#process.")) return true;
  for (let at: ExternalValue | null = value; at; at = at.parent)
    if (at.step?.kind === "call" || at.step?.kind === "index" || at.step?.kind === "callback") return true;
  return false;
}

/** Receivers worth telling apart. */
export function keepsState(value: Value): boolean {
  return value.kind === "object" || value.kind === "class";
}
