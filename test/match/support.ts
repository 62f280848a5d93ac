import type { Access, BlindSpot, Grant } from "../../server/src/model/analysis.ts";
import type { Effect } from "../../server/src/model/effect.ts";
import type { PermissionRow } from "../../server/src/model/pack.ts";
import type { Alternatives, Tier } from "../../server/src/model/permission.ts";
import type { PermissionKnowledge } from "../../server/src/match/knowledge.ts";
import type { GrantPlan, Plan } from "../../server/src/match/plan.ts";

/** A small vocabulary in the manner of Google's; tiers, breadths and inclusions as Google has them. */
const ROWS: readonly PermissionRow[] = [
  row("mail.google.com", "delete", "restricted", 54, {
    implies: ["gmail.modify"],
    meaning: "Read, compose, send, and permanently delete all your email from Gmail.",
  }),
  row("gmail.modify", "send", "restricted", 50, {
    implies: ["gmail.readonly", "gmail.send", "gmail.labels"],
    meaning: "Read, compose, and send emails from your Gmail account.",
  }),
  row("gmail.readonly", "read", "restricted", 32, { meaning: "View your email messages and settings." }),
  row("gmail.send", "send", "sensitive", 1, { meaning: "Send email on your behalf." }),
  row("gmail.labels", "update", "non-sensitive", 6),
  row("gmail.settings.basic", "update", "restricted", 37, {
    meaning: "See, edit, create, or change your email settings and filters in Gmail.",
  }),
  row("drive", "delete", "restricted", 192, {
    implies: ["documents", "presentations", "drive.file", "drive.readonly", "drive.metadata"],
    meaning: "See, edit, create, and delete all of your Google Drive files.",
  }),
  row("drive.readonly", "read", "restricted", 86, {
    implies: ["drive.metadata.readonly"],
    meaning: "See and download all your Google Drive files.",
  }),
  row("drive.metadata", "update", "unknown", 63, { implies: ["drive.metadata.readonly"] }),
  row("drive.metadata.readonly", "read", "unknown", 47),
  row("drive.file", "delete", "non-sensitive", 175, {
    partial: true,
    meaning: "See, edit, create, and delete only the specific Google Drive files you use with this app.",
  }),
  row("documents", "update", "unknown", 4, { implies: ["documents.readonly"] }),
  row("documents.readonly", "read", "unknown", 1),
  row("presentations", "update", "unknown", 5, { implies: ["presentations.readonly"] }),
  row("presentations.readonly", "read", "unknown", 3),
  row("calendar", "delete", "unknown", 38, {
    implies: ["calendar.readonly", "calendar.events"],
    meaning: "See, edit, share, and permanently delete all the calendars you can access using Google Calendar.",
  }),
  row("calendar.events", "delete", "unknown", 12, { implies: ["calendar.events.readonly"] }),
  row("calendar.events.readonly", "read", "unknown", 5),
  row("calendar.readonly", "read", "unknown", 15, { implies: ["calendar.events.readonly"] }),
  row("old.feeds", "delete", "unknown", 1, { deprecated: true }),
  row("openid", "read", "none", 3, { identity: true }),
];

function row(
  name: string,
  effect: Effect,
  tier: Tier,
  breadth: number,
  more: Partial<PermissionRow> = {},
): PermissionRow {
  return { name, short: name, effect, tier, breadth, services: servicesOf(name), source: 0, ...more };
}

export const VOCABULARY: readonly string[] = ROWS.map(({ name }) => name);

export const knowledge: PermissionKnowledge = {
  permission: (provider, spelled) => (provider === "google" ? ROWS.find(({ name }) => name === spelled) : undefined),
};

/** A permission belongs to the service whose name it starts with; Drive's wide ones are accepted by the editors too. */
function servicesOf(name: string): string[] {
  if (/^drive(\.readonly|\.file)?$/.test(name)) return ["google.drive", "google.docs", "google.slides"];
  const family = name.startsWith("mail") ? "gmail" : name.split(".")[0]!;
  return [`google.${{ documents: "docs", presentations: "slides" }[family] ?? family}`];
}

/** Operations and what they accept, least first. */
export const OPERATIONS: Readonly<
  Record<string, { readonly service: string; readonly effect: Effect; readonly accepts: Alternatives }>
> = {
  "users.messages.list": {
    service: "google.gmail",
    effect: "read",
    accepts: [["gmail.readonly"], ["gmail.modify"], ["mail.google.com"]],
  },
  "users.messages.send": {
    service: "google.gmail",
    effect: "send",
    accepts: [["gmail.send"], ["gmail.modify"], ["mail.google.com"]],
  },
  "users.messages.modify": {
    service: "google.gmail",
    effect: "update",
    accepts: [["gmail.modify"], ["mail.google.com"]],
  },
  "users.messages.delete": { service: "google.gmail", effect: "delete", accepts: [["mail.google.com"]] },
  "users.settings.filters.create": { service: "google.gmail", effect: "create", accepts: [["gmail.settings.basic"]] },
  "files.list": {
    service: "google.drive",
    effect: "read",
    accepts: [["drive.metadata.readonly"], ["drive.metadata"], ["drive.readonly"], ["drive.file"], ["drive"]],
  },
  "files.export": { service: "google.drive", effect: "read", accepts: [["drive.readonly"], ["drive.file"], ["drive"]] },
  "files.create": { service: "google.drive", effect: "create", accepts: [["drive.file"], ["drive"]] },
  "documents.get": {
    service: "google.docs",
    effect: "read",
    accepts: [["documents.readonly"], ["documents"], ["drive.readonly"], ["drive.file"], ["drive"]],
  },
  "documents.batchUpdate": {
    service: "google.docs",
    effect: "update",
    accepts: [["documents"], ["drive.file"], ["drive"]],
  },
  "presentations.get": {
    service: "google.slides",
    effect: "read",
    accepts: [["presentations.readonly"], ["presentations"], ["drive.readonly"], ["drive.file"], ["drive"]],
  },
  "presentations.batchUpdate": {
    service: "google.slides",
    effect: "update",
    accepts: [["presentations"], ["drive.file"], ["drive"]],
  },
  "calendarList.list": { service: "google.calendar", effect: "read", accepts: [["calendar.readonly"], ["calendar"]] },
  "events.list": {
    service: "google.calendar",
    effect: "read",
    accepts: [["calendar.events.readonly"], ["calendar.events"], ["calendar.readonly"], ["calendar"]],
  },
  "events.insert": { service: "google.calendar", effect: "create", accepts: [["calendar.events"], ["calendar"]] },
  "discovery.list": { service: "google.discovery", effect: "read", accepts: [[]] },
};

export function access(operation: string, more: Partial<Access> = {}): Access {
  const { service, effect, accepts } = OPERATIONS[operation]!;
  return {
    id: `call:${operation}`,
    service,
    operation,
    effect,
    place: {
      file: "src/calls.ts",
      span: {
        start: Object.keys(OPERATIONS).indexOf(operation) * 10,
        end: Object.keys(OPERATIONS).indexOf(operation) * 10 + 5,
      },
    },
    requirement: { provider: "google", byCredential: { any: accepts } },
    requires: accepts,
    resource: null,
    credential: "google",
    credentialKind: null,
    confidence: "certain",
    ownState: false,
    unreached: false,
    reachedBy: [],
    fact: { operation, source: "googleapis 188.0.0", date: "2026-11-22" },
    ...more,
  };
}

/** The grants of one list, named, each at its own place. */
export function list(names: readonly string[], more: Partial<Grant> = {}): Grant[] {
  return names.map((name, index) => ({
    id: `grant:${more.group ?? "list"}:${index}`,
    permission: { provider: "google", name },
    written: name,
    service: "google",
    place: {
      file: `src/${more.group === undefined ? "auth" : more.group}.ts`,
      span: { start: index * 40, end: index * 40 + name.length },
    },
    form: "generateAuthUrl",
    verb: "requested",
    level: "credential",
    group: "list",
    open: false,
    credential: "google",
    confidence: "certain",
    sharedWith: [],
    takesEffectAt: { file: "src/auth.ts", span: { start: 1000, end: 1020 } },
    ...more,
  }));
}

export function blindSpot(affects: readonly string[], more: Partial<BlindSpot> = {}): BlindSpot {
  return {
    id: `blind:${affects.join()}`,
    place: { file: "src/plugins.ts", span: { start: 5, end: 9 } },
    reason: "gmail is handed to plugin.run(), chosen at run time",
    affects,
    reachedBy: [],
    ...more,
  };
}

/** Verdicts of the first list, `permission: verdict`. */
export function verdicts(plan: Plan, at = 0): Record<string, string> {
  return Object.fromEntries(plan.lists[at]!.grants.map(({ permission, verdict }) => [permission.name, verdict]));
}

export function planFor(plan: Plan, name: string, at = 0): GrantPlan {
  return plan.lists[at]!.grants.find(({ permission }) => permission.name === name)!;
}
