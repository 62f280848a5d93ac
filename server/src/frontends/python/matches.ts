import type { NodeId } from "../../model/summary.ts";
import type { Way } from "../building/flow.ts";
import { branch, guarded, here, join } from "../building/flow.ts";
import type { PendingGuard } from "../building/function-builder.ts";
import { expression } from "./expressions.ts";
import { statements } from "./statements.ts";
import { plainText } from "./strings.ts";
import type { Syntax } from "./syntax.ts";
import { childOf, childrenOf, namedChildren } from "./syntax.ts";
import type { Walker } from "./walker.ts";

/** What a pattern tests: equal to one of `tests`, or anything (`rest` of a match), or something that is not decided here. */
interface Test {
  readonly kind: "equals" | "anything" | "something";
  readonly tests: readonly NodeId[];
}

/** `match subject:` with its cases in turn: each runs only if none of the literal ones before it took the subject. */
export function matchStatement(w: Walker, node: Syntax): void {
  const f = w.function;
  const subjects = childrenOf(node, "subject");
  const [only] = subjects;
  if (!only) return;
  const subject = subjects.length === 1 ? expression(w, only) : w.unknown("several subjects", node);
  const body = childOf(node, "body");
  const from = here(f);
  const taken: NodeId[] = [];
  const ways: Way[] = [];
  let exhaustive = false;
  for (const clause of body ? namedChildren(body) : []) {
    if (clause.type !== "case_clause") continue;
    const patterns = namedChildren(clause).filter((child) => child.type === "case_pattern");
    const test = patterns.length === 1 ? testOf(w, patterns[0]!) : { kind: "something" as const, tests: [] };
    const guard = childOf(clause, "guard");
    const shape: PendingGuard["shape"] =
      test.kind === "equals"
        ? { kind: "case", subject, tests: test.tests }
        : { kind: "case", subject, tests: [], otherwise: [...taken] };
    ways.push(
      branch(f, from, guarded(shape, from.guard), () => {
        for (const pattern of patterns) capture(w, pattern, subject);
        const [condition] = guard ? namedChildren(guard) : [];
        if (condition) f.guard = guarded({ kind: "if", condition: expression(w, condition), when: true }, f.guard);
        statements(w, childOf(clause, "consequence"));
      }),
    );
    if (test.kind === "equals" && !guard) taken.push(...test.tests);
    if (test.kind === "anything" && !guard) exhaustive = true;
  }
  if (!exhaustive) ways.push(branch(f, from, from.guard, () => {}));
  join(f, from, ways);
}

function testOf(w: Walker, pattern: Syntax): Test {
  const [inner] = namedChildren(pattern);
  if (!inner) return { kind: "anything", tests: [] };
  switch (inner.type) {
    case "union_pattern": {
      const parts = namedChildren(inner).map((part) => literalTest(w, part));
      return parts.every((part) => part !== undefined)
        ? { kind: "equals", tests: parts }
        : { kind: "something", tests: [] };
    }
    case "dotted_name": {
      const names = namedChildren(inner);
      return names.length === 1 ? { kind: "anything", tests: [] } : { kind: "equals", tests: [dottedTest(w, inner)] };
    }
    default: {
      const literal = literalTest(w, inner);
      return literal === undefined ? { kind: "something", tests: [] } : { kind: "equals", tests: [literal] };
    }
  }
}

function literalTest(w: Walker, node: Syntax): NodeId | undefined {
  if (node.type === "case_pattern") {
    const [inner] = namedChildren(node);
    return inner && literalTest(w, inner);
  }
  if (node.type === "dotted_name" && namedChildren(node).length > 1) return dottedTest(w, node);
  const isLiteral =
    ["integer", "float", "true", "false", "none"].includes(node.type) || plainText(w, node) !== undefined;
  return isLiteral ? expression(w, node) : undefined;
}

/** `Colour.RED`. */
function dottedTest(w: Walker, node: Syntax): NodeId {
  const [first, ...more] = namedChildren(node);
  const root = w.use(first!.text, first!);
  return more.reduce((of, name) => w.add({ kind: "member", of, name: name.text }, node), root);
}

/** Binds the names of a pattern: the subject itself, or something out of it. */
function capture(w: Walker, pattern: Syntax, subject: NodeId): void {
  for (const child of namedChildren(pattern)) {
    switch (child.type) {
      case "dotted_name": {
        const [name, ...more] = namedChildren(child);
        if (name && more.length === 0) w.assign(name.text, subject);
        break;
      }
      case "as_pattern": {
        capture(w, child, subject);
        const alias = childOf(child, "alias") ?? namedChildren(child).findLast((part) => part.type === "identifier");
        if (alias) w.assign(alias.text, subject);
        break;
      }
      case "dict_pattern":
        captureEntries(w, child, subject);
        break;
      case "case_pattern":
      case "list_pattern":
      case "tuple_pattern":
        captureParts(w, child, subject);
        break;
      case "class_pattern":
      case "union_pattern":
      case "keyword_pattern":
        captureParts(w, child, subject);
        break;
      case "splat_pattern": {
        const [name] = namedChildren(child);
        if (name?.type === "identifier") w.assign(name.text, w.unknown("the rest of a pattern", child));
        break;
      }
    }
  }
}

function captureEntries(w: Walker, pattern: Syntax, subject: NodeId): void {
  const keys = childrenOf(pattern, "key");
  for (const [at, value] of childrenOf(pattern, "value").entries()) {
    const key = keys[at];
    const text = key && plainText(w, key);
    const part =
      text === undefined
        ? w.unknown("part of a pattern", value)
        : w.add({ kind: "member", of: subject, name: text }, value);
    capture(w, value, part);
  }
  for (const child of namedChildren(pattern))
    if (child.type === "splat_pattern") capture(w, { ...pattern, children: [child] }, subject);
}

/** Items in order; of classes, what their fields hold is not known here. */
function captureParts(w: Walker, pattern: Syntax, subject: NodeId): void {
  const isList = pattern.type === "list_pattern" || pattern.type === "tuple_pattern";
  for (const [at, child] of namedChildren(pattern).entries()) {
    if (child.type !== "case_pattern" && child.type !== "keyword_pattern") continue;
    const part = isList
      ? w.add({ kind: "index", of: subject, key: w.add({ kind: "literal", value: at }, child) }, child)
      : w.unknown("part of a pattern", child);
    capture(w, child, part);
  }
}
