import type { Facts } from "../facts/lookup.ts";
import type { ManifestContent, ManifestGrant, ManifestMayNeed, ManifestNeed } from "../manifests/manifest.ts";
import type { Access, BlindSpot, Deployable, DeployableAnalysis, Grant } from "../model/analysis.ts";
import { structuralId } from "../model/hash.ts";
import { operationTitle } from "../model/pack.ts";
import { comparePlaces, compareText } from "../model/place.ts";
import { markWideResources } from "./wide-resources.ts";
import { apartFrom, forCodeInSight } from "./policy-holders.ts";
import { outOfSight, type OwnManifest, type Started, type Surroundings } from "./out-of-sight.ts";

/** Adds what the manifests of a deployable grant and declare to what its code does. */
export function withManifests(analysis: DeployableAnalysis, around: Surroundings, facts: Facts): DeployableAnalysis {
  if (around.manifests.every(({ reading: { content } }) => content.grants.length === 0 && content.needs.length === 0))
    return analysis;
  const { deployable } = analysis;
  const calls = [analysis, ...around.below].flatMap((one) => one.accesses);
  const grants = around.manifests.flatMap((manifest) =>
    forCodeInSight(manifest, grantsOf(manifest, deployable, around.started, facts), calls, around, facts),
  );
  const needs = around.manifests.flatMap(({ file, reading }) =>
    knownNeeds(reading.content, facts).map((need, ordinal) => declaredNeed(need, ordinal, file, deployable, facts)),
  );
  const possible = around.manifests.flatMap(({ file, reading }) =>
    (reading.content.mayNeed ?? []).map((need, ordinal) => possibleNeed(need, ordinal, file, deployable)),
  );
  const { below } = around;
  const spots = [
    ...analysis.blindSpots,
    ...needs.flatMap(({ blindSpot }) => blindSpot ?? []),
    ...outOfSight(around, grants, analysis, facts),
  ].sort((a, b) => comparePlaces(a.place, b.place) || compareText(a.reason, b.reason));
  const outside = [...spots, ...around.below.flatMap((one) => one.blindSpots)];
  return {
    ...analysis,
    grants: [...analysis.grants, ...markWideResources(grants, calls, outside, facts)].sort(
      (a, b) => comparePlaces(a.place, b.place) || compareText(a.group, b.group) || compareText(a.id, b.id),
    ),
    accesses: [...analysis.accesses, ...needs.flatMap(({ access }) => access ?? []), ...possible].sort(
      (a, b) => comparePlaces(a.place, b.place) || compareText(a.operation, b.operation),
    ),
    blindSpots: spots,
    ...(below.length > 0 && {
      below: {
        accesses: below.flatMap(({ accesses }) => accesses),
        blindSpots: below.flatMap(({ blindSpots }) => blindSpots),
        assumptions: below.flatMap(({ assumptions }) => assumptions),
      },
    }),
  };
}

function grantsOf(
  { file, reading }: OwnManifest,
  deployable: Deployable,
  started: readonly Started[],
  facts: Facts,
): Grant[] {
  const { content, kind, title } = reading;
  const ordinals = new Map<string, number>();
  return content.grants.map((grant): Grant => {
    const group = structuralId("list", deployable.id, file, grant.list);
    const key = JSON.stringify([group, grant.written]);
    const ordinal = ordinals.get(key) ?? 0;
    ordinals.set(key, ordinal + 1);
    return {
      id: structuralId("grant", group, grant.written, grant.resource ?? "", String(ordinal)),
      permission: permissionOf(grant, facts),
      written: grant.written,
      service: grant.provider,
      place: { file, span: grant.span },
      form: title,
      verb: grant.verb,
      level: "deployable",
      manifest: kind,
      group,
      open: listIsOpen(content, grant),
      credential: credentialOf(grant, file),
      ...(grant.credentialKind === undefined ? {} : { credentialKind: grant.credentialKind }),
      confidence: content.isUnattached ? "likely" : "certain",
      ...(grant.element ? { list: grant.element } : {}),
      ...(grant.wildcard ? { wildcard: grant.wildcard } : {}),
      sharedWith: [],
      ...apartFrom(grant.list, file, started),
      takesEffectAt: { file, span: grant.span },
    };
  });
}

function permissionOf(
  { provider, name, written, resource, condition }: ManifestGrant,
  facts: Facts,
): Grant["permission"] {
  const spelled = name ?? written;
  return {
    provider,
    name: facts.permission(provider, spelled)?.name ?? spelled,
    ...(resource === undefined ? {} : { resource }),
    ...(condition === undefined ? {} : { condition }),
  };
}

function listIsOpen({ grants }: ManifestContent, { list }: ManifestGrant): boolean {
  return grants.some((other) => other.list === list && other.open === true);
}

/** Without those of tokens of which one need is not known to the facts. */
function knownNeeds({ needs }: ManifestContent, facts: Facts): ManifestNeed[] {
  const unknown = needs.filter(({ pack, operation }) => facts.operation(pack, operation) === undefined);
  const tokens = new Set(unknown.flatMap(({ token }) => token ?? []));
  return needs.filter(({ token }) => token === undefined || !tokens.has(token));
}

function credentialOf({ provider, token }: ManifestGrant | ManifestNeed, file: string): string {
  return token === undefined ? provider : `${provider}#${file}#${token}`;
}

/** What a declaration needs is a requirement like that of a call; where the facts do not know it, it is out of sight. */
function declaredNeed(
  need: ManifestNeed,
  ordinal: number,
  file: string,
  deployable: Deployable,
  facts: Facts,
): { readonly access?: Access; readonly blindSpot?: BlindSpot } {
  const pack = facts.pack(need.pack);
  const row = pack && facts.operation(need.pack, need.operation);
  const place = { file, span: need.span };
  if (!pack || !row) {
    const reason = `what the ${need.operation} needs is not known`;
    return {
      blindSpot: {
        id: structuralId("blind", deployable.id, file, need.operation, String(ordinal)),
        place,
        reason,
        affects: [pack?.service ?? need.provider],
        reachedBy: [],
      },
    };
  }
  const fact = facts.requirement(pack, row, () => undefined);
  const byCredential = fact.requires ?? {};
  const { credentialKind: kind = null } = need;
  return {
    access: {
      id: structuralId("declared", deployable.id, file, need.operation, String(ordinal)),
      service: fact.service,
      operation: operationTitle(fact),
      effect: fact.effect,
      place,
      requirement: { provider: need.provider, byCredential },
      requires: byCredential[kind ?? ""] ?? byCredential["any"] ?? Object.values(byCredential).flat(),
      ...(fact.mayNeed && fact.mayNeed.length > 0 ? { mayNeed: fact.mayNeed } : {}),
      resource: null,
      credential: credentialOf(need, file),
      credentialKind: kind,
      confidence: "certain",
      declared: need.noun,
      ownState: false,
      unreached: false,
      reachedBy: [],
      fact: facts.cite(fact),
    },
  };
}

/** What may be needed is never missing, and never excess. */
function possibleNeed(
  { provider, event, mayNeed, source, date, span }: ManifestMayNeed,
  ordinal: number,
  file: string,
  { id }: Deployable,
): Access {
  const operation = `event ${event}`;
  return {
    id: structuralId("declared", id, file, operation, String(ordinal)),
    service: provider,
    operation,
    effect: "read",
    place: { file, span },
    requirement: { provider, byCredential: { any: [[]] } },
    requires: [[]],
    mayNeed,
    resource: null,
    credential: provider,
    credentialKind: null,
    confidence: "certain",
    declared: "event",
    ownState: false,
    unreached: false,
    reachedBy: [],
    fact: { operation, source, date },
  };
}
