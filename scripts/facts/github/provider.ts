import { readFileSync } from "node:fs";
import type { Effect } from "../../../server/src/model/effect.ts";
import type { FactSource } from "../../../server/src/model/pack.ts";
import { compareText } from "../../../server/src/model/place.ts";
import { permissionedFacts, table, type NamedOperation, type PermissionText } from "../permissioned.ts";
import type { FactProvider } from "../provider.ts";
import { actionPack, actionSources, WHOLE_LEVELS, workflowPermissions } from "./actions.ts";
import { eventPack, eventPermissions, eventSources } from "./events.ts";

interface FineGrained {
  readonly alternatives: readonly (readonly string[])[];
  readonly workflows?: true;
  readonly unclear?: true;
}

interface Classic {
  readonly alternatives: readonly (readonly string[])[];
  readonly privateOnly?: true;
  readonly publicDiffers?: true;
}

type Call = readonly [operation: string | null, fineGrained: number, classic: number, openToApps: number];

interface RestApi {
  readonly provenance: readonly (FactSource & { readonly what: string })[];
  readonly classicImplies: Readonly<Record<string, readonly string[]>>;
  readonly fineGrained: readonly FineGrained[];
  readonly classic: readonly Classic[];
  readonly operations: Readonly<Record<string, Call>>;
}

const HOST = "api.github.com";
/** Every token has it. */
const METADATA = "metadata:read";
/**
 * "to manage just a single file" (app-permissions of @octokit/openapi 23.0.2), which an app's settings name: enough for that
 * file, and for no other.
 */
const SINGLE_FILE: readonly string[] = ["single_file:read", "single_file:write"];
const OF_ONE_FILE: Readonly<Record<string, readonly string[]>> = {
  "repos/get-content": SINGLE_FILE,
  "repos/create-or-update-file-contents": ["single_file:write"],
  "repos/delete-file": ["single_file:write"],
};
/** From the strongest down. */
const LEVELS = ["admin", "write", "read"];

/** GitHub's REST API. */
export const provider: FactProvider = {
  id: "github",
  generate() {
    const api = JSON.parse(readFileSync(new URL("../sources/github/rest.json", import.meta.url), "utf8")) as RestApi;
    const operations = Object.entries(api.operations).map(([call, row]) => operationOf(call, row, api));
    const fineGrained = new Set([
      ...api.fineGrained.flatMap(({ alternatives }) => alternatives.flat()),
      ...eventPermissions,
      ...SINGLE_FILE,
    ]);
    const listed = new Set(fineGrained);
    for (const name of workflowPermissions) fineGrained.add(name);
    const classic = new Set([
      ...api.classic.flatMap(({ alternatives }) => alternatives.flat()),
      ...Object.entries(api.classicImplies).flatMap(([scope, included]) => [scope, ...included]),
    ]);
    return permissionedFacts({
      provider: "github",
      title: "GitHub",
      sources: [...api.provenance, ...eventSources, ...actionSources],
      packs: [
        { id: "github/rest", service: "github", title: "GitHub REST API", spelling: "plain", operations },
        eventPack,
        actionPack,
      ],
      others: [...classic, ...WHOLE_LEVELS, ...fineGrained, ...withLowerLevels(fineGrained)].filter(
        (name, at, all) => all.indexOf(name) === at,
      ),
      describe: (name) => ({
        ...(WHOLE_LEVELS.includes(name) || (fineGrained.has(name) && !listed.has(name)) ? { unlisted: true } : {}),
        ...(fineGrained.has(name) || isFineGrained(name, fineGrained)
          ? describeFineGrained(name, fineGrained)
          : describeClassic(name, api.classicImplies)),
      }),
      hosts: { [HOST]: [["/", "github/rest"]] },
      about: [
        [
          "What an operation needs",
          "By kind of credential: `fine-grained` (fine-grained tokens, GitHub Apps, and the token of a workflow, which spells `pull_requests` as `pull-requests`) and `classic` (OAuth apps and classic tokens). Of one fine-grained permission `admin` includes `write`, and `write` includes `read`; `metadata:read` comes with every token and is never excess. Where the source names several permissions and does not say whether any or all are needed, nothing is reported as missing.",
        ],
        [
          "What events need",
          "An app that subscribes to an event needs what the event's description names: `issues:read` for `issues`. No call shows it.",
        ],
        [
          "What steps of workflows need",
          "Of a few actions, what their pages recommend or demand. A job with any other action, or with a command that is handed the token, is not judged. A permission that no operation names is known by name alone.",
        ],
        [
          "Where the sources disagree",
          `${STATED_BY_TEXT.map(({ operations: pattern, because }) => `\`${pattern.source}\`: ${because}.`).join(" ")} The permission is taken to be what may be needed, and nothing is reported as missing.`,
        ],
        [
          "How the effect is derived",
          table(
            ["effect", "operations"],
            [
              ...EFFECTS.map(({ effect, operations: pattern, because }) => [
                effect,
                `\`${pattern.source}\`: ${because}`,
              ]),
              ["by verb", "GET and HEAD read, DELETE deletes, PUT and PATCH update, POST creates"],
            ],
          ),
        ],
      ],
      unknown: [
        "what a GraphQL query needs: it is a blind spot that names the query",
        "classic scopes of operations whose description names none",
        "whether a repository is public: `public_repo` is accepted only for those",
      ],
    });
  },
};

/** Operations whose verb does not say what they do. */
const EFFECTS: readonly { readonly effect: Effect; readonly operations: RegExp; readonly because: string }[] = [
  {
    effect: "read",
    operations:
      /^(?:markdown\/|apps\/check-token$|search\/|meta\/|dependency-graph\/export|actions\/get-|codes-of-conduct\/)/,
    because: "answers about what is sent along, or looks something up",
  },
  {
    effect: "execute",
    operations:
      /^(?:actions\/(?:create-workflow-dispatch|re-run-|force-cancel|approve-workflow-run)|repos\/create-dispatch-event$|agent-tasks\/create|codespaces\/start|copilot\/start)/,
    because: "runs a workflow or a machine",
  },
  {
    effect: "send",
    operations:
      /^(?:issues\/(?:create|create-comment|update-comment)|pulls\/(?:create|create-review|create-review-comment|create-reply-for-review-comment|submit-review|request-reviewers)|gists\/(?:create|create-comment)|repos\/(?:create-commit-comment|create-release)|teams\/create-discussion\S*|orgs\/create-invitation)$/,
    because: "is shown to people and notifies them",
  },
  {
    effect: "administer",
    operations:
      /^(?:repos\/(?:add-collaborator|remove-collaborator|update-branch-protection|delete-branch-protection|set-\w+-access-restrictions|add-\w+-access-restrictions|remove-\w+-access-restrictions|create-deploy-key|delete-deploy-key|create-webhook|update-webhook|delete-webhook|transfer|create-\w*-?ruleset|update-\w*-?ruleset|delete-\w*-?ruleset)|orgs\/(?:set-membership-for-user|remove-member|create-webhook|update-webhook|delete-webhook|assign-\S+|revoke-\S+|convert-member-to-outside-collaborator)|teams\/(?:add-or-update-\S+|remove-\S+)|actions\/(?:set-\S*permissions\S*|create-or-update-\S*secret|delete-\S*secret)|dependabot\/(?:create-or-update-\S*secret|delete-\S*secret))$/,
    because: "changes who may do what, or what is kept secret",
  },
];

const OF_VERB: Readonly<Record<string, Effect>> = {
  GET: "read",
  HEAD: "read",
  DELETE: "delete",
  PUT: "update",
  PATCH: "update",
  POST: "create",
};

/** Operations that the table by endpoint has without a permission, and whose text says in one place that one is required. */
const STATED_BY_TEXT: readonly {
  readonly operations: RegExp;
  readonly fineGrained: FineGrained;
  readonly because: string;
}[] = [
  {
    operations: /^(?:orgs|users)\/list-attestations(?:-bulk)?$/,
    fineGrained: { alternatives: [["attestations:read"]], unclear: true },
    because:
      "“In addition, when using a fine-grained access token the `attestations:read` permission is required.” Further down the page says that none is",
  },
];

function operationOf(call: string, [id, fineGrained, classic, openToApps]: Call, api: RestApi): NamedOperation {
  const [verb, path] = call.split(" ") as [string, string];
  const name = id ?? call;
  const effect =
    (verb === "GET" ? undefined : EFFECTS.find(({ operations }) => operations.test(name))?.effect) ??
    OF_VERB[verb] ??
    "update";
  const base = { name, http: [verb, HOST, path.replace(/\{[^}]*\}/g, "{}")] as const, effect };
  const listed = api.fineGrained[fineGrained];
  const fine = listed ?? STATED_BY_TEXT.find(({ operations }) => operations.test(name))?.fineGrained;
  const old = api.classic[classic];
  const requires = {
    ...(fine && { "fine-grained": fine.alternatives.map((set) => (set.length === 0 ? [METADATA] : set)) }),
    // Open to Apps, and no permission listed: any token will do.
    ...(!fine && openToApps === 1 && !old && { any: [[]] }),
    ...(old && { classic: leastFirst(old, api.classicImplies) }),
  };
  if (Object.keys(requires).length === 0) return { ...base, source: api.provenance[1] };
  const ofOneFile = Object.hasOwn(OF_ONE_FILE, name) ? OF_ONE_FILE[name] : undefined;
  return {
    ...base,
    requires: ofOneFile
      ? { ...requires, "fine-grained": [...fine!.alternatives, ...ofOneFile.map((one) => [one])] }
      : requires,
    ...(ofOneFile && { enoughIfGranted: { "fine-grained": ofOneFile } }),
    ...((fine?.unclear || old?.publicDiffers || old?.privateOnly) && { dependsOn: "repo" }),
    ...(!listed && { source: api.provenance[1] }),
  };
}

/** A scope that another one includes comes before it. */
function leastFirst({ alternatives }: Classic, implies: RestApi["classicImplies"]): readonly (readonly string[])[] {
  const includes = (a: readonly string[], b: readonly string[]): boolean =>
    b.every((name) => a.some((other) => other === name || implies[other]?.includes(name) === true));
  return [...alternatives].sort((a, b) => Number(includes(a, b)) - Number(includes(b, a)));
}

// ---- permissions

function parts(name: string): readonly [noun: string, level: string] {
  const colon = name.lastIndexOf(":");
  return [name.slice(0, colon), name.slice(colon + 1)];
}

/** What every permission includes is one too: `contents:read` of `contents:write`. */
function withLowerLevels(names: ReadonlySet<string>): string[] {
  return [...names].flatMap((name) => lower(name));
}

function lower(name: string): string[] {
  const [noun, level] = parts(name);
  const at = LEVELS.indexOf(level);
  return at < 0 ? [] : LEVELS.slice(at + 1).map((below) => `${noun}:${below}`);
}

function isFineGrained(name: string, known: ReadonlySet<string>): boolean {
  return [...known].some((other) => lower(other).includes(name));
}

function describeFineGrained(name: string, known: ReadonlySet<string>): PermissionText {
  const [noun, level] = parts(name);
  const included = lower(name).filter((other) => known.has(other) || isFineGrained(other, known));
  const dashed = name.replaceAll("_", "-");
  return {
    short: name,
    tier: level === "admin" || /administration|^members|secrets/.test(noun) ? "admin" : "unknown",
    ...(dashed !== name && { aliases: [dashed] }),
    ...(level === "read" && { effect: "read" as const }),
    ...(name === METADATA && { identity: true }),
    ...(SINGLE_FILE.includes(name) && { partial: true }),
    ...(included.length > 0 && { implies: included.sort(compareText) }),
  };
}

function describeClassic(name: string, implies: RestApi["classicImplies"]): PermissionText {
  const included = new Set<string>();
  const add = (scope: string): void => {
    for (const other of implies[scope] ?? []) {
      if (included.has(other)) continue;
      included.add(other);
      add(other);
    }
  };
  add(name);
  const isReading = /^read:|^user:email$|^repo:status$/.test(name);
  return {
    short: name,
    tier: /^(?:admin:|delete_repo$|site_admin$)/.test(name) ? "admin" : "unknown",
    ...(isReading && name !== "repo:status" && { effect: "read" as const }),
    ...(included.size > 0 && { implies: [...included].sort(compareText) }),
  };
}
