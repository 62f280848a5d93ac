import { distance } from "fastest-levenshtein";
import { requestsCalled } from "../facts/called.ts";
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
import { compareText } from "../model/place.ts";
import { RULES } from "../rules/index.ts";
import { readRulePage } from "../workspace/shipped-files.ts";

/** What Remit knows by a name: a rule, a permission, an operation. */
export function explain(subject: string, facts: Facts): Answer {
  const cards = [
    ...ruleCards(subject),
    ...facts.providers.flatMap((p) => [...permissionCards(p, subject, facts), ...operationCards(p, subject, facts)]),
    ...requestsCalled(subject, facts).map(({ pack, row }) => operationCard(pack, row, facts)),
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
const MOST_WORDS = 6;

function permissionCards(provider: string, subject: string, facts: Facts): Card[] {
  return facts
    .permissionsCalled(provider, subject.replace(/: +/, ":"))
    .map((row) => permissionCard(provider, row, facts));
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
  const packs = (services ?? []).flatMap((service) => facts.packsOfService(service).map((id) => facts.pack(id)!));
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
        operationsThat(packs, (pack, operation) => needs(pack, operation, row.name)),
      ),
      section(
        "accepted by",
        operationsThat(packs, (pack, operation) => isEnough(pack, operation, row.name)),
      ),
      section(
        "in some cases by",
        operationsThat(packs, (pack, operation) => mayNeed(pack, operation, row.name)),
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
  return { heading, lines: cut(lines, MOST_LINES) };
}

function cut(lines: readonly string[], most: number): readonly string[] {
  const more = lines.length - most;
  return more > 1 ? [...lines.slice(0, most), `… ${more} more`] : lines;
}

/** `bucket  arn:${Partition}:s3:::${BucketName}`. */
function resourceLine(type: string, pack: Pack | undefined): string {
  const pattern = pack?.vocabulary?.resources.find(([name]) => name === type)?.[1];
  return pattern === undefined ? type : `${type}  ${pattern}`;
}

/** Versions of one API have operations of the same names. */
function operationsThat(packs: readonly Pack[], holds: (pack: Pack, row: OperationRow) => boolean): string[] {
  const titles = packs.flatMap((pack) =>
    pack.operations.filter((row) => holds(pack, row)).map((row) => operationTitle({ ...pack, operation: row.name })),
  );
  return [...new Set(titles)];
}

/** There is a case in which nothing else will do. */
function needs({ permissions }: Pack, operation: OperationRow, name: string): boolean {
  return columnsOf(operation).some(
    (sets) => sets.length > 0 && sets.every((set) => set.some((at) => permissions[at] === name)),
  );
}

function isEnough(pack: Pack, operation: OperationRow, name: string): boolean {
  const among = columnsOf(operation).some((sets) => sets.flat().some((at) => pack.permissions[at] === name));
  return among && !needs(pack, operation, name);
}

function columnsOf({ requires, when }: OperationRow): readonly (readonly (readonly number[])[])[] {
  return [requires, ...(when ?? []).map((variant) => variant.requires)].flatMap((one) => Object.values(one ?? {}));
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
  const found = packs.flatMap((pack): [Pack, OperationRow][] => {
    const row = pack && facts.operation(pack.id, ofClient ? name! : rest.join("."));
    return pack && row ? [[pack, row]] : [];
  });
  return found.length > 0 ? found : operationsTitled(provider, subject, facts);
}

/** Providers with more packs than this name the pack in the operation; the others are looked through. */
const FEW_PACKS = 64;

/** `fs.writeFile`, `chat.postMessage`, `redis.GET`, `Page.goto`: by the name that reports give it. */
function operationsTitled(provider: string, subject: string, facts: Facts): [Pack, OperationRow][] {
  const ids = facts.packIds(provider);
  if (ids.length > FEW_PACKS) return [];
  return ids.flatMap((id): [Pack, OperationRow][] => {
    const pack = facts.pack(id);
    const before = pack && operationTitle({ ...pack, operation: "" });
    const row = pack && subject.startsWith(before!) ? facts.operation(id, subject.slice(before!.length)) : undefined;
    return pack && row ? [[pack, row]] : [];
  });
}

function effectLine({ effect, effectConfidence }: OperationRow): string {
  return `effect: ${effect}${effectConfidence === undefined ? "" : ` (${effectConfidence}: the source does not say for certain)`}`;
}

/** Some services know no permissions: then there is nothing to need. */
function handsOut({ provider, permissions }: Pack, facts: Facts): boolean {
  return permissions.length > 0 || facts.permissions(provider).length > 0;
}

function operationCard(pack: Pack, row: OperationRow, facts: Facts): Card {
  const found = facts.requirement(pack, row, () => null);
  const short = (name: string): string => facts.permission(pack.provider, name)?.short ?? name;
  const setText = (set: readonly string[]) => (set.length === 0 ? "nothing" : set.map(short).join(" and "));
  const needed = sameTogether(
    Object.entries(found.requires ?? {}).map(([kind, alternatives]) => [
      kind,
      askedForFirst(alternatives, found.enoughIfGranted?.[kind] ?? []).map(
        ({ set, asked }, _, all) =>
          `${setText(set)}${asked || !all.some((one) => one.asked) ? "" : " (enough if granted, not what it asks for)"}`,
      ),
    ]),
  ).flatMap(({ kinds, texts }) => texts.map((text) => (kinds === "any" ? text : `${kinds}: ${text}`)));
  const text = ({ requires, enoughIfGranted }: Pick<OperationRow, "requires" | "enoughIfGranted">) => {
    const columns = sameTogether(
      Object.entries(requires ?? {}).map(([kind, alternatives]) => {
        const first = askedForFirst(alternatives, enoughIfGranted?.[kind] ?? []).filter(({ asked }) => asked);
        const names = first.map(({ set }) => setText(set.map((ordinal) => pack.permissions[ordinal]!)));
        return [kind, kind === "any" ? names : names.slice(0, 1)];
      }),
    );
    if (columns.length === 0 || columns.some(({ texts }) => texts.length === 0 || texts.length > 2))
      return "other needs";
    return columns
      .map(({ kinds, texts }) => texts.join(" or ") + (columns.length === 1 ? "" : ` (${kinds})`))
      .join(", ");
  };
  const cases = (row.when ?? []).map(
    (variant) => `${argumentName(variant.argument)} ${valueOf(variant)}: ${text({ ...row, ...variant })}`,
  );
  const variants = cases.length === 0 ? [] : [...cases, `otherwise: ${text(row)}`];
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
        lines: [effectLine(row), ...(row.http ? [`${row.http[0]} https://${row.http[1]}${row.http[2]}`] : [])],
      },
      {
        heading: needed.length === 1 ? "needs" : `needs one of${decidedBy(row)}`,
        lines: needed.length > 0 || !handsOut(pack, facts) ? needed : ["the facts do not say"],
      },
      section("depends on arguments", variants),
      section("may also need", [...new Set([...also, ...ofAll])]),
      { heading: null, lines: [`source: ${found.source.name} ${found.source.version}, ${found.source.date}`] },
    ].filter(({ lines }) => lines.length > 0),
  };
}

/** `, by its channel`: where what it is called with decides, and no argument of known values says so. */
function decidedBy({ dependsOn, when, enoughIfGranted }: OperationRow): string {
  return dependsOn === undefined || when || !enoughIfGranted ? "" : `, by its ${dependsOn}`;
}

/** Kinds of credentials with the same needs are told together. */
function sameTogether(
  columns: readonly (readonly [kind: string, texts: readonly string[]])[],
): { readonly kinds: string; readonly texts: readonly string[] }[] {
  const groups = new Map<string, { kinds: string; texts: readonly string[] }>();
  for (const [kind, texts] of columns) {
    const group = groups.get(texts.join("\n"));
    if (group) group.kinds += `, ${kind}`;
    else groups.set(texts.join("\n"), { kinds: kind, texts });
  }
  return [...groups.values()];
}

function askedForFirst<Name>(
  alternatives: readonly (readonly Name[])[],
  enoughIfGranted: readonly Name[],
): { readonly set: readonly Name[]; readonly asked: boolean }[] {
  const all = alternatives.map((set) => ({ set, asked: !set.some((name) => enoughIfGranted.includes(name)) }));
  return [...all.filter(({ asked }) => asked), ...all.filter(({ asked }) => !asked)];
}

function valueOf({ equals, within }: OperationVariant): string {
  if (within !== undefined) return `names nothing but ${cut(within, MOST_WORDS).join(", ")}`;
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
