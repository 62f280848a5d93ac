import type { Facts } from "../facts/lookup.ts";
import type {
  Access,
  Agent,
  Annotations,
  Assumption,
  BlindSpot,
  Deployable,
  DeployableAnalysis,
  Grant,
  GrantInList,
  Reach,
  SourceList,
  Tool,
} from "../model/analysis.ts";
import { withAssumptions } from "./assuming.ts";
import { structuralId } from "../model/hash.ts";
import { operationTitle } from "../model/pack.ts";
import type { Alternatives } from "../model/permission.ts";
import type { Place } from "../model/place.ts";
import { comparePlaces, compareText } from "../model/place.ts";
import type { PlacingHost } from "./placer.ts";
import { Placer } from "./placer.ts";
import type {
  OpenCondition,
  Site,
  TracedAccess,
  TracedAgent,
  TracedBlindSpot,
  TracedDeployable,
  TracedGrant,
  TracedHint,
  TracedReach,
  TracedTool,
  TracedTrust,
} from "./traced.ts";

/** Turns names and ordinals into places, and traced things into what rules and reports see. */
export function place(
  deployable: Deployable,
  found: TracedDeployable,
  host: PlacingHost,
  facts: Facts,
): DeployableAnalysis {
  const traced = withAssumptions(found, host, facts);
  const placer = new Placer(host);
  const accesses = traced.accesses
    .map((a) => placeAccess(deployable, a, traced, placer, facts))
    .sort((a, b) => comparePlaces(a.place, b.place) || compareText(a.operation, b.operation));
  const blindSpots = traced.blindSpots
    .map((b) => placeBlindSpot(deployable, b, placer))
    .sort((a, b) => comparePlaces(a.place, b.place) || compareText(a.reason, b.reason));
  const tools = traced.tools
    .map((t) => placeTool(t, accesses, blindSpots, placer))
    .sort((a, b) => comparePlaces(a.place, b.place) || compareText(a.name, b.name));
  return {
    deployable,
    accesses,
    blindSpots,
    assumptions: traced.trusted
      .map((t) => placeAssumption(deployable, t, placer))
      .sort((x, y) => comparePlaces(x.place, y.place) || compareText(x.reason, y.reason)),
    tools,
    agents: traced.agents
      .map((a) => placeAgent(deployable, a, tools, placer))
      .sort((a, b) => comparePlaces(a.place, b.place) || compareText(a.id, b.id)),
    grants: placeGrants(deployable, traced.grants, placer, facts),
  };
}

// ---- accesses and blind spots

function placeAccess(
  deployable: Deployable,
  access: TracedAccess,
  traced: TracedDeployable,
  placer: Placer,
  facts: Facts,
): Access {
  const { fact, site } = access;
  const agentOf = new Map(traced.tools.map((t) => [t.id, t.agent]));
  const reached = access.reach.filter((r) => !r.unreached);
  const kind = access.credentialKind;
  const resource = resourceText(access.resources);
  const byCredential = kind === API_KEY ? { [API_KEY]: [[]] } : (fact.requires ?? {});
  return {
    id: structuralId(
      "access",
      deployable.id,
      site.file,
      site.function,
      String(site.node),
      fact.operation,
      access.credential,
      fact.effect,
      fact.effectConfidence ?? "",
      access.ownState,
    ),
    service: fact.service,
    operation: operationTitle(fact),
    effect: fact.effect,
    ...(fact.effectConfidence && { effectConfidence: fact.effectConfidence }),
    place: placer.place(site),
    requirement: {
      provider: access.provider,
      byCredential,
      ...(fact.enoughIfGranted && { enoughIfGranted: fact.enoughIfGranted }),
      ...(fact.argumentUnknown && { argumentUnknown: true }),
      ...(access.resources.length > 0 && !access.otherResources ? { resources: access.resources } : {}),
    },
    requires: askedForFirst(
      byCredential[kind ?? kindOfGrants(traced, access.provider) ?? ""] ?? anyColumn(byCredential),
      access,
      facts,
    ),
    ...(fact.mayNeed && fact.mayNeed.length > 0 ? { mayNeed: fact.mayNeed } : {}),
    resource,
    ...(access.openResource ? { openResource: true as const } : {}),
    credential: access.credential,
    credentialKind: kind,
    confidence: access.confidence,
    ...(access.annotated ? { annotated: true as const } : {}),
    ...(access.reliesOn === null ? {} : { reliesOn: access.reliesOn }),
    ownState: access.ownState === "yes",
    ...(access.ownState === "maybe" ? { mayBeOwnState: true as const } : {}),
    unreached: reached.length === 0,
    reachedBy: reached
      .map((r) => placeReach(r, agentOf, placer))
      .sort((a, b) => compareText(a.tool ?? "", b.tool ?? "")),
    fact: { operation: fact.operation, source: `${fact.source.name} ${fact.source.version}`, date: fact.source.date },
  };
}

/** Resources that are named; of more only the first are. */
const MOST_RESOURCES = 3;

function resourceText(resources: readonly string[]): string | null {
  if (resources.length === 0) return null;
  const named = resources.slice(0, MOST_RESOURCES).join(", ");
  return resources.length > MOST_RESOURCES ? `${named} and ${resources.length - MOST_RESOURCES} more` : named;
}

/** A key names the project that asks; no permission is checked. */
const API_KEY = "api-key";

/** All columns, in the order in which the facts have them, each set once. */
function anyColumn(byCredential: Readonly<Record<string, Alternatives>>): Alternatives {
  const all = byCredential["any"] ?? Object.values(byCredential).flat();
  return [...new Map(all.map((set) => [set.join(), set])).values()];
}

/** What the call asks for, then what reaches part of the resources, then what is enough only if granted. */
function askedForFirst(alternatives: Alternatives, { fact, provider }: TracedAccess, facts: Facts): Alternatives {
  if (alternatives.length < 2) return alternatives;
  const reluctant = new Set(Object.values(fact.enoughIfGranted ?? {}).flat());
  const rank = (set: readonly string[]) =>
    set.some((name) => reluctant.has(name))
      ? 2
      : Number(set.some((name) => facts.permission(provider, name)?.partial === true));
  return [...alternatives].sort((a, b) => rank(a) - rank(b));
}

/** The one kind of credential that all lists of a provider are for. */
function kindOfGrants({ grants }: TracedDeployable, provider: string): string | undefined {
  const kinds = new Set(grants.filter((grant) => grant.provider === provider).map((grant) => grant.credentialKind));
  const [kind] = kinds;
  return kinds.size === 1 ? (kind ?? undefined) : undefined;
}

function placeReach(reach: TracedReach, agentOf: ReadonlyMap<string, string>, placer: Placer): Reach {
  return {
    tool: reach.tool,
    agent: reach.tool === null ? null : (agentOf.get(reach.tool) ?? null),
    guard: guardText(reach.conditions, placer),
    ...askedFor(reach.conditions, placer),
    ...(reach.undecided && { undecided: true as const }),
    ...(reach.from && { from: reach.from }),
    ...(reach.registered.length > 0 ? { registered: guardText(reach.registered, placer)! } : {}),
    trace: reach.path.map((step) => ({ place: placer.place(step), label: step.label })),
  };
}

const LONGEST_GUARD = 60;

/** The conditions in the source's own words. */
function guardText(conditions: readonly OpenCondition[], placer: Placer): string | null {
  const texts = conditions.map((condition) => conditionText(condition, placer));
  return texts.length === 0 ? null : [...new Set(texts)].join(" and ");
}

/** Those that a model's input decides, as far as they can be quoted. */
function askedFor(conditions: readonly OpenCondition[], placer: Placer): Pick<Reach, "asked"> {
  const quoted = conditions.filter((each) => each.byModel && conditionText(each, placer) !== UNQUOTED);
  const asked = guardText(quoted, placer);
  return asked === null ? {} : { asked };
}

const UNQUOTED = "a condition holds";

/** A condition as it is written. Long ones, and ones that hold literals, are not quoted. */
function conditionText(condition: Site & { readonly when: boolean }, placer: Placer): string {
  const source = onOneLine(placer.source(condition));
  if (source === "" || source.length > LONGEST_GUARD || /["'`]/.test(source)) return UNQUOTED;
  const bare = source.replace(/^!\s*(?!=)/, "");
  return (bare === source) === condition.when ? bare : `not ${bare}`;
}

/** Without comments and without the spaces that a line break left behind: however it is laid out, it is the same condition. */
function onOneLine(expression: string): string {
  return expression
    .replace(/\/\*[^]*?\*\/|\/\/.*\n/g, " ")
    .replace(/\s+/g, " ")
    .replace(/ ?(\?\.|(?<!\.)\.(?!\.)) ?/g, "$1")
    .replace(/([([!]) /g, "$1")
    .replace(/ ([)\]])/g, "$1")
    .trim();
}

function placeBlindSpot(deployable: Deployable, spot: TracedBlindSpot, placer: Placer): BlindSpot {
  return {
    id: structuralId("blind", deployable.id, spot.site.file, spot.site.function, String(spot.site.node), spot.reason),
    place: placer.place(spot.site),
    reason: spot.reason,
    affects: spot.affects,
    ...(spot.except ? { except: spot.except } : {}),
    reachedBy: [...new Set(spot.reach.flatMap(({ tool }) => tool ?? []))].sort(),
  };
}

function placeAssumption(deployable: Deployable, trust: TracedTrust, placer: Placer): Assumption {
  const { by, own, comment, statement } = trust;
  return {
    ...placeBlindSpot(deployable, trust, placer),
    by,
    own,
    ...(comment && { comment: { file: comment.file, span: { start: comment.start, end: comment.end } } }),
    ...(statement !== undefined && { statement }),
  };
}

// ---- tools and agents

function placeTool(
  tool: TracedTool,
  accesses: readonly Access[],
  blindSpots: readonly BlindSpot[],
  placer: Placer,
): Tool {
  const entries = tool.annotationsObject ? placer.entries(tool.annotationsObject) : [];
  const handler = tool.handler && placer.function(tool.handler.file, tool.handler.function)?.positions;
  return {
    id: tool.id,
    name: tool.name,
    framework: tool.framework,
    place: placer.place(tool.site),
    handler:
      tool.handler && handler ? { file: tool.handler.file, span: { start: handler.start, end: handler.end } } : null,
    description: tool.description,
    annotations: annotationsOf(tool.annotations),
    annotationPlaces: hintPlaces(tool, placer),
    ...(tool.annotationsObject
      ? {
          annotationsObject: {
            place: placer.place(tool.annotationsObject),
            entries: entries.map((span) => ({ file: tool.annotationsObject!.file, span })),
          },
        }
      : {}),
    approval: null,
    agent: tool.agent,
    accesses: accesses.filter((a) => a.reachedBy.some((r) => r.tool === tool.id)).map((a) => a.id),
    blindSpots: blindSpots.filter((b) => b.reachedBy.includes(tool.id)).map((b) => b.id),
  };
}

function annotationsOf(hints: readonly TracedHint[]): Annotations {
  const annotations: Record<string, string | boolean> = {};
  for (const hint of hints) if (hint.value !== undefined) annotations[hint.name] = hint.value;
  return annotations;
}

/** Where each hint's value stands, where it is a literal of the source. */
function hintPlaces(tool: TracedTool, placer: Placer): Tool["annotationPlaces"] {
  const places: Partial<Record<keyof Annotations, Place>> = {};
  for (const hint of tool.annotations)
    if (hint.site && hint.value !== undefined) places[hint.name as keyof Annotations] = placer.place(hint.site);
  return places;
}

function placeAgent(deployable: Deployable, agent: TracedAgent, tools: readonly Tool[], placer: Placer): Agent {
  const own = tools.filter((t) => t.agent === agent.id);
  const partly = own.some((t) => t.blindSpots.length > 0 || t.handler === null);
  return {
    id: agent.id,
    name: agent.name ?? deployable.name,
    kind: agent.kind,
    place: agent.site
      ? placer.place(agent.site)
      : (own[0]?.place ?? { file: deployable.root, span: { start: 0, end: 0 } }),
    purpose: agent.purpose,
    tools: own.map((t) => t.id),
    coverage: own.length > 0 && own.every((t) => t.handler === null) ? "not understood" : partly ? "partly" : "seen",
  };
}

// ---- grants

function placeGrants(deployable: Deployable, traced: readonly TracedGrant[], placer: Placer, facts: Facts): Grant[] {
  const placed = traced.map((grant) => ({ grant, ...literalPlace(grant, placer) }));
  const groupsAt = new Map<string, Set<string>>();
  const groupOf = (g: TracedGrant): string =>
    structuralId("list", deployable.id, g.effect.file, g.effect.function, String(g.effect.node), String(g.alternative));
  const keyOf = (p: Place): string => `${p.file}\u0000${p.span.start}\u0000${p.span.end}`;
  for (const { grant, place: at } of placed) {
    const groups = groupsAt.get(keyOf(at)) ?? new Set();
    groupsAt.set(keyOf(at), groups.add(groupOf(grant)));
  }
  const grants = placed.map(({ grant, place: at, list }): Grant => {
    const group = groupOf(grant);
    const row = facts.permission(grant.provider, grant.written);
    return {
      id: structuralId("grant", group, grant.written, JSON.stringify(grant.literal)),
      permission: { provider: grant.provider, name: row?.name ?? grant.written },
      written: grant.written,
      service: grant.provider,
      place: at,
      form: grant.form,
      verb: "requested",
      level: "credential",
      group,
      ...(grant.mode
        ? { mode: conditionText(grant.mode, placer) }
        : grant.alternatives > 1
          ? { mode: `list ${grant.alternative + 1} of ${grant.alternatives}`, isNumbered: true as const }
          : {}),
      open: grant.open,
      credential: grant.credential,
      ...(grant.credentialKind === null ? {} : { credentialKind: grant.credentialKind }),
      confidence: grant.confidence,
      ...(list ? { list } : {}),
      sharedWith: [...groupsAt.get(keyOf(at))!].filter((other) => other !== group).sort(),
      takesEffectAt: placer.place(grant.effect),
    };
  });
  return grants.sort(
    (a, b) => comparePlaces(a.place, b.place) || compareText(a.group, b.group) || compareText(a.id, b.id),
  );
}

/** Where a permission is written, and the list it can be taken out of. */
function literalPlace(grant: TracedGrant, placer: Placer): { place: Place; list?: GrantInList } {
  const { literal } = grant;
  if (!literal) return { place: placer.place(grant.effect) };
  if (literal.entry !== undefined) {
    const span = placer.entries(literal)[literal.entry];
    return { place: span ? { file: literal.file, span } : placer.place(literal) };
  }
  const whole = placer.place(literal);
  const node = placer.function(literal.file, literal.function)?.summary.nodes[literal.node];
  const value = node?.kind === "literal" && typeof node.value === "string" ? node.value : undefined;
  const words = value === undefined ? [] : [...value.matchAll(/[^\s,]+/g)];
  const isPlain = value !== undefined && whole.span.end - whole.span.start === value.length + 2;
  if (words.length > 1 && isPlain && literal.offset >= 0) {
    const spans = words.map((w) => ({
      start: whole.span.start + 1 + w.index,
      end: whole.span.start + 1 + w.index + w[0].length,
    }));
    const index = words.findIndex((w) => w.index === literal.offset);
    const source: SourceList = { file: literal.file, form: "words", span: whole.span, elements: spans };
    return index < 0
      ? { place: whole }
      : { place: { file: literal.file, span: spans[index]! }, list: { source, index } };
  }
  const { list } = listAround(literal, placer, whole);
  const prefix = value !== undefined && list && isElement(list, whole) ? prefixOf(grant.written, value) : undefined;
  return { place: whole, ...(list && { list: prefix === undefined ? list : { ...list, prefix } }) };
}

function isElement({ source, index }: GrantInList, { span }: Place): boolean {
  const element = source.elements[index]!;
  return element.start === span.start && element.end === span.end;
}

/** What stands before the literal in what was asked for; none where they are the same. */
function prefixOf(written: string, value: string): string | undefined {
  return written !== value && written.endsWith(value) ? written.slice(0, written.length - value.length) : undefined;
}

/** The list literal one of whose items is, or is built from, the literal. */
function listAround(literal: Site, placer: Placer, whole: Place): { list?: GrantInList } {
  const nodes = placer.function(literal.file, literal.function)?.summary.nodes ?? [];
  for (const [id, node] of nodes.entries()) {
    if (node.kind !== "list") continue;
    const elements = placer.entries({ ...literal, node: id });
    const index = elements.findIndex((e) => e.start <= whole.span.start && whole.span.end <= e.end);
    if (index < 0 || typeof node.items[index] !== "number") continue;
    return {
      list: {
        source: { file: literal.file, form: "array", span: placer.span({ ...literal, node: id }), elements },
        index,
      },
    };
  }
  return {
    list: { source: { file: literal.file, form: "single", span: whole.span, elements: [whole.span] }, index: 0 },
  };
}
