import type { FunctionSummary } from "../model/summary.ts";
import type { Arguments } from "./arguments.ts";
import type { Frame } from "./frames.ts";
import type { HeapObject } from "./heap.ts";
import { constantText, isHole } from "./texts.ts";
import type { ExternalValue, ObjectValue, Value, ValueSet } from "./values.ts";
import { NOTHING } from "./values.ts";

const DEEPEST_CHAIN = 100;

/** Names that one function may be asked for within each other: a container that makes what something else needs. */
const MOST_NESTED = 4;

/**
 * A function that calls itself, however indirectly, runs on in the frame it has: recursion needs no contexts of its own,
 * unless it is asked for something of another name.
 */
export function running(
  caller: Frame,
  summary: FunctionSummary,
  environment: Frame | null,
  receiver: Value | null,
  given: Arguments,
): Frame | undefined {
  let nearest: Frame | undefined;
  let nested = 0;
  for (let at: Frame | undefined = caller, depth = 0; at && depth < DEEPEST_CHAIN; at = at.creator, depth++) {
    if (at.function !== summary || at.environment !== environment || at.receiver !== receiver) continue;
    if (!isOtherName(at, given)) return at;
    nearest ??= at;
    nested++;
  }
  return nested < MOST_NESTED ? undefined : nearest;
}

/** Whether a call passes another constant text than the one a frame runs with. */
function isOtherName(frame: Frame, given: Arguments): boolean {
  return given.positional.some((passed, i) => {
    const [name, known] = [onlyText(passed), onlyText(frame.parameters[i]?.values ?? NOTHING)];
    return name !== undefined && known !== undefined && name !== known;
  });
}

function onlyText(values: ValueSet): string | undefined {
  const [value] = values;
  return values.length === 1 && value?.kind === "text" ? constantText(value.pieces) : undefined;
}

/** Values in one argument that uses of a function are told apart by; with more of them, the way to the call must do. */
const MOST_TELLING = 3;

/** What a call passes, as far as it can decide anything: exactly, and with data told apart only by where it is made. */
export interface Passed {
  readonly exactly: string;
  readonly alike: string;
}

interface Naming {
  readonly isClient: (value: ExternalValue) => boolean;
  readonly idOf: (place: string) => number;
}

/**
 * Names what a call passes by what can decide: functions, objects, clients, constants. What only the world outside knows
 * decides nothing, and is the same for all. Undefined: too much is passed to tell uses apart by it.
 */
export function passedBy(
  given: Arguments,
  isClient: (value: ExternalValue) => boolean,
  idOf: (place: string) => number,
): Passed | undefined {
  const naming = { isClient, idOf };
  let [exactly, alike] = ["", ""];
  const sets: [name: string, values: ValueSet][] = [
    ...[...given.positional, given.rest].map((set): [string, ValueSet] => ["", set]),
    ...given.named,
  ];
  for (const [name, set] of sets) {
    const key = telling(set, naming);
    if (!key) return undefined;
    exactly += ` ${name}${key.exactly}`;
    alike += ` ${name}${key.alike}`;
  }
  return { exactly, alike };
}

function telling(set: ValueSet, naming: Naming): Passed | undefined {
  let [exactly, alike] = ["", ""];
  let count = 0;
  for (const value of set) {
    const weight = weigh(value, naming.isClient);
    if (weight === "nothing") continue;
    if (++count > MOST_TELLING) return undefined;
    exactly += `,${value.id}`;
    alike += weight === "data" && value.kind === "object" ? `,${placeOf(value, naming)}` : `,${value.id}`;
  }
  return { exactly, alike };
}

function placeOf({ id, object: { site } }: ObjectValue, { idOf }: Naming): string {
  return site ? `@${idOf(`${site.file}\u0000${site.function}\u0000${site.node}`)}` : String(id);
}

/** How much a value can decide: nothing, which constants are used, or what is called. */
type Weight = "nothing" | "data" | "calls";

function weigh(value: Value, isClient: (value: ExternalValue) => boolean, depth = 2): Weight {
  switch (value.kind) {
    case "unknown":
      return "nothing";
    case "text":
      return value.pieces.some((piece) => !isHole(piece)) || value.pieces.length === 0 ? "data" : "nothing";
    case "literal":
      return "data";
    case "external":
      return isClient(value) || !isOutput(value) ? "calls" : "nothing";
    case "object":
      return weighObject(value.object, isClient, depth);
    default:
      return "calls";
  }
}

function weighObject(object: HeapObject, isClient: (value: ExternalValue) => boolean, depth: number): Weight {
  if (object.kind === "instance" || object.kind === "map") return "calls";
  if (depth === 0) return "data";
  let weight: Weight = "nothing";
  for (const cell of [object.rest, ...object.fields.values()]) {
    for (const value of cell.values) {
      const one = weigh(value, isClient, depth - 1);
      if (one === "calls") return one;
      if (one === "data") weight = one;
    }
  }
  return weight;
}

/** Whether what is called can depend on which of several values it is. */
export function decidesCalls(values: ValueSet): boolean {
  return values.some((value) => weigh(value, () => false) === "calls");
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
