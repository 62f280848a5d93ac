import { distance } from "fastest-levenshtein";
import type { Facts } from "../facts/lookup.ts";
import type { Answer, Card } from "../model/card.ts";
import type { OperationRow, Pack, PermissionRow } from "../model/pack.ts";
import { compareText } from "../model/place.ts";
import { RULES } from "../rules/index.ts";
import { readRulePage } from "../workspace/shipped-files.ts";

/** What Remit knows by a name: a rule, a permission, an operation. */
export function explain(subject: string, facts: Facts): Answer {
  const cards = [
    ...ruleCards(subject),
    ...facts.providers.flatMap((p) => [...permissionCards(p, subject, facts), ...operationCards(p, subject, facts)]),
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

function permissionCards(provider: string, subject: string, facts: Facts): Card[] {
  const rows = facts
    .permissions(provider)
    .filter((row) => row.name === subject || row.short === subject || row.aliases?.includes(subject));
  return rows.map((row) => permissionCard(provider, row, facts));
}

function permissionCard(provider: string, row: PermissionRow, facts: Facts): Card {
  const implies = (row.implies ?? []).map((name) => facts.permission(provider, name)?.short ?? name);
  const impliedBy = facts
    .permissions(provider)
    .filter((r) => r.implies?.includes(row.name))
    .map((r) => r.short);
  const about = [
    row.meaning ?? "No source says in words what it allows.",
    `tier: ${row.tier} · highest effect: ${row.effect} · accepted by ${row.breadth} operations`,
    ...(row.partial ? ["covers only part of the resources"] : []),
    ...(row.identity ? ["says who the user is; never reported as excess"] : []),
    ...(row.deprecated ? ["deprecated"] : []),
  ];
  return {
    title: row.name,
    sections: [
      { heading: null, lines: about },
      ...(implies.length > 0 ? [{ heading: "includes", lines: implies }] : []),
      ...(impliedBy.length > 0 ? [{ heading: "included in", lines: impliedBy }] : []),
    ],
  };
}

// ---- operations

function operationCards(provider: string, subject: string, facts: Facts): Card[] {
  const [api, ...rest] = subject.replace(new RegExp(`^${provider}\\.`), "").split(".");
  return facts
    .packIds(provider)
    .filter((id) => id === `${provider}/${api}` || id.startsWith(`${provider}/${api}.`))
    .flatMap((id) => {
      const pack = facts.pack(id);
      const row = pack && facts.operation(id, rest.join("."));
      return pack && row ? [operationCard(pack, row, facts)] : [];
    });
}

function operationCard(pack: Pack, row: OperationRow, facts: Facts): Card {
  const found = facts.requirement(pack, row, () => null);
  const short = (name: string): string => facts.permission(pack.provider, name)?.short ?? name;
  const needs = Object.entries(found.requires ?? {}).flatMap(([kind, alternatives]) =>
    alternatives.map(
      (set) => `${kind === "any" ? "" : `${kind}: `}${set.length === 0 ? "nothing" : set.map(short).join(" and ")}`,
    ),
  );
  const variants = (row.when ?? []).map(
    (v) => `${argumentName(v.argument)} ${v.equals === null ? "absent" : `= ${String(v.equals)}`}: other needs`,
  );
  return {
    title: `${pack.service.slice(pack.service.indexOf(".") + 1)}.${row.name} (${pack.title})`,
    sections: [
      {
        heading: null,
        lines: [
          `effect: ${found.effect}`,
          ...(row.http ? [`${row.http[0]} https://${row.http[1]}${row.http[2]}`] : []),
        ],
      },
      { heading: "needs one of", lines: needs.length > 0 ? needs : ["the facts do not say"] },
      ...(variants.length > 0 ? [{ heading: "depends on arguments", lines: variants }] : []),
      { heading: null, lines: [`source: ${found.source.name} ${found.source.version}, ${found.source.date}`] },
    ],
  };
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
