import type { GuardId, Node, NodeId } from "../model/summary.ts";
import type { Use } from "../model/tests-of-uses.ts";
import { DEEPEST_CONDITION, ENDS, MEMBERSHIP, sameUse } from "../model/tests-of-uses.ts";
import type { Truth } from "./conditions.ts";
import { couldBe, equality, not, truthOf } from "./conditions.ts";
import type { Frame } from "./frames.ts";
import type { Interpreter } from "./interpreter.ts";
import { iterated } from "./iteration.ts";
import { typeNames } from "./literals.ts";
import { constantText, isHole } from "./texts.ts";
import type { Value, ValueSet } from "./values.ts";
import { NOTHING, setOf } from "./values.ts";

/** What finding out about a use asks of the evaluation it is part of. */
interface Reader {
  readonly trace: Interpreter;
  readonly frame: Frame;
  value(id: NodeId): ValueSet;
}

/** What is left of a value under a condition: nothing, itself, or the constants it must be. */
type Left = readonly Value[];

/** Guards around a use that are asked what they say of it. */
const MOST_GUARDS = 64;

/** What a use can be under a guard: the values with which the guard, and those around it, let it be reached. */
export function refined(at: Reader, use: Use, guard: GuardId, values: ValueSet): ValueSet {
  const { guards, nodes } = at.frame.function;
  let kept = values;
  let left = MOST_GUARDS;
  for (let id: GuardId | undefined = guard; id !== undefined && kept.length > 0 && left > 0; id = guards[id]!.parent) {
    left--;
    const around = guards[id]!;
    if (around.kind === "if")
      kept = keep(at, kept, (one) => underCondition(at, use, around.condition, around.when, one));
    else if (around.kind === "case" && sameUse(use, nodes[around.subject]!))
      kept = keep(at, kept, (one) => underCase(at, around.tests, around.otherwise ?? [], one));
  }
  return kept;
}

function keep(at: Reader, values: ValueSet, left: (value: Value) => Left): ValueSet {
  const lefts = values.map(left);
  if (lefts.every((one, i) => one.length === 1 && one[0] === values[i])) return values;
  return setOf(lefts.flat(), at.trace.values);
}

function underCase(at: Reader, tests: readonly NodeId[], otherwise: readonly NodeId[], value: Value): Left {
  const kept = otherwise.reduce(
    (left: Left, test) => left.flatMap((one) => compared(at, one, at.value(test), false)),
    [value],
  );
  if (tests.length === 0) return kept;
  return kept.flatMap((one) => either(tests.map((test) => compared(at, one, at.value(test), true))));
}

function underCondition(
  at: Reader,
  use: Use,
  condition: NodeId,
  when: boolean,
  value: Value,
  depth = DEEPEST_CONDITION,
): Left {
  if (depth === 0) return [value];
  const node = at.frame.function.nodes[condition]!;
  if (sameUse(use, node)) {
    const truth = truthOf([value]);
    // What counts as false adds nothing where it is written: of texts, it is the empty one.
    return !when && truth === "maybe" ? [at.trace.values.text([])] : unless(truth, when, value);
  }
  switch (node.kind) {
    case "logical": {
      if (node.operator === "??") return [value];
      const sides = [node.left, node.right] as const;
      // `a && b` holds where both do; it does not where one of them does not.
      if ((node.operator === "&&") === when)
        return sides.reduce(
          (left: Left, side) => left.flatMap((one) => underCondition(at, use, side, when, one, depth - 1)),
          [value],
        );
      return either(sides.map((side) => underCondition(at, use, side, when, value, depth - 1)));
    }
    case "operation":
      return underOperation(at, use, node, when, value, depth);
    case "call": {
      const callee = at.frame.function.nodes[node.callee]!;
      const [wanted] = node.arguments;
      if (callee.kind !== "member" || !wanted) return [value];
      const end = ENDS.get(callee.name);
      if (end && isUseOf(at, use, callee.of)) return endsIn(at.value(wanted.value), end, when, value);
      if (MEMBERSHIP.has(callee.name) && isUseOf(at, use, wanted.value))
        return heldBy(at, at.value(callee.of), when, value);
      return [value];
    }
    default:
      return [value];
  }
}

/** How operators that say two things are equal, or are not, are spelled. */
const EQUAL = new Map([
  ["==", true],
  ["===", true],
  ["is", true],
  ["!=", false],
  ["!==", false],
  ["is not", false],
]);

function underOperation(
  at: Reader,
  use: Use,
  node: Node & { kind: "operation" },
  when: boolean,
  value: Value,
  depth: number,
): Left {
  const [left, right] = node.operands;
  if (left === undefined) return [value];
  if (node.operator === "!" || node.operator === "not") return underCondition(at, use, left, !when, value, depth - 1);
  if (right === undefined) return [value];
  if (node.operator === "in") return isUseOf(at, use, left) ? heldBy(at, at.value(right), when, value) : [value];
  const positive = EQUAL.get(node.operator);
  if (positive === undefined) return [value];
  for (const [operand, other] of [
    [left, right],
    [right, left],
  ] as const) {
    if (isUseOf(at, use, operand)) return compared(at, value, at.value(other), positive === when);
    const tested = at.frame.function.nodes[operand]!;
    if (tested.kind === "operation" && tested.operator === "typeof" && isUseOf(at, use, tested.operands[0]!)) {
      const truth = equality(typeNames(at.trace, [value]), at.value(other));
      return unless(truth, positive === when, value);
    }
  }
  return [value];
}

function isUseOf(at: Reader, use: Use, node: NodeId): boolean {
  return sameUse(use, at.frame.function.nodes[node]!);
}

/** A value that must, or must not, be one of `others`. Of what is known only in part, the constants it must be are left. */
function compared(at: Reader, value: Value, others: ValueSet, same: boolean): Left {
  if (others.length === 0) return at.frame.insists ? [value] : NOTHING;
  const truth = equality([value], others);
  if (truth === "maybe" && same && isOpen(value) && others.every(isConstant))
    return others.filter(
      (other) => value.kind !== "text" || (other.kind === "text" && couldBe(value, constantText(other.pieces)!)),
    );
  return unless(truth, same, value);
}

/** A text that begins, or ends, with one of some texts, or with none of them. */
function endsIn(others: ValueSet, end: "start" | "end", when: boolean, value: Value): Left {
  if (value.kind !== "text") return [value];
  const truths = others.map((other): Truth => {
    const wanted = other.kind === "text" ? constantText(other.pieces) : undefined;
    if (wanted === undefined) return "maybe";
    const piece = value.pieces.at(end === "start" ? 0 : -1);
    if (!piece) return wanted === "" ? "true" : "false";
    if (isHole(piece)) return "maybe";
    const shorter = piece.text.length < wanted.length;
    const [long, short] = shorter ? [wanted, piece.text] : [piece.text, wanted];
    if (!(end === "start" ? long.startsWith(short) : long.endsWith(short))) return "false";
    return shorter ? (value.pieces.length > 1 ? "maybe" : "false") : "true";
  });
  return truths.every((truth) => truth === truths[0]) ? unless(truths[0] ?? "maybe", when, value) : [value];
}

function heldBy(at: Reader, holders: ValueSet, when: boolean, value: Value): Left {
  if (holders.length === 0) return at.frame.insists ? [value] : NOTHING;
  const left = holders.map((holder): Left => {
    if (holder.kind !== "object" || holder.object.class) return [value];
    return unless(holding(at, holder, value), when, value);
  });
  return either(left);
}

function holding(at: Reader, holder: Value & { kind: "object" }, value: Value): Truth {
  const { object } = holder;
  const isOfKeys = object.kind === "record" || object.kind === "map";
  if (isOfKeys) object.listReaders.add(at.frame);
  const { items, rest } = isOfKeys
    ? {
        items: [...object.fields.keys()].map((key) => [at.trace.values.text([{ text: key, offset: 0 }])]),
        rest: at.trace.read(object.rest, at.frame),
      }
    : iterated(at.trace, holder, at.frame);
  const truths = items.map((item) => equality(item, [value]));
  if (truths.includes("true")) return "true";
  return rest.length > 0 || truths.some((truth) => truth !== "false") ? "maybe" : "false";
}

function unless(truth: Truth, when: boolean, value: Value): Left {
  const holds = when ? truth : not(truth);
  return holds === "false" || holds === "never" ? NOTHING : [value];
}

function either(ways: readonly Left[]): Left {
  return [...new Set(ways.flat())];
}

/** Known only in part. */
function isOpen(value: Value): boolean {
  return (
    value.kind === "unknown" ||
    value.kind === "external" ||
    (value.kind === "text" && constantText(value.pieces) === undefined)
  );
}

function isConstant(value: Value): boolean {
  return value.kind === "literal" || (value.kind === "text" && constantText(value.pieces) !== undefined);
}
