import { weakest } from "../model/analysis.ts";
import type { Access, Confidence, Grant } from "../model/analysis.ts";
import type { Alternatives, Permission } from "../model/permission.ts";
import { compareText } from "../model/place.ts";
import type { PermissionKnowledge } from "./knowledge.ts";
import { conditionsOf, kindFor, mayFeed } from "./modes.ts";
import type { Missing } from "./plan.ts";
import { comparePower } from "./power.ts";
import { columnOf, meets, opensGroup, satisfies } from "./sufficiency.ts";

/**
 * Calls that are covered by nothing in a visible, closed list. Lists without a mode are alternatives: which of them feeds
 * a call is not known, so one that covers it, or that could because it is open, is enough. Of lists whose mode is a
 * condition each has to.
 */
export function missingCalls(
  lists: readonly (readonly Grant[])[],
  accesses: readonly Access[],
  knowledge: PermissionKnowledge,
): Missing[] {
  return accesses.flatMap((access) =>
    missingFor(
      access,
      lists.filter((list) => mayFeed(list[0]!, access)),
      knowledge,
    ),
  );
}

function missingFor(access: Access, lists: readonly (readonly Grant[])[], knowledge: PermissionKnowledge): Missing[] {
  if (access.requirement.argumentUnknown) return [];
  const judged = lists.map((list) => ({
    list,
    open: list.some((grant) => isOpen(grant, knowledge)),
    sufficiency: satisfies(
      list.map((grant) => grant.permission),
      access.requirement,
      kindFor(list[0]!, access),
      knowledge,
    ),
  }));
  const lacking = judged.filter(({ open, sufficiency }) => !open && sufficiency.verdict === "missing");
  if (lacking.length === 0 || judged.some(({ sufficiency }) => sufficiency.verdict === "unknown")) return [];
  const others = judged.filter((one) => !lacking.includes(one));
  if (others.length === 0)
    return [
      describe(
        access,
        lacking.map(({ list }) => list),
        undefined,
        knowledge,
      ),
    ];

  const byMode = judged.every(({ list }) => list[0]!.mode !== undefined && list[0]!.isNumbered === undefined);
  const inModes = lacking.filter(({ list }) => list[0]!.mode !== undefined);
  return byMode && !isGuarded(access)
    ? inModes.map(({ list }) => describe(access, [list], list[0]!.mode, knowledge))
    : [];
}

/** What the facts do not know may be newer than they are, and cover the call; so may what no source lists the calls of. */
function isOpen({ open, permission }: Grant, knowledge: PermissionKnowledge): boolean {
  const row = knowledge.permission(permission.provider, permission.name);
  return open || opensGroup(permission) || row === undefined || row.unlisted === true;
}

/** Whether every way to the call has a condition; it may be the one that chooses the list. */
function isGuarded({ reachedBy }: Access): boolean {
  return reachedBy.length > 0 && reachedBy.every((reach) => conditionsOf(reach).length > 0);
}

function describe(
  access: Access,
  lists: readonly (readonly Grant[])[],
  mode: string | undefined,
  knowledge: PermissionKnowledge,
): Missing {
  const additions = leastAdditions(access, lists[0]!, knowledge);
  return {
    access,
    groups: lists.map((list) => list[0]!.group),
    mode,
    additions,
    ...certainty(access, lists, mode, knowledge),
  };
}

function certainty(
  access: Access,
  lists: readonly (readonly Grant[])[],
  mode: string | undefined,
  knowledge: PermissionKnowledge,
): { confidence: Confidence; reason: string } {
  const grants = lists.flat();
  const called = access.confidence;
  const likely = (reason: string) => ({ confidence: weakest("likely", called), reason });
  if (access.declared !== undefined)
    return { confidence: "possible" as const, reason: "the provider may add it by itself where the manifest is used" };
  if (access.unreached) return likely("nothing was found that reaches the call");
  if (mode !== undefined) return likely("which list is in force was told from conditions");
  if (grants.some((grant) => grant.confidence !== "certain"))
    return likely("the list was not resolved by imports and constants alone");
  if (access.credentialKind === null && Object.keys(access.requirement.byCredential).length > 1)
    return likely("the kind of credential is not known");
  const sameClient = grants.some((grant) => grant.credential === access.credential && grant.credential.includes(":"));
  if (
    !sameClient &&
    !grants.some(({ permission }) =>
      knowledge.permission(permission.provider, permission.name)?.services?.includes(access.service),
    )
  )
    return likely("the list names nothing of this service, so another credential may serve the call");
  return called === "certain"
    ? { confidence: "certain", reason: "the whole list is in sight, and none of it is accepted by the call" }
    : { confidence: called, reason: "the call was not resolved by imports and constants alone" };
}

/** What could be added, least first, without what is held already. What reaches only part of the resources only where nothing else would do. */
function leastAdditions(access: Access, list: readonly Grant[], knowledge: PermissionKnowledge): Alternatives {
  const { provider } = access.requirement;
  const kind = kindFor(list[0]!, access);
  const granted = list.map((grant) => grant.permission);
  const rowOf = (name: string) => knowledge.permission(provider, name);
  const isHeld = (name: string) =>
    granted.some((permission) => meets(permission, name, access.requirement, kind, knowledge));
  const column = columnOf(access.requirement, kind);
  const all = (column?.alternatives ?? []).map((names) => names.filter((name) => !isHeld(name)));
  const without = (sets: Alternatives, unwanted: (name: string) => boolean) => {
    const left = sets.filter((names) => !names.some(unwanted));
    return left.length > 0 ? left : sets;
  };
  const current = without(all, (name) => rowOf(name)?.deprecated === true);
  const proper = without(current, (name) => column?.enoughIfGranted.has(name) === true);
  return leastOf(
    provider,
    without(proper, (name) => rowOf(name)?.partial === true),
    knowledge,
  );
}

function leastOf(provider: string, sets: Alternatives, knowledge: PermissionKnowledge): Alternatives {
  const asPermissions = (names: readonly string[]): Permission[] => names.map((name) => ({ provider, name }));
  const unique = [...new Map(sets.map((set) => [[...set].sort(compareText).join(), set])).values()];
  const least = unique.filter(
    (a) => !unique.some((b) => b !== a && comparePower(asPermissions(b), asPermissions(a), knowledge) === "less"),
  );
  return [...(least.length > 0 ? least : unique)].sort(
    (a, b) => a.length - b.length || compareText(a.join(), b.join()),
  );
}
