import type { Framework, FrameworkAdapter, ToolDefinition } from "../agents/framework.ts";
import { HINTS } from "../agents/framework.ts";
import type { GrantSource, ServiceBinding, Sighting } from "../bindings/binding.ts";
import type { Facts } from "../facts/lookup.ts";
import type { ModelIndex } from "../libraries/model-index.ts";
import { wayOf } from "../libraries/way.ts";
import { structuralId } from "../model/hash.ts";
import { compareText } from "../model/place.ts";
import type { Node, NodeId } from "../model/summary.ts";
import type { ExternalCall } from "../trace/external-call.ts";
import type { Frame } from "../trace/frames.ts";
import type { Interpreter, UnknownCall, UnknownStore } from "../trace/interpreter.ts";
import { Reading } from "../trace/reading.ts";
import type { LiteralSite, TextPiece } from "../trace/texts.ts";
import { constantText, isChosen, isHole, patternText, wordsOf } from "../trace/texts.ts";
import type { TextValue, Value, ValueSet } from "../trace/values.ts";
import { decidedAt } from "./decided-at.ts";
import { modeOf } from "./modes.ts";
import type { Place } from "./reach.ts";
import { conditionsOfRegistration } from "./reach.ts";
import { Reaches } from "./reaches.ts";
import type {
  Site,
  TracedAccess,
  TracedAgent,
  TracedBlindSpot,
  TracedDeployable,
  TracedGrant,
  TracedHint,
  TracedTool,
  TracedTrust,
} from "./traced.ts";

/** What a settled trace is asked with. */
export interface HarvestInput {
  readonly trace: Interpreter;
  readonly deployable: string;
  readonly adapters: readonly FrameworkAdapter[];
  readonly frameworks: readonly Framework[];
  readonly bindings: readonly ServiceBinding[];
  readonly models: ModelIndex;
  readonly facts: Facts;
}

/** Reads agents, tools, accesses, grants and blind spots off a settled trace. */
export function harvest(input: HarvestInput): TracedDeployable {
  const { agents, tools } = harvestTools(input);
  const toolOfRoot = new Map(tools.flatMap((t) => (t.root === null ? [] : [[t.root, t] as const])));
  const collector = new Collector(input, toolOfRoot);
  for (const call of input.trace.calls) collector.externalCall(call);
  for (const unknown of input.trace.unknownCalls.values()) collector.unknownCall(unknown);
  for (const store of input.trace.unknownStores.values()) collector.unknownStore(store);
  if (input.trace.exhausted) collector.exhausted();
  const found = collector.result();
  const accesses = withUndecidedDispatch(found.accesses, tools);
  const files = new Set<string>();
  for (const frame of input.trace.frames) files.add(frame.file);
  return { agents, tools, ...found, accesses, files: [...files].sort() };
}

// ---- agents and tools

function harvestTools(input: HarvestInput): { agents: TracedAgent[]; tools: TracedTool[] } {
  const agents: TracedAgent[] = [];
  const tools = new Map<string, TracedTool>();
  for (const adapter of input.adapters) {
    const found = adapter.definitions();
    const idOf = (key: string): string => structuralId("agent", input.deployable, adapter.framework, key);
    for (const agent of found.agents) {
      agents.push({
        id: idOf(agent.key),
        key: agent.key,
        kind: agent.kind,
        name: firstConstant(agent.name),
        purpose: firstConstant(agent.purpose),
        site: agent.call ? siteOf(agent.call.frame, agent.call.node) : null,
      });
    }
    for (const tool of found.tools) {
      const traced = tracedTool(input, tool, idOf(tool.agent));
      tools.set(traced.id, traced);
    }
  }
  return { agents, tools: [...tools.values()] };
}

function tracedTool(input: HarvestInput, tool: ToolDefinition, agent: string): TracedTool {
  const name = patternText(tool.name.pieces);
  const reading = Reading.of(input.trace, tool.call);
  const annotations = reading.objects(tool.annotations);
  const [onlyAnnotations] = annotations.length === 1 ? annotations : [];
  const handler = tool.handler.find((v) => v.kind === "closure");
  const site = tool.definition?.object.site ?? siteOf(tool.call.frame, tool.call.node);
  return {
    id: structuralId(
      "tool",
      input.deployable,
      tool.framework,
      agent,
      name,
      constantText(tool.name.pieces) === undefined ? JSON.stringify(site) : "",
    ),
    name,
    framework: tool.framework,
    agent,
    site,
    handler: handler?.kind === "closure" ? { file: handler.file, function: handler.function } : null,
    description: firstConstant(tool.description),
    // Of several that it may be none is its own.
    annotations: onlyAnnotations ? hintsOf(input, reading, onlyAnnotations) : [],
    annotationsObject: onlyAnnotations?.object.site ?? null,
    root: tool.root?.name ?? null,
    registered: conditionsOfRegistration(input.trace, tool.call.frame, tool.call.node),
  };
}

function hintsOf(input: HarvestInput, reading: Reading, annotations: Value & { kind: "object" }): TracedHint[] {
  const { site } = annotations.object;
  const node = site && input.trace.program.module(site.file)?.functions.get(site.function)?.nodes[site.node];
  const hints: TracedHint[] = [];
  for (const name of HINTS) {
    const values = reading.ownField([annotations], name);
    if (values.length === 0) continue;
    const [value] = values;
    const constant =
      values.length > 1
        ? undefined
        : value?.kind === "literal" && typeof value.value === "boolean"
          ? value.value
          : value?.kind === "text"
            ? constantText(value.pieces)
            : undefined;
    const written = node ? valueWrittenFor(node, name) : undefined;
    hints.push({
      name,
      value: constant,
      site: site && written !== undefined ? { file: site.file, function: site.function, node: written } : null,
    });
  }
  return hints;
}

/** `readOnlyHint: true` of an object, `readOnlyHint=True` of a call. */
function valueWrittenFor(node: Node, name: string): NodeId | undefined {
  if (node.kind === "call") return node.arguments.find((argument) => argument.name === name)?.value;
  const entry = node.kind === "object" ? node.entries.findLast((e) => "key" in e && e.key === name) : undefined;
  return entry && "key" in entry ? entry.value : undefined;
}

function firstConstant(values: ValueSet): string | null {
  for (const value of values) {
    if (value.kind !== "text") continue;
    const text = constantText(value.pieces);
    if (text !== undefined) return text;
  }
  return null;
}

function siteOf(frame: Frame, node: number): Site {
  return { file: frame.file, function: frame.function.path, node };
}

// ---- accesses, grants, blind spots

class Collector {
  private readonly accesses = new Map<string, Omit<TracedAccess, "reach" | "confidence">>();
  private readonly grants = new Map<string, TracedGrant>();
  private readonly blindSpots = new Map<string, Omit<TracedBlindSpot, "reach">>();
  /** Blind spots that are none where their call is known of another value. */
  private readonly misplaced = new Set<string>();
  private readonly trusted = new Map<string, Omit<TracedTrust, "reach">>();
  private readonly reach: Reaches;
  /** Services a value gives access to, by value and depth: the trace has settled. */
  private readonly reaches = new Map<string, readonly string[]>();
  private readonly input: HarvestInput;
  private readonly quiet: readonly string[];

  constructor(input: HarvestInput, toolOfRoot: ReadonlyMap<string, TracedTool>) {
    this.input = input;
    this.reach = new Reaches(input.trace, toolOfRoot);
    this.quiet = input.frameworks.flatMap((f) => [...f.triggers, ...(f.packages ?? [])]);
  }

  result(): Pick<TracedDeployable, "accesses" | "grants" | "blindSpots" | "trusted"> {
    const accesses = [...this.accesses].map(([key, access]): TracedAccess => {
      const reach = this.reach.of(key);
      const isFollowed = !access.annotated && access.reliesOn === null && reach.some((r) => !r.unreached);
      return { ...access, confidence: isFollowed ? "certain" : "likely", reach };
    });
    const called = new Set(accesses.map(({ site }) => JSON.stringify(site)));
    const blindSpots = [...this.blindSpots].filter(
      ([key, { site }]) => !(this.misplaced.has(key) && called.has(JSON.stringify(site))),
    );
    return {
      ...joinCredentials(accesses, [...this.grants.values()]),
      blindSpots: blindSpots.map(([key, spot]) => ({ ...spot, reach: this.reach.of(key) })),
      trusted: [...this.trusted].map(([key, spot]) => ({ ...spot, reach: this.reach.of(key) })),
    };
  }

  externalCall(call: ExternalCall): void {
    const context = { facts: this.input.facts, reading: Reading.of(this.input.trace, call) };
    for (const binding of this.input.bindings) {
      const sightings = binding.sight(call, context);
      if (sightings === undefined) continue;
      if (sightings !== "harmless") for (const sighting of sightings) this.sighting(call, sighting);
      return;
    }
    const { path, package: packageName } = call.callee;
    const said = this.input.models.saidOf(wayOf(call));
    if (said?.by === null || this.quiet.some((trigger) => packageName.startsWith(trigger))) return;
    const handed = this.reachOf([...call.arguments.flat(), ...[...call.named.values()].flat()], context.reading, 2);
    const given = this.reachOf(call.returned, context.reading, 2);
    const where = displayPath(path) + (said ? "" : ", which is not followed");
    if (handed.length > 0)
      this.blindSpot(call.frame, call.node, `${subject(handed)} is handed to ${where}`, handed, said?.by);
    else if (given.length > 0)
      this.blindSpot(call.frame, call.node, `${subject(given)} is given back to ${where}`, given, said?.by);
  }

  unknownCall(unknown: UnknownCall): void {
    const reading = new Reading(this.input.trace, unknown.frame);
    const handed = this.reachOf(unknown.arguments, reading, 2);
    if (handed.length > 0)
      this.blindSpot(
        unknown.frame,
        unknown.node,
        `${subject(handed)} is handed to a function that is not known here (${unknown.reason})`,
        handed,
      );
    const looksLike = this.lookalike(unknown);
    if (looksLike)
      this.blindSpot(
        unknown.frame,
        unknown.node,
        `this may be ${looksLike.operation} on a client that is not known here (${unknown.reason})`,
        [looksLike.service],
      );
  }

  unknownStore({ frame, node, path, arguments: stored }: UnknownStore): void {
    const said = path === null ? undefined : this.input.models.saidOf(path);
    if (said?.by === null) return;
    const affects = this.reachOf(stored, new Reading(this.input.trace, frame), 1);
    if (affects.length === 0) return;
    const where = said ? `in ${displayPath(path!)}` : "where it cannot be followed";
    this.blindSpot(frame, node, `${subject(affects)} is stored ${where}`, affects, said?.by);
  }

  exhausted(): void {
    const [frame] = this.input.trace.frames;
    if (frame) this.blindSpot(frame, 0, "the program is larger than what is followed at once", ["*"]);
  }

  private sighting(call: ExternalCall, sighting: Sighting): void {
    if (sighting.kind === "access") this.access(call, sighting);
    else if (sighting.kind === "grant") this.grant(call, sighting.grants);
    else {
      const key = this.blindSpot(call.frame, call.node, sighting.reason, sighting.services);
      if (sighting.misplaced) this.misplaced.add(key);
    }
  }

  private access(call: ExternalCall, sighting: Sighting & { kind: "access" }): void {
    const { frame, node } = call;
    for (const place of decidedAt(this.input.trace, { frame, node }, sighting.decidedBy ?? []))
      this.accessAt(place, call, sighting);
  }

  private accessAt(place: Place, call: ExternalCall, sighting: Sighting & { kind: "access" }): void {
    const site = siteOf(place.frame, place.node);
    const credential = credentialKey(sighting.credential.provider, sighting.credential.account);
    const kind = sighting.credential.kind ?? null;
    const { operation, requires, effect, effectConfidence } = sighting.fact;
    const ownState = sighting.ownState ?? (sighting.fact.ownState ? "yes" : "no");
    // One call may do different things on different ways to it: with the command or the path that it is handed.
    const key = JSON.stringify([site, operation, requires, effect, effectConfidence, ownState, credential, kind]);
    this.reach.add(key, place);
    const known = this.accesses.get(key);
    const annotated = call.callee.typed && known?.annotated !== false;
    const mayNeed = sortedUnion(known?.fact.mayNeed, sighting.fact.mayNeed ?? []);
    const { source } = sighting.fact;
    const believed = source.declared ? source.name : call.callee.reliesOn;
    const reliesOn = known ? known.reliesOn && believed : believed;
    this.accesses.set(key, {
      site,
      provider: sighting.provider,
      fact: { ...sighting.fact, ...(mayNeed.length > 0 && { mayNeed }) },
      credential,
      credentialKind: kind,
      resources: sortedUnion(known?.resources, sighting.resource === undefined ? [] : [sighting.resource]),
      otherResources: (known?.otherResources ?? false) || sighting.resource === undefined,
      openResource: (known?.openResource ?? false) || (sighting.openResource ?? false),
      ownState,
      annotated,
      reliesOn,
    });
  }

  private grant(call: ExternalCall, source: GrantSource): void {
    const effect = siteOf(call.frame, call.node);
    for (const [alternative, list] of source.lists.entries()) {
      const mode = source.lists.length > 1 && list.value ? (modeOf(this.input.trace, call, list.value) ?? null) : null;
      const open = list.open || list.texts.some(({ pieces }) => pieces.some(isChosen));
      for (const text of list.texts) {
        for (const word of wordsOf(text.pieces)) {
          const written = constantText(word);
          if (written === undefined) continue;
          const literal = literalOf(word, text);
          const grant: TracedGrant = {
            provider: source.provider,
            written,
            form: source.form,
            effect,
            literal,
            credential: credentialKey(source.credential.provider, source.credential.account),
            credentialKind: source.credential.kind ?? null,
            alternative,
            alternatives: source.lists.length,
            mode,
            open,
            confidence: word.some(isChosen) ? "possible" : call.callee.typed ? "likely" : "certain",
          };
          this.grants.set(JSON.stringify([effect, alternative, written, literal]), grant);
        }
      }
    }
  }

  /** `by`: who says that nothing is out of sight there. */
  private blindSpot(frame: Frame, node: number, reason: string, affects: readonly string[], by?: string): string {
    const site = siteOf(frame, node);
    const key = JSON.stringify([site, reason]);
    this.reach.add(key, { frame, node });
    const known = by === undefined ? this.blindSpots.get(key) : this.trusted.get(key);
    const spot = { site, reason, affects: [...new Set([...(known?.affects ?? []), ...affects])].sort() };
    if (by === undefined) this.blindSpots.set(key, spot);
    else this.trusted.set(key, { ...spot, by, own: this.input.models.declared.some(({ file }) => file === by) });
    return key;
  }

  /** Services that whoever gets these values can reach, looking a few fields deep. */
  private reachOf(values: ValueSet, reading: Reading, depth: number): string[] {
    const services = new Set<string>();
    for (const value of values) for (const service of this.reachOfValue(value, reading, depth)) services.add(service);
    return [...services].sort();
  }

  private reachOfValue(value: Value, reading: Reading, depth: number): readonly string[] {
    const key = `${value.id} ${depth}`;
    const known = this.reaches.get(key);
    if (known) return known;
    const services = new Set<string>();
    for (const binding of this.input.bindings)
      for (const s of binding.reach(value, { facts: this.input.facts, reading })) services.add(s);
    if (value.kind === "object" && depth > 0 && value.object.kind !== "instance") {
      for (const cell of [...value.object.fields.values(), value.object.rest])
        for (const s of this.reachOf(cell.values, reading, depth - 1)) services.add(s);
    }
    const found = [...services].sort();
    this.reaches.set(key, found);
    return found;
  }

  /** Services this deployable is known to use. */
  private services(): string[] {
    return [...new Set([...this.accesses.values()].map((a) => a.fact.service))].sort();
  }

  /** A call on something unknown whose names are those of an operation: `client.users.messages.list(…)`. */
  private lookalike(unknown: UnknownCall): { operation: string; service: string } | undefined {
    const { nodes } = unknown.frame.function;
    const node = nodes[unknown.node];
    const names: string[] = [];
    for (let at = node?.kind === "call" ? nodes[node.callee] : undefined; at?.kind === "member"; at = nodes[at.of])
      names.unshift(at.name);
    if (names.length < 2) return undefined;
    const [holder, method] = names.slice(-2) as [string, string];
    for (const service of this.services()) {
      // Clients that are known by their own names: `this.s3.getObject(…)`.
      const ofHolder = this.input.facts.packOfClient(service.split(".")[0]!, holder);
      if (ofHolder?.service === service && this.input.facts.operation(ofHolder.id, method))
        return { operation: `${holder}.${method}`, service };
      const [provider, api] = service.split(".", 2) as [string, string | undefined];
      for (const pack of this.input.facts
        .packIds(provider)
        .filter((id) => api !== undefined && id.startsWith(`${provider}/${api}.`))) {
        for (let from = 0; from < names.length - 1; from++) {
          const operation = names.slice(from).join(".");
          if (this.input.facts.operation(pack, operation)) return { operation, service };
        }
      }
    }
    return undefined;
  }
}

/** Tools of one handler from which on a call that all of them reach says nothing about any one of them. */
const FEWEST_DISPATCHED = 3;

/**
 * Where a handler serves many tools, and the trace finds a call behind every one of them, its dispatch was not decided:
 * the call belongs to some of them, and which is not known.
 */
function withUndecidedDispatch(accesses: readonly TracedAccess[], tools: readonly TracedTool[]): TracedAccess[] {
  const served = new Map<string, Set<string>>();
  const handlerOf = new Map<string, string>();
  for (const { id, agent, handler } of tools) {
    if (!handler) continue;
    const key = JSON.stringify([agent, handler]);
    handlerOf.set(id, key);
    served.set(key, (served.get(key) ?? new Set()).add(id));
  }
  return accesses.map((access) => {
    const reached = new Set(access.reach.flatMap(({ tool }) => tool ?? []));
    const isUndecided = (tool: string | null): boolean => {
      const all = tool === null ? undefined : served.get(handlerOf.get(tool) ?? "");
      return all !== undefined && all.size >= FEWEST_DISPATCHED && [...all].every((one) => reached.has(one));
    };
    const reach = access.reach.map((way) => (isUndecided(way.tool) ? { ...way, undecided: true } : way));
    return { ...access, reach };
  });
}

function sortedUnion(a: readonly string[] | undefined, b: readonly string[]): string[] {
  return [...new Set([...(a ?? []), ...b])].sort(compareText);
}

/** The literal a word stands in: the one that holds its last part, where it is put together from several. */
function literalOf(word: readonly TextPiece[], whole: TextValue): TracedGrant["literal"] {
  const sites = word.flatMap((p): { site: LiteralSite; offset: number }[] =>
    !isHole(p) && p.site ? [{ site: p.site, offset: p.offset }] : [],
  );
  const last = sites.at(-1);
  if (!last) {
    const any = whole.pieces.findLast((p) => !isHole(p) && p.site);
    return any && !isHole(any) && any.site ? { ...any.site, offset: -1 } : null;
  }
  return { ...last.site, offset: word.length === 1 ? last.offset : -1 };
}

function credentialKey(provider: string, account: string | undefined): string {
  return account === undefined ? provider : `${provider}:${structuralId(account).slice(0, 8)}`;
}

/** Only different known accounts tell credentials of a provider apart; where there is at most one, all are the same. */
function joinCredentials(
  accesses: TracedAccess[],
  grants: TracedGrant[],
): Pick<TracedDeployable, "accesses" | "grants"> {
  const accounts = new Map<string, Set<string>>();
  for (const { provider, credential } of [...accesses, ...grants]) {
    if (credential === provider) continue;
    const known = accounts.get(provider) ?? new Set();
    accounts.set(provider, known.add(credential));
  }
  const joined = <T extends { provider: string; credential: string }>(x: T): T =>
    (accounts.get(x.provider)?.size ?? 0) > 1 ? x : { ...x, credential: x.provider };
  return { accesses: accesses.map(joined), grants: grants.map(joined) };
}

function subject(services: readonly string[]): string {
  return services.length === 1
    ? `${/^[aeiou]/.test(services[0]!) ? "an" : "a"} ${services[0]} client or credential`
    : `a client or credential (${services.join(", ")})`;
}

function displayPath(path: string): string {
  if (path.startsWith("python:")) return path.replace(/^python:(?:builtins#)?/, "").replace("#", ".");
  return path
    .replace(/^global#/, "")
    .replace(/^\.\/(?:.*\/)?node_modules\//, "")
    .replace(/^([^#]*)#/, "$1: ");
}
