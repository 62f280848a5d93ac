import { FRAMEWORKS } from "../agents/index.ts";
import type { Sighting } from "../bindings/binding.ts";
import { wayOf } from "../libraries/way.ts";
import type { Answer, Card } from "../model/card.ts";
import { lineStartsOf, positionAt } from "../model/place.ts";
import type { Query } from "../query/define.ts";
import type { ExternalCall } from "../trace/external-call.ts";
import { evaluator } from "../trace/evaluator.ts";
import type { Frame } from "../trace/frames.ts";
import type { Interpreter } from "../trace/interpreter.ts";
import { Reading } from "../trace/reading.ts";
import { patternText } from "../trace/texts.ts";
import type { Value, ValueSet } from "../trace/values.ts";
import type { WorkspaceSnapshot } from "../workspace/workspace.ts";
import type { Queries } from "./queries.ts";
import type { Spoken } from "./spoken.ts";
import { waysTo } from "./reach.ts";
import { settledTrace } from "./tracing.ts";

export interface PlaceQuestion {
  readonly file: string;
  readonly line: number;
  readonly snapshot: WorkspaceSnapshot;
  readonly queries: Queries;
  ask<V>(query: Query<string, V>, key: string): V;
}

const LONGEST_TITLE = 80;

/** What is known about the calls of one line: what is called, with what, from where, and why not where it is not known. */
export function describePlace(question: PlaceQuestion): Answer {
  const { file, line, snapshot, queries } = question;
  const ask = <V>(query: Query<string, V>, key: string): V => question.ask(query, key);
  const content = snapshot.read(file);
  const owner = snapshot.ownerOf(file);
  if (content.kind !== "text" || owner === undefined) return { cards: [], near: [] };
  const seeds = ask(queries.seeds, owner);
  const spoken = ask(queries.spoken, owner);
  const { trace } = settledTrace({
    deployable: owner,
    seeds: [...new Set([...seeds.seeds, file])].sort(),
    entries: seeds.entries,
    own: new Set(seeds.own),
    host: queries.programHost(ask, owner),
    frameworks: FRAMEWORKS,
    bindings: spoken.bindings,
    models: spoken.models,
    facts: spoken.facts,
  });
  const summary = ask(queries.summary, file);
  const positions = ask(queries.positions, file);
  const starts = lineStartsOf(content.text);
  const cards: Card[] = [];
  for (const [i, f] of summary?.functions.entries() ?? []) {
    const at = positions?.functions[i];
    for (const step of f.steps) {
      if (step.kind !== "call" || !at) continue;
      const span = { start: at.nodes[step.node * 2]!, end: at.nodes[step.node * 2 + 1]! };
      if (positionAt(starts, span.start).line > line || positionAt(starts, span.end).line < line) continue;
      const frames = trace.frames.filter((frame) => frame.file === file && frame.function.path === f.path);
      cards.push(
        callCard(
          trace,
          frames,
          step.node,
          content.text.slice(span.start, Math.min(span.end, span.start + LONGEST_TITLE)).split("\n")[0]!,
          spoken,
        ),
      );
    }
  }
  return { cards, near: [] };
}

/** One section for all frames in which the call is the same thing. */
function callCard(trace: Interpreter, frames: readonly Frame[], node: number, source: string, spoken: Spoken): Card {
  const ran = frames.filter((frame) => frame.calls[node] !== undefined);
  const sameLines = new Map<string, { lines: readonly string[]; from: Set<string> }>();
  for (const frame of ran) {
    const lines = callLines(trace, frame, node, spoken);
    const key = lines.join("\n");
    const known = sameLines.get(key) ?? { lines, from: new Set() };
    for (const { root } of waysTo([{ frame, node }]))
      known.from.add(root.kind === "tool" ? `tool ${root.subject ?? ""}` : ROOTS[root.kind]);
    sameLines.set(key, known);
  }
  const sections = [...sameLines.values()].map(({ lines, from }) => ({
    heading: `reached from ${[...from].join(", ")}`,
    lines,
  }));
  if (frames.length === 0)
    return { title: source, sections: [{ heading: null, lines: ["the function is never reached"] }] };
  if (ran.length === 0)
    return { title: source, sections: [{ heading: null, lines: ["the condition around it never holds"] }] };
  return { title: source, sections };
}

const ROOTS = {
  module: "top-level code",
  entry: "an export",
  unreached: "nothing known",
  shared: "several places",
  tool: "a tool",
} as const;

function callLines(trace: Interpreter, frame: Frame, node: number, spoken: Spoken): string[] {
  const call = frame.function.nodes[node];
  if (call?.kind !== "call") return [];
  const lines = [
    `callee: ${shown(evaluator.nodeOf(trace, frame, call.callee, frame))}`,
    ...call.arguments.map((a, i) => `argument ${i + 1}: ${shown(evaluator.nodeOf(trace, frame, a.value, frame))}`),
  ];
  for (const external of trace.calls.filter((c) => c.frame === frame && c.node === node)) {
    lines.push(...sightingLine(trace, external, spoken));
  }
  const unknown = trace.unknownCalls.get(`${frame.id}\u0000${node}`);
  return unknown ? [...lines, `not followed: ${unknown.reason}`] : lines;
}

/** Who knows what a call of a package is, and what it is. */
function sightingLine(trace: Interpreter, call: ExternalCall, { bindings, facts, models }: Spoken): string[] {
  const context = { facts, reading: new Reading(trace, call.frame) };
  for (const binding of bindings) {
    const seen = binding.sight(call, context);
    if (seen === undefined) continue;
    return [`${binding.provider}: ${seen === "harmless" ? "no access" : seen.map(sightingText).join(", ")}`];
  }
  const said = models.saidOf(wayOf(call));
  return said === undefined ? [] : [`what it does: known by ${said.by ?? "what the language is"}`];
}

function sightingText(sighting: Sighting): string {
  if (sighting.kind === "access") return `${sighting.fact.operation} (${sighting.fact.effect})`;
  return sighting.kind === "grant" ? `${sighting.grants.form} asks for permissions` : sighting.reason;
}

function shown(values: ValueSet): string {
  return values.length === 0 ? "nothing yet" : values.slice(0, 8).map(shownValue).join(" | ");
}

/** In the words of the inventory; texts are never quoted whole, they may be secrets. */
function shownValue(value: Value): string {
  switch (value.kind) {
    case "literal":
      return String(value.value);
    case "text":
      return patternText(value.pieces).startsWith("http") ? patternText(value.pieces) : "a text";
    case "closure":
      return `function ${value.function || "module"} (${value.file})`;
    case "class":
      return `class ${value.class} (${value.file})`;
    case "object":
      return value.object.class ? `instance of ${value.object.class.class}` : `a ${value.object.kind}`;
    case "module":
      return `module ${value.file}`;
    case "external":
      return value.path + (value.typed ? " (by its annotation)" : "");
    case "native":
      return value.name;
    case "pattern":
      return "a regular expression";
    case "unknown":
      return `unknown: ${value.reason}`;
  }
}
