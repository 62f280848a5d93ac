import { distance } from "fastest-levenshtein";
import type { Facts } from "../facts/lookup.ts";
import type { Answer, Card } from "../model/card.ts";
import {
  operationTitle,
  type OperationRow,
  type OperationVariant,
  type Pack,
  type PermissionRow,
} from "../model/pack.ts";
import { isPattern } from "../model/pattern.ts";
import type { Alternatives } from "../model/permission.ts";
import { compareText } from "../model/place.ts";
import { RULES } from "../rules/index.ts";
import { readRulePage } from "../workspace/shipped-files.ts";

/** What Remit knows by a name: a rule, a permission, an operation. */
export function explain(subject: string, facts: Facts): Answer {
  const cards = [
    ...ruleCards(subject),
    ...facts.providers.flatMap((p) => [...permissionCards(p, subject, facts), ...operationCards(p, subject, facts)]),
    ...requestCards(subject, facts),
  ];
  return { cards, near: cards.length > 0 ? [] : near(subject, facts) };
}

function ruleCards(subject: string): Card[] {
  const rule = RULES.find((r) => r.meta.id === subject);
  if (!rule) return [];
  const page = readRulePage(subject)
    ?.replace(/^# .*\n+/, "")
    .trimEnd();
  const head = {
    heading: null,
    lines: [rule.meta.says, `default: ${rule.meta.default}${rule.meta.fix ? ` · fix: ${rule.meta.fix}` : ""}`],
  };
  return [
    { title: subject, sections: page === undefined ? [head] : [head, { heading: null, lines: page.split("\n") }] },
  ];
}

// ---- permissions

/** Longer lists are cut. */
const MOST_LINES = 12;

function permissionCards(provider: string, subject: string, facts: Facts): Card[] {
  return facts.permissionsCalled(provider, subject).map((row) => permissionCard(provider, row, facts));
}

function permissionCard(provider: string, row: PermissionRow, facts: Facts): Card {
  const { services, implies, resources, conditions } = row;
  const short = (name: string) => facts.permission(provider, name)?.short ?? name;
  const source = facts.sourceOf(provider, row);
  const { breadth } = row;
  // What it allows is what its name says.
  const isNamedForItself = row.level !== undefined || isPattern(row.name);
  const about = [
    ...(row.meaning === undefined && isNamedForItself
      ? []
      : [row.meaning ?? "No source says in words what it allows."]),
    `tier: ${row.tier} · highest effect: ${row.effect} · accepted by ${breadth} operation${breadth === 1 ? "" : "s"}`,
    ...(row.level ? [`access level: ${row.level}`] : []),
    ...(row.partial ? ["covers only part of the resources"] : []),
    ...(row.identity ? ["says who the user is; never reported as excess"] : []),
    ...(row.unlisted ? ["no source says, or not fully, which operations it opens; never judged"] : []),
    ...(row.deprecated ? ["deprecated"] : []),
  ];
  const packs = (services ?? []).flatMap((service) => facts.pack(service.replace(".", "/")) ?? []);
  return {
    title: row.name,
    sections: [
      { heading: null, lines: about },
      section("includes", (implies ?? []).map(short)),
      section(
        "included in",
        facts.permissionsIncluding(provider, row.name).map((one) => one.short),
      ),
      section(
        "needed by",
        packs.flatMap((pack) => operationsThat(pack, (operation) => needs(pack, operation, row.name))),
      ),
      section(
        "in some cases by",
        packs.flatMap((pack) => operationsThat(pack, (operation) => mayNeed(pack, operation, row.name))),
      ),
      section(
        "on",
        (resources ?? []).map((type) => resourceLine(type, packs[0])),
      ),
      section("under conditions on", conditions ?? []),
      section(null, source ? [`source: ${source.name} ${source.version}, ${source.date}`] : []),
    ].filter(({ lines }) => lines.length > 0),
  };
}

function section(heading: string | null, lines: readonly string[]): Card["sections"][number] {
  const more = lines.length - MOST_LINES;
  return { heading, lines: more > 1 ? [...lines.slice(0, MOST_LINES), `… ${more} more`] : lines };
}

/** `bucket  arn:${Partition}:s3:::${BucketName}`. */
function resourceLine(type: string, pack: Pack | undefined): string {
  const pattern = pack?.vocabulary?.resources.find(([name]) => name === type)?.[1];
  return pattern === undefined ? type : `${type}  ${pattern}`;
}

function operationsThat(pack: Pack, holds: (row: OperationRow) => boolean): string[] {
  return pack.operations.filter(holds).map((row) => operationTitle({ ...pack, operation: row.name }));
}

function needs({ permissions }: Pack, { requires, when }: OperationRow, name: string): boolean {
  const all = [requires, ...(when ?? []).map((variant) => variant.requires)];
  return all.some((one) => Object.values(one ?? {}).some((sets) => sets.flat().some((at) => permissions[at] === name)));
}

function mayNeed({ permissions }: Pack, { also }: OperationRow, name: string): boolean {
  return also?.some(([ordinal]) => permissions[ordinal] === name) === true;
}

// ---- operations

function operationCards(provider: string, subject: string, facts: Facts): Card[] {
  return operationsCalled(provider, subject, facts).map(([pack, row]) => operationCard(pack, row, facts));
}

/** `gmail.users.messages.list` of every version; `s3:GetObject`, `S3.GetObject` or `s3.getObject` of a service's clients. */
function operationsCalled(provider: string, subject: string, facts: Facts): [Pack, OperationRow][] {
  const bare = subject.replace(new RegExp(`^${provider}\\.`), "");
  const [client, name] = bare.split(/[.:]/, 2) as [string, string | undefined];
  const ofClient = name === undefined ? undefined : facts.packOfClient(provider, client);
  const [api, ...rest] = bare.split(".");
  const packs = ofClient
    ? [ofClient]
    : facts
        .packIds(provider)
        .filter((id) => id.startsWith(`${provider}/${api}.`))
        .map((id) => facts.pack(id));
  return packs.flatMap((pack): [Pack, OperationRow][] => {
    const row = pack && facts.operation(pack.id, ofClient ? name! : rest.join("."));
    return pack && row ? [[pack, row]] : [];
  });
}

/** `GET /me/messages`, with or without a host: the operations that answer. */
function requestCards(subject: string, facts: Facts): Card[] {
  const parts = /^([A-Za-z]+) (?:https?:\/\/([^/]+))?(\/\S*)$/.exec(subject);
  if (!parts) return [];
  const [, verb, host, path] = parts;
  const cards = (host === undefined ? facts.hosts : [host]).flatMap((one) => {
    const found = facts.byHttp(verb!, one, path!.replace(/\{\w*\}/g, "{}"));
    return found ? [operationCard(found.pack, found.row, facts)] : [];
  });
  return [...new Map(cards.map((card) => [card.title, card])).values()];
}

function operationCard(pack: Pack, row: OperationRow, facts: Facts): Card {
  const found = facts.requirement(pack, row, () => null);
  const short = (name: string): string => facts.permission(pack.provider, name)?.short ?? name;
  const setText = (set: readonly string[]) => (set.length === 0 ? "nothing" : set.map(short).join(" and "));
  const needed = Object.entries(found.requires ?? {}).flatMap(([kind, alternatives]) =>
    askedForFirst(alternatives, found.enoughIfGranted?.[kind] ?? []).map(
      ({ set, asked }) =>
        `${kind === "any" ? "" : `${kind}: `}${setText(set)}${asked ? "" : " (enough if granted, not what it asks for)"}`,
    ),
  );
  const namesOf = (requires: OperationRow["requires"]) =>
    (requires?.["any"] ?? []).map((set) => setText(set.map((ordinal) => pack.permissions[ordinal]!)));
  const text = (requires: OperationRow["requires"]) => {
    const names = namesOf(requires);
    return names.length === 0 || names.length > 2 ? "other needs" : names.join(" or ");
  };
  const cases = (row.when ?? []).map(
    (variant) => `${argumentName(variant.argument)} ${valueOf(variant)}: ${text(variant.requires)}`,
  );
  const variants = cases.length === 0 ? [] : [...cases, `otherwise: ${text(row.requires)}`];
  const also = (row.also ?? []).map(([ordinal, argument]) => {
    const name = short(pack.permissions[ordinal]!);
    return argument === undefined ? name : `${name}, with ${argument}`;
  });
  const ofAll = (pack.also ?? []).map((ordinal) => short(pack.permissions[ordinal]!));
  return {
    title: `${operationTitle({ ...found, operation: row.name })} (${pack.title})`,
    sections: [
      {
        heading: null,
        lines: [`effect: ${row.effect}`, ...(row.http ? [`${row.http[0]} https://${row.http[1]}${row.http[2]}`] : [])],
      },
      {
        heading: needed.length === 1 ? "needs" : "needs one of",
        lines: needed.length > 0 ? needed : ["the facts do not say"],
      },
      section("depends on arguments", variants),
      section("may also need", [...new Set([...also, ...ofAll])]),
      { heading: null, lines: [`source: ${found.source.name} ${found.source.version}, ${found.source.date}`] },
    ].filter(({ lines }) => lines.length > 0),
  };
}

function askedForFirst(
  alternatives: Alternatives,
  enoughIfGranted: readonly string[],
): { readonly set: readonly string[]; readonly asked: boolean }[] {
  const all = alternatives.map((set) => ({ set, asked: !set.some((name) => enoughIfGranted.includes(name)) }));
  return [...all.filter(({ asked }) => asked), ...all.filter(({ asked }) => !asked)];
}

function valueOf({ equals, within }: OperationVariant): string {
  if (within !== undefined) return `names nothing but ${within.join(", ")}`;
  return equals === null ? "absent" : `= ${String(equals)}`;
}

/** `1.eval`: a field of the second argument. */
function argumentName(path: string): string {
  return path.replace(/^\d+/, (index) => `argument ${Number(index) + 1}`);
}

const MOST_NEAR = 5;

/** Names that were perhaps meant. */
function near(subject: string, facts: Facts): string[] {
  const rules = RULES.map((r) => r.meta.id).filter((id) => distance(id, subject) <= Math.max(2, subject.length / 5));
  const permissions = facts.providers.flatMap((provider) =>
    facts.nearMisses(provider, subject).map((name) => facts.permission(provider, name)?.short ?? name),
  );
  return [...new Set([...rules, ...permissions])].sort(compareText).slice(0, MOST_NEAR);
}
