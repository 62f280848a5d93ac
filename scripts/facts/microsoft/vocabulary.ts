import { effectRank, EFFECTS, type Effect } from "../../../server/src/model/effect.ts";
import { PACK_FORMAT, type PermissionRow, type PermissionVocabulary } from "../../../server/src/model/pack.ts";
import type { Tier } from "../../../server/src/model/permission.ts";
import { compareText } from "../../../server/src/model/place.ts";
import { familyOf, isPartial, onlyReads, sends } from "./names.ts";
import type { DerivedRequest } from "./packs.ts";
import type { StatedRequest } from "./paths.ts";
import { SOURCE, type MicrosoftSources, type PermissionText } from "./sources.ts";

/** The scopes of OpenID Connect, which no path accepts; ids and titles from the descriptions. */
const OPENID: Readonly<Record<string, { readonly title: string; readonly id: string }>> = {
  openid: { title: "Sign users in", id: "37f7f235-527c-4136-accd-4a02d197296e" },
  email: { title: "View users' email address", id: "64a6cdd6-aab1-4aaf-94b8-3cc8405e90d0" },
  profile: { title: "View users' basic profile", id: "14dad69e-099b-42c9-810b-d002981feec1" },
  offline_access: {
    title: "Maintain access to data you have given it access to",
    id: "7427e0e9-2fba-42fe-b0c0-848c9e6a8182",
  },
};

/** Says who the user is: “Allows users to sign-in to the app, and allows the app to read the profile of signed-in users.” */
const SIGNS_IN = "User.Read";

/** May stand before a permission's name: the resource it is asked of. */
const RESOURCE = "https://graph.microsoft.com/";

export function vocabularyOf(requests: readonly DerivedRequest[], sources: MicrosoftSources): PermissionVocabulary {
  const accepted = acceptances(requests);
  const implies = closure(new Map([...sources.implies, ...sharedOver(sources.names)]));
  const row = (name: string): PermissionRow => {
    const text = sources.permissions.get(name)!;
    const acceptance = accepted.get(name);
    const aliases = [...new Set(Object.values(text.ids ?? {}))];
    const included = implies.get(name);
    return {
      name,
      ...(aliases.length > 0 && { aliases }),
      short: name,
      ...(text.title && { meaning: `${text.title}.` }),
      tier: tierOf(text),
      effect: acceptance?.effect ?? effectByName(name),
      breadth: acceptance?.operations ?? 0,
      ...(isPartial(name) && { partial: true }),
      ...(name === SIGNS_IN && { identity: true }),
      ...((acceptance === undefined || /\.(?:Shared|Selected)$/.test(name)) && { unlisted: true }),
      ...(acceptance && { services: ["microsoft.graph"] }),
      family: familyOf(name),
      ...(included && { implies: included }),
      source: 0,
    };
  };
  const openId = Object.entries(OPENID).map(([name, { title, id }]): PermissionRow => ({
    name,
    aliases: [id],
    short: name,
    meaning: `${title}.`,
    tier: "none",
    effect: "read",
    breadth: 0,
    identity: true,
    source: 1,
  }));
  return {
    format: PACK_FORMAT,
    provider: "microsoft",
    sources: [SOURCE.stated, SOURCE.descriptions],
    prefixes: [RESOURCE],
    caseless: true,
    permissions: [...sources.names.map(row), ...openId].sort((a, b) => compareText(a.name, b.name)),
  };
}

/** How many requests accept each permission as the source has it: an order of power before effects are known. */
export function breadths(requests: readonly StatedRequest[], sources: MicrosoftSources): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { rule } of requests) {
    const names = Object.values(rule).flatMap(({ any }) => any.map((one) => sources.names[[one].flat()[0]!]!));
    for (const name of new Set(names)) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return counts;
}

interface Acceptance {
  effect: Effect;
  operations: number;
}

/**
 * A permission is as strong as the strongest request that asks for it. What it is accepted for besides shows how far it
 * reaches, and counts for its effect only where nothing asks for it.
 */
function acceptances(requests: readonly DerivedRequest[]): Map<string, Acceptance> {
  const accepted = new Map<string, { operations: number; asked?: Effect; besides?: Effect }>();
  for (const { needs, effect } of requests) {
    const columns = Object.values(needs);
    const names = new Set(columns.flatMap(({ alternatives }) => alternatives.flat()));
    for (const name of names) {
      const one = accepted.get(name) ?? { operations: 0 };
      accepted.set(name, one);
      one.operations++;
      const isAsked = columns.some(
        ({ alternatives, enoughIfGranted }) => alternatives.flat().includes(name) && !enoughIfGranted.includes(name),
      );
      if (isAsked) one.asked = higher(one.asked, effect);
      else one.besides = higher(one.besides, effect);
    }
  }
  return new Map(
    [...accepted].map(([name, { operations, asked, besides }]) => [
      name,
      { operations, effect: onlyReads(name) ? "read" : (asked ?? besides ?? effectByName(name)) },
    ]),
  );
}

function effectByName(name: string): Effect {
  if (onlyReads(name)) return "read";
  return sends(name) ? "send" : "update";
}

/** Of two effects that weigh the same, the later in the list of effects. */
function higher(a: Effect | undefined, b: Effect): Effect {
  if (a === undefined) return b;
  return (effectRank(a) - effectRank(b) || EFFECTS.indexOf(a) - EFFECTS.indexOf(b)) >= 0 ? a : b;
}

/**
 * `admin` where an administrator must consent; else by the privilege level: “a hint as to the risks of consenting …
 * from 1 (least privileged) to 5 (most privileged)”. An application's own permissions all need an administrator.
 */
function tierOf({ delegated, personal, application }: PermissionText): Tier {
  const consent = delegated ?? personal ?? application;
  if (consent === undefined) return "unknown";
  if (consent.adminConsent) return "admin";
  if (consent.level === 0) return "unknown";
  return consent.level === 1 ? "non-sensitive" : "sensitive";
}

/** `Mail.Read.Shared` includes `Mail.Read`: “read mail a user can access, including their own and shared mail”. */
function sharedOver(names: readonly string[]): [string, string[]][] {
  return names.flatMap((name): [string, string[]][] => {
    const own = name.replace(/\.Shared$/, "");
    return own !== name && names.includes(own) ? [[name, [own]]] : [];
  });
}

function closure(implies: ReadonlyMap<string, readonly string[]>): Map<string, readonly string[]> {
  const reach = (name: string, found: Set<string>): Set<string> => {
    for (const next of implies.get(name) ?? []) {
      if (found.has(next)) continue;
      found.add(next);
      reach(next, found);
    }
    return found;
  };
  return new Map([...implies.keys()].map((name) => [name, [...reach(name, new Set())].sort(compareText)]));
}
