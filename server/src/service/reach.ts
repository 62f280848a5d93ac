import { Evaluation } from "../trace/evaluation.ts";
import type { Frame, Root } from "../trace/frames.ts";
import type { Interpreter } from "../trace/interpreter.ts";
import { piecesOf } from "../trace/pieces.ts";
import { isModels as isModelsPiece } from "../trace/texts.ts";
import type { OpenCondition, Site, TracedReach } from "./traced.ts";

/** A call, in one of the frames that make it. */
export interface Place {
  readonly frame: Frame;
  readonly node: number;
  /** The calls from there down to the one that touches something. */
  readonly onward?: readonly Place[];
}

export interface Way {
  readonly root: Root;
  /** The call it leads to. */
  readonly end: Place;
  /** From the start of the root down to the call: the calls on the shortest way, the call itself last. */
  readonly path: TracedReach["path"];
  /** The files in which it begins, on all ways; sorted. */
  readonly from: readonly string[];
  /** Some function on every way stands for several of its uses: the way may be that of another. */
  readonly merged: boolean;
}

/**
 * All roots from which any of some calls is reached, each with a shortest way; one through functions that stand for a single
 * use, if there is one.
 */
export function waysTo(places: readonly Place[]): Way[] {
  const exact = waysThrough(places, false);
  if (exact.isAll) return exact.ways;
  const known = new Set(exact.ways.map(({ root }) => root));
  const all = waysThrough(places, true).ways;
  const fromOf = new Map(all.map(({ root, from }) => [root, from]));
  return [
    ...exact.ways.map((way) => ({ ...way, from: fromOf.get(way.root) ?? way.from })),
    ...all.filter(({ root }) => !known.has(root)),
  ];
}

interface Link {
  readonly end: Place;
  readonly to: Frame | null;
  readonly node: number;
}

/** Looks back from all the calls at once, through every caller, or all but those that stand for several uses. */
function waysThrough(places: readonly Place[], merged: boolean): { ways: Way[]; isAll: boolean } {
  const next = new Map<Frame, Link>();
  let isAll = true;
  const add = (frame: Frame, link: Link): void => {
    if (frame.merged && !merged) isAll = false;
    else if (!next.has(frame)) next.set(frame, link);
  };
  for (const end of places) add(end.frame, { end, to: null, node: end.node });
  const ways = new Map<Root, Omit<Way, "from">>();
  const begins = new Map<Root, Set<string>>();
  for (const [at, { end }] of next) {
    for (const root of at.starts) {
      begins.set(root, (begins.get(root) ?? new Set()).add(at.file));
      if (!ways.has(root)) ways.set(root, { root, end, merged, path: [...pathFrom(at, next), ...onward(end)] });
    }
    for (const [caller, node] of at.callers) add(caller, { end, to: at, node });
  }
  return { ways: [...ways.values()].map((way) => ({ ...way, from: [...begins.get(way.root)!].sort() })), isAll };
}

function onward({ onward: places = [] }: Place): TracedReach["path"] {
  return places.map(({ frame, node }) => stepAt(frame, node));
}

function stepAt(frame: Frame, node: number): TracedReach["path"][number] {
  return { file: frame.file, function: frame.function.path, node, label: frame.function.name || "module" };
}

function pathFrom(start: Frame, next: ReadonlyMap<Frame, Link>): TracedReach["path"] {
  const path: (Site & { label: string })[] = [];
  for (let at: Frame | null = start; at;) {
    const link: Link = next.get(at)!;
    path.push(stepAt(at, link.node));
    at = link.to;
  }
  return path;
}

/** The conditions around a call, and around those it leads to. */
export function conditionsOf(trace: Interpreter, { frame, node, onward: places = [] }: Place): OpenCondition[] {
  return [{ frame, node }, ...places].flatMap((place) => [...openConditions(trace, place.frame, place.node)]);
}

/** How many calls back the conditions of a registration are looked for. */
const DEEPEST = 4;

/** The conditions around the call that registers a tool, and around the calls that lead to it as long as there is one way. */
export function conditionsOfRegistration(trace: Interpreter, frame: Frame, node: number): TracedReach["conditions"] {
  const conditions = [...openConditions(trace, frame, node)];
  let at = frame;
  for (let depth = 0; depth < DEEPEST && at.callers.size === 1; depth++) {
    const [caller, call] = [...at.callers][0]!;
    conditions.unshift(...openConditions(trace, caller, call));
    at = caller;
  }
  return conditions;
}

/** The conditions around a node that may go either way. */
export function openConditions(trace: Interpreter, frame: Frame, node: number): TracedReach["conditions"] {
  const step = frame.function.steps.find((s) => s.kind === "call" && s.node === node);
  const conditions: OpenCondition[] = [];
  const evaluation = new Evaluation(trace, frame);
  for (let id = step?.guard; id !== undefined;) {
    const guard: (typeof frame.function.guards)[number] = frame.function.guards[id]!;
    if (guard.kind === "if" && evaluation.truth(guard.condition) === "maybe") {
      conditions.unshift({
        file: frame.file,
        function: frame.function.path,
        node: guard.condition,
        when: guard.when,
        byModel: isModels(evaluation, guard.condition),
      });
    }
    id = guard.parent;
  }
  return conditions;
}

/** Whether a model's input has a part in what an expression gives. */
function isModels(evaluation: Evaluation, id: number): boolean {
  const node = evaluation.frame.function.nodes[id]!;
  const parts = node.kind === "operation" ? node.operands : node.kind === "logical" ? [node.left, node.right] : [];
  if (parts.length > 0) return parts.some((part) => isModels(evaluation, part));
  return evaluation.value(id).some((value) => piecesOf(value).some(isModelsPiece));
}
