import { requestsCalled } from "../facts/called.ts";
import type { Facts } from "../facts/lookup.ts";
import type { OperationRow, Pack } from "../model/pack.ts";
import { operationTitle } from "../model/pack.ts";
import { lineStartsOf, positionAt } from "../model/place.ts";
import type { Directive } from "../model/summary.ts";
import { Placer } from "./placer.ts";
import type { PlacingHost } from "./placer.ts";
import type { TracedAccess, TracedBlindSpot, TracedDeployable, TracedTrust } from "./traced.ts";

/** What a `remit-assume` comment says of the place it stands at. */
export type Statement =
  | { readonly kind: "harmless" }
  /** No call of these services is made there. */
  | { readonly kind: "no"; readonly services: readonly string[] }
  /** These calls are made there, and no others. */
  | { readonly kind: "calls"; readonly operations: readonly string[] };

/** Undefined: it says nothing that can be followed. */
export function statementOf({ subjects }: Directive): Statement | undefined {
  const [verb, ...named] = subjects;
  if (verb === "harmless" && named.length === 0) return { kind: "harmless" };
  if (verb === "no" && named.length > 0) return { kind: "no", services: named };
  return verb === "calls" && named.length > 0 ? { kind: "calls", operations: titles(named) } : undefined;
}

/** `GET /me/messages` is one title of two words. */
function titles(words: readonly string[]): string[] {
  return words.flatMap((word, at) => {
    if (word.startsWith("/") && at > 0) return [];
    const path = words[at + 1];
    return [path?.startsWith("/") ? `${word} ${path}` : word];
  });
}

interface Comment {
  readonly file: string;
  readonly line: number;
  readonly start: number;
  readonly end: number;
  readonly reason: string;
  readonly statement: Statement;
}

const BY = "a remit-assume comment";

/** Blind spots of which a comment says what happens there are none any more; the calls it names are calls. */
export function withAssumptions(traced: TracedDeployable, host: PlacingHost, facts: Facts): TracedDeployable {
  const comments = [...new Set(traced.blindSpots.map(({ site }) => site.file))].flatMap((f) => commentsIn(f, host));
  if (comments.length === 0) return traced;
  const placer = new Placer(host);
  const blindSpots: TracedBlindSpot[] = [];
  const trusted: TracedTrust[] = [...traced.trusted];
  const accesses: TracedAccess[] = [...traced.accesses];
  for (const spot of traced.blindSpots) {
    const line = lineOf(placer, spot, host);
    let left: TracedBlindSpot | undefined = spot;
    for (const comment of comments.filter((c) => c.file === spot.site.file && c.line === line)) {
      const closed: readonly string[] = left ? closedBy(comment.statement, left, facts) : [];
      if (!left || closed.length === 0) continue;
      trusted.push(trust(left, closed, comment));
      accesses.push(...callsOf(comment.statement, spot, facts));
      left = without(left, closed);
    }
    if (left) blindSpots.push(left);
  }
  return { ...traced, blindSpots, trusted, accesses };
}

function commentsIn(file: string, host: PlacingHost): Comment[] {
  return (host.summary(file)?.directives ?? []).flatMap((directive, i): Comment[] => {
    const at = directive.kind === "assume" ? host.positions(file)?.directives[i] : undefined;
    const statement = statementOf(directive);
    if (!at || !statement || directive.reason === undefined) return [];
    return [{ file, line: at.firstLine, start: at.start, end: at.end, reason: directive.reason, statement }];
  });
}

function lineOf(placer: Placer, { site }: TracedBlindSpot, host: PlacingHost): number {
  return positionAt(lineStartsOf(host.text(site.file) ?? ""), placer.span(site).start).line;
}

/** Services of which a statement says that no other call is made there. */
function closedBy(statement: Statement, { affects }: TracedBlindSpot, facts: Facts): readonly string[] {
  switch (statement.kind) {
    case "harmless":
      return affects;
    case "calls":
      return statement.operations.every((title) => operationCalled(title, facts)) ? affects : [];
    case "no":
      return statement.services.filter((service) => affects.some((affected) => isOf(service, affected)));
  }
}

/** `google.drive` is of `google`, and of `*`, which is anything. */
function isOf(service: string, affected: string): boolean {
  return (
    affected === "*" || service === affected || service.startsWith(`${affected}.`) || affected.startsWith(`${service}.`)
  );
}

function trust(spot: TracedBlindSpot, closed: readonly string[], { file, start, end, reason }: Comment): TracedTrust {
  return { ...spot, affects: closed, by: BY, own: true, comment: { file, start, end }, statement: reason };
}

/** What of a blind spot a statement leaves open. */
function without(spot: TracedBlindSpot, closed: readonly string[]): TracedBlindSpot | undefined {
  const affects = spot.affects.filter((a) => !closed.some((c) => a === c || a.startsWith(`${c}.`)));
  if (affects.length === 0) return undefined;
  return { ...spot, affects, except: [...new Set([...(spot.except ?? []), ...closed])].sort() };
}

function callsOf(statement: Statement, { site, reach }: TracedBlindSpot, facts: Facts): TracedAccess[] {
  if (statement.kind !== "calls") return [];
  return statement.operations.flatMap((title): TracedAccess[] => {
    const found = operationCalled(title, facts);
    if (!found) return [];
    const { provider } = found.pack;
    const fact = facts.requirement(found.pack, found.row, () => undefined);
    return [
      {
        site,
        provider,
        fact,
        credential: provider,
        credentialKind: null,
        resources: [],
        otherResources: true,
        openResource: false,
        ownState: fact.ownState ? "yes" : "no",
        confidence: "likely",
        annotated: false,
        reliesOn: BY,
        reach,
      },
    ];
  });
}

/** The operation behind its full name, of the newest version of its API; behind a verb and path, if it is one alone. */
export function operationCalled(title: string, facts: Facts): { pack: Pack; row: OperationRow } | undefined {
  const requests = requestsCalled(title, facts).filter(({ pack, row }) => isCalled(title, pack, row));
  if (requests.length === 1) return requests[0];
  const [, api = "", name = ""] = /^([^.:]+)[.:](.+)$/.exec(title) ?? [];
  const ids = facts.providers.flatMap((provider) =>
    facts
      .packIds(provider)
      .filter((id) => isNamed(id.slice(provider.length + 1), api) || id === `${provider}/${provider}`),
  );
  for (const id of ids.reverse()) {
    const pack = facts.pack(id);
    const row = facts.operation(id, name) ?? facts.operation(id, title);
    if (pack && row && isCalled(title, pack, row)) return { pack, row };
  }
  return undefined;
}

function isCalled(title: string, pack: Pack, row: OperationRow): boolean {
  return operationTitle({ ...pack, operation: row.name }) === title;
}

/** `gmail.v1` and `gmail` are both packs of `gmail`. */
function isNamed(pack: string, api: string): boolean {
  return pack === api || pack.startsWith(`${api}.`);
}
