import type { ts } from "ts-morph";
import type { NodeId } from "../../model/summary.ts";
import { expression } from "./expressions.ts";
import type { Way } from "../building/flow.ts";
import { branch, guarded, here, join } from "../building/flow.ts";
import type { JumpTarget, PendingGuard } from "../building/function-builder.ts";
import { declareStatements } from "./hoisting.ts";
import { statements } from "./statements.ts";
import type { Walker } from "./walker.ts";
import { isCaseClause } from "./syntax.ts";

/** One clause as it was read. */
interface Clause {
  /** Undefined for `default`. */
  readonly test: NodeId | undefined;
  readonly way: Way;
  /** Some `break` leads from it to the end of the switch. */
  readonly breaks: boolean;
}

export function switchStatement(w: Walker, node: ts.SwitchStatement, labels: readonly string[]): void {
  const subject = expression(w, node.expression);
  const { clauses } = node.caseBlock;
  w.inScope(() => {
    declareStatements(
      w,
      clauses.flatMap((clause) => [...clause.statements]),
    );
    const tests = clauses.map((clause) => (isCaseClause(clause) ? expression(w, clause.expression) : undefined));
    const from = here(w.function);
    const target: JumpTarget = { labels, kind: "switch", base: from.environment, breaks: [], continued: false };
    w.function.jumps.push(target);
    const read = readClauses(w, clauses, subject, tests, from, target);
    w.function.jumps.pop();
    leaveSwitch(w, subject, tests, from, target, read);
  });
}

function readClauses(
  w: Walker,
  clauses: readonly ts.CaseOrDefaultClause[],
  subject: NodeId,
  tests: readonly (NodeId | undefined)[],
  from: Way,
  target: JumpTarget,
): Clause[] {
  const read: Clause[] = [];
  let leading: (NodeId | undefined)[] = [];
  for (const [at, clause] of clauses.entries()) {
    const previous = read[at - 1]?.way;
    const fallsIn = previous?.live ?? false;
    leading = fallsIn ? [...leading, tests[at]] : [tests[at]];
    const breaksBefore = target.breaks.length;
    const guard = clause.statements.length > 0 ? guarded(clauseShape(subject, tests, leading), from.guard) : from.guard;
    const way = branch(w.function, from, guard, () => {
      if (fallsIn && previous) w.function.environment.absorb(previous.environment);
      statements(w, clause.statements);
    });
    read.push({ test: tests[at], way, breaks: target.breaks.length > breaksBefore });
  }
  return read;
}

/** Clauses that end in the default run for all that no clause elsewhere takes. */
function clauseShape(
  subject: NodeId,
  all: readonly (NodeId | undefined)[],
  leading: readonly (NodeId | undefined)[],
): PendingGuard["shape"] {
  if (!leading.includes(undefined)) return { kind: "case", subject, tests: leading.filter((t) => t !== undefined) };
  const otherwise = all.filter((t) => t !== undefined && !leading.includes(t)) as NodeId[];
  return { kind: "case", subject, tests: [], otherwise };
}

/** What follows runs unless a clause that always leaves was taken. */
function leaveSwitch(
  w: Walker,
  subject: NodeId,
  tests: readonly (NodeId | undefined)[],
  from: Way,
  target: JumpTarget,
  read: readonly Clause[],
): void {
  const f = w.function;
  const leaving = read.map(() => false);
  for (let i = read.length - 1; i >= 0; i--) {
    const clause = read[i]!;
    leaving[i] = !clause.breaks && (!clause.way.live || (leaving[i + 1] ?? false));
  }
  const hasDefault = tests.includes(undefined);
  const ways: Way[] = target.breaks.map((environment) => ({ environment, guard: from.guard, live: from.live }));
  const last = read[read.length - 1];
  if (last) ways.push(last.way);
  if (!hasDefault) ways.push(branch(f, from, from.guard, () => {}));
  join(f, from, ways);
  f.guard = from.guard;
  const left = tests.filter((test, i) => test !== undefined && leaving[i]) as NodeId[];
  const kept = tests.filter((test, i) => test !== undefined && !leaving[i]) as NodeId[];
  const defaultLeaves = tests.some((test, i) => test === undefined && leaving[i]);
  if (defaultLeaves && kept.length > 0) f.guard = guarded({ kind: "case", subject, tests: kept }, f.guard);
  else if (left.length > 0) f.guard = guarded({ kind: "case", subject, tests: [], otherwise: left }, f.guard);
}
