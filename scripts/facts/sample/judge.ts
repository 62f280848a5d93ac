import type { Facts, Requirements } from "../../../server/src/facts/lookup.ts";
import type { OperationRow, Pack } from "../../../server/src/model/pack.ts";
import type { Alternatives } from "../../../server/src/model/permission.ts";
import type { SampleRow } from "./sample.ts";

/**
 * What the facts say of a sampled operation, held against what documentation says. For each kind of credential with an expectation:
 *
 * - **right**: the set that the facts name first, where no argument is given, is one of the expected ones, and each expected one is
 *   enough with these or other arguments. What is needed in some cases only may be in the set or not. Where none is expected to
 *   do (`null`), the facts name none. More that is accepted besides is not looked at: documentation seldom lists it all.
 * - **unknown**: no row, or none that says what this kind needs.
 * - **wrong**: anything else.
 *
 * An operation is wrong if it is for one kind, else unknown if it is for one, else right. Two things are let pass, and only where the
 * sample says so: all of several permissions for any one of them where no page says which (`anyOrAll`), and another least one where
 * documentation names one that only reads for a request that changes something (`disputed`): there it must be enough still.
 */
export interface Judgement {
  readonly verdict: "right" | "unknown" | "wrong";
  /** Where it is not right: which kind, what was expected, what the facts say. */
  readonly reasons: readonly string[];
  /** Of what documentation says is needed in some cases, how much the facts name. */
  readonly named: number;
}

export interface FoundOperation {
  readonly pack: Pack;
  readonly row: OperationRow;
}

/** Every token has these, so that naming them beside others says nothing. */
const ALWAYS_GRANTED = new Set(["metadata:read"]);

export function judge(facts: Facts, sampled: SampleRow, found: FoundOperation | undefined): Judgement {
  if (found === undefined) return { verdict: "unknown", reasons: ["no row"], named: 0 };
  const stated = statementsOf(facts, found);
  const kinds = Object.entries(sampled.expected).flatMap(([kind, expected]) =>
    columnsFor(kind, stated).map((column) => judgeKind({ kind, column, expected, sampled, stated })),
  );
  const reasons = kinds.flatMap(({ reason }) => reason ?? []);
  const all = new Set([...stated.first.values(), ...stated.ever.values()].flat(2));
  const named = (sampled.inSomeCases ?? []).filter((name) => all.has(name) || stated.sometimes.has(name)).length;
  for (const verdict of ["wrong", "unknown"] as const)
    if (kinds.some((one) => one.verdict === verdict)) return { verdict, reasons, named };
  return { verdict: "right", reasons: [], named };
}

/** Kind of credential → sets any one of which is enough. */
type Columns = ReadonlyMap<string, Alternatives>;

interface Statements {
  /** With no argument given. */
  readonly first: Columns;
  /** With some arguments or others, or only where it is granted. */
  readonly ever: Columns;
  /** What may be needed besides, whatever the arguments. */
  readonly sometimes: ReadonlySet<string>;
}

function statementsOf(facts: Facts, { pack, row }: FoundOperation): Statements {
  const none = facts.requirement(pack, row, () => null);
  const others = (row.when ?? []).map(({ argument, equals, within }) =>
    facts.requirement(pack, row, (path) => (path === argument ? (equals ?? within?.[0] ?? null) : null)),
  );
  const ever = new Map<string, Alternatives>();
  for (const requirement of [none, ...others]) {
    for (const [kind, alternatives] of columnsOf(requirement))
      ever.set(kind, [...(ever.get(kind) ?? []), ...alternatives]);
    for (const [kind, names] of Object.entries(requirement.enoughIfGranted ?? {}))
      ever.set(kind, [...(ever.get(kind) ?? []), ...names.map((name) => [name])]);
  }
  const anything = facts.requirement(pack, row, () => undefined);
  return { first: columnsOf(none), ever, sometimes: new Set(anything.mayNeed) };
}

const columnsOf = ({ requires }: Requirements): Columns =>
  new Map(Object.entries(requires ?? {}).map(([kind, alternatives]) => [kind, alternatives.map(withoutAlwaysGranted)]));

function withoutAlwaysGranted(names: readonly string[]): readonly string[] {
  return names.length > 1 ? names.filter((name) => !ALWAYS_GRANTED.has(name)) : names;
}

/** The facts' columns for a kind of the sample; `any` is all of them. */
function columnsFor(kind: string, { first, ever }: Statements): readonly string[] {
  if (kind === "any") return first.size === 0 ? ["any"] : [...first.keys()];
  return first.has(kind) || ever.has(kind) ? [kind] : ["any"];
}

interface KindQuestion {
  readonly kind: string;
  readonly column: string;
  readonly expected: SampleRow["expected"][string];
  readonly sampled: SampleRow;
  readonly stated: Statements;
}

function judgeKind({ kind, column, expected, sampled, stated }: KindQuestion): {
  readonly verdict: Judgement["verdict"];
  readonly reason?: string;
} {
  const first = stated.first.get(column) ?? [];
  if (expected === null) {
    if (stated.first.size === 0) return { verdict: "unknown", reason: `${kind}: nothing is said` };
    return first.length === 0 ? { verdict: "right" } : wrong(kind, "none that will do", first);
  }
  if (first.length === 0) return { verdict: "unknown", reason: `${kind}: nothing is said` };
  const ever = stated.ever.get(column) ?? [];
  const sometimes = sampled.inSomeCases ?? [];
  const isRight =
    sampled.anyOrAll !== undefined
      ? sameNames(first.flat(), expected.flat())
      : expected.every((names) => ever.some((one) => meets(one, names, sometimes))) &&
        (sampled.disputed?.includes(kind) || expected.some((names) => meets(first[0]!, names, sometimes)));
  return isRight ? { verdict: "right" } : wrong(kind, text(expected), first);
}

/** Is it the expected set, but for what is needed in some cases only? */
function meets(names: readonly string[], expected: readonly string[], sometimes: readonly string[]): boolean {
  return sameNames(
    names.filter((name) => expected.includes(name) || !sometimes.includes(name)),
    expected,
  );
}

function sameNames(a: readonly string[], b: readonly string[]): boolean {
  const [left, right] = [new Set(a), new Set(b)];
  return left.size === right.size && [...left].every((name) => right.has(name));
}

function wrong(kind: string, expected: string, first: Alternatives): { verdict: "wrong"; reason: string } {
  return { verdict: "wrong", reason: `${kind}: expected ${expected}, the facts say ${text(first)}` };
}

const text = (alternatives: Alternatives): string =>
  alternatives.map((names) => (names.length === 0 ? "nothing" : names.join(" + "))).join(" or ");
