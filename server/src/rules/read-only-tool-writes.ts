import type { Access, Confidence, Tool } from "../model/analysis.ts";
import { confidenceRank, weakest } from "../model/analysis.ts";
import type { Effect } from "../model/effect.ts";
import { changesState, effectRank } from "../model/effect.ts";
import type { Finding, Severity } from "../model/finding.ts";
import { structuralId } from "../model/hash.ts";
import type { Place } from "../model/place.ts";
import { comparePlaces } from "../model/place.ts";
import { factsOf, reachedFrom } from "./calls.ts";
import { declareWrite } from "./annotations.ts";
import type { Rule, RuleInput } from "./rule.ts";
import { counted, shortOperation, whenClause } from "./wording.ts";

const ID = "read-only-tool-writes";

/** Declared read-only, and a trace leads to a call that changes something. */
export const readOnlyToolWrites: Rule = {
  meta: {
    id: ID,
    says: "a tool that declares readOnlyHint: true and changes something",
    default: "error",
    fix: "declares",
    since: "0.1.0",
  },
  *check(input) {
    for (const tool of input.analysis.tools) {
      if (tool.annotations.readOnlyHint !== true) continue;
      const writes = writesOf(input, tool);
      if (writes.length > 0) yield findingFor(input, tool, writes);
    }
  },
};

const SEVERITY: Record<Confidence, Severity> = { certain: "error", likely: "warning", possible: "info" };

/**
 * Calls of the tool that change something other than the program's own state: the surest first, then the gravest. A call
 * that may as well only read, as many a POST does, is no ground for an accusation.
 */
function writesOf(input: RuleInput, tool: Tool): Access[] {
  const reached = new Set(tool.accesses);
  return input.analysis.accesses
    .filter(({ id, effect, ownState }) => reached.has(id) && changesState(effect) && !ownState)
    .filter(({ effectConfidence }) => effectConfidence !== "possible")
    .map((access) => (isUndecided(access, tool) ? { ...access, confidence: "possible" as const } : access))
    .sort(
      (a, b) =>
        confidenceRank(sureness(b)) - confidenceRank(sureness(a)) ||
        effectRank(b.effect) - effectRank(a.effect) ||
        comparePlaces(a.place, b.place),
    );
}

/** How sure it is that the call is made, and changes something that is not the program's own. */
function sureness({ confidence, effectConfidence, mayBeOwnState }: Access): Confidence {
  if (mayBeOwnState) return "possible";
  return effectConfidence === undefined ? confidence : weakest(confidence, effectConfidence);
}

/** Which tools of one handler make the call is not known. */
function isUndecided({ reachedBy }: Access, tool: Tool): boolean {
  return reachedBy.every((reach) => reach.tool !== tool.id || reach.undecided === true);
}

function findingFor(input: RuleInput, tool: Tool, writes: readonly Access[]): Finding {
  const worst = writes[0]!;
  const confidence = sureness(worst);
  const when = (access: Access) => {
    const own = access.reachedBy.find((reach) => reach.tool === tool.id);
    return whenClause(own?.asked ?? own?.guard ?? null);
  };
  const more = writes.filter(({ place }) => comparePlaces(place, worst.place) !== 0);
  const count = new Set(more.map(({ place }) => JSON.stringify(place))).size;
  const others =
    count === 0
      ? ""
      : `, and makes ${counted(count, "other call")} that ${count === 1 ? "changes" : "change"} something`;
  const declaration = confidence === "possible" ? undefined : declareWrite(tool, input);
  return {
    ruleId: ID,
    severity: SEVERITY[confidence],
    confidence,
    message: `${tool.name} declares readOnlyHint: true, but ${doing(worst)}${when(worst)}${others}.`,
    place: declarationOf(tool),
    permission: null,
    service: worst.service,
    deployable: input.analysis.deployable.id,
    agents: tool.agent === null ? reachedFrom(writes).agents : [tool.agent],
    tools: [tool.id],
    related: [
      ...(tool.handler ? [{ place: tool.handler, message: "handler" }] : []),
      ...writes.map((access) => ({
        place: access.place,
        message: `${shortOperation(access.operation)}${when(access)}`,
      })),
    ],
    evidence: {
      used: writes.map(({ id }) => id),
      facts: factsOf(writes),
      narrowest: [],
      cost: "hosts that ran it unasked will ask first",
      blindSpots: [],
      reason: reasonFor(worst, tool, confidence),
    },
    fixes: declaration
      ? [
          {
            title: `Declare the write: ${declaration.says}`,
            kind: "declares",
            safe: confidence === "certain",
            edits: declaration.edits,
          },
        ]
      : [],
    fingerprint: structuralId(ID, tool.id),
  };
}

function reasonFor(access: Access, tool: Tool, confidence: Confidence): string {
  if (confidence === "certain") return "the call was followed from the handler by imports and constants";
  if (isUndecided(access, tool))
    return "one handler serves many tools, and which of them makes the call could not be told";
  if (access.mayBeOwnState) return "it may be the program's own state: the path or what is written could not be told";
  return access.confidence === "certain"
    ? "that the call changes something is only what HTTP says of its verb"
    : "the call was not resolved by imports and constants alone";
}

/** The entry that says so, where it is written; else the tool. */
function declarationOf(tool: Tool): Place {
  const hint = tool.annotationPlaces.readOnlyHint;
  const entry =
    hint &&
    tool.annotationsObject?.entries.find(
      ({ file, span }) => file === hint.file && span.start <= hint.span.start && hint.span.end <= span.end,
    );
  return entry ?? hint ?? tool.place;
}

/** Calls that say in a word what they do. */
const DEEDS: readonly (readonly [RegExp, string])[] = [
  [/^(?:fs|fs-extra)\.(?:promises\.)?(?:write|append|output|createWriteStream|copyFile|truncate)/i, "writes a file"],
  [/^(?:fs\.FileHandle|write-file-atomic)\.(?:write|append|sync)| to a file$/, "writes a file"],
  [/^(?:fs\.(?:promises\.)?(?:unlink|rm)|fs-extra\.remove|(?:rimraf|del)\.|shelljs\.rm$)/i, "deletes a file"],
  [/^(?:fs\.(?:promises\.)?mkdir|fs-extra\.(?:mkdir|ensureDir)|mkdirp\.)/i, "creates a folder"],
  [/^(?:(?:Path\.)?open|Path\.write_(?:text|bytes))$/, "writes a file"],
  [/^(?:Path\.)?(?:mkdir|makedirs)$/, "creates a folder"],
];

/** Calls that run a command. */
const RUNS =
  /^(?:child_process|execa|zx|cross-spawn|node-pty|simple-git|shelljs\.(?:exec|cmd))\b|^(?:check_(?:call|output)|create_subprocess_\w+|popen|Popen|run|system)$/;

const EFFECTS: Record<Effect, string> = {
  read: "reads",
  create: "creates something",
  update: "changes something",
  delete: "deletes something",
  send: "sends something",
  execute: "runs something",
  administer: "changes who may do what",
};

function doing({ operation, effect, resource }: Access): string {
  if (resource !== null && RUNS.test(operation)) return `runs ${resource}`;
  const deed = RUNS.test(operation) ? "runs a command" : DEEDS.find(([pattern]) => pattern.test(operation))?.[1];
  return deed ?? `calls ${shortOperation(operation)}, which ${EFFECTS[effect]}`;
}
