import type { Facts } from "../facts/lookup.ts";
import { directoryOf, isWithin } from "../frontends/resolution/paths.ts";
import { satisfies } from "../match/sufficiency.ts";
import type { Access, Grant } from "../model/analysis.ts";
import { compareText } from "../model/place.ts";
import type { OwnManifest, Started, Surroundings } from "./out-of-sight.ts";

/** The grants of a manifest; those of a role that is for other code than that in sight are for nobody's calls. */
export function forCodeInSight(
  manifest: OwnManifest,
  grants: readonly Grant[],
  accesses: readonly Access[],
  around: Surroundings,
  facts: Facts,
): readonly Grant[] {
  const isForCode = manifest.reading.content.isUnattached
    ? around.manifests.filter(({ reading }) => reading.content.isUnattached).length === 1 &&
      coverEveryCall(grants, accesses, facts)
    : true;
  return grants.map((grant) =>
    isForCode && hasCallBeside(manifest, grant, accesses, around)
      ? grant
      : { ...grant, credential: `${grant.credential}#nobody` },
  );
}

/** A policy that nothing attaches is that of the code beside it, if that could not do without: a deployer's is another. */
function coverEveryCall(grants: readonly Grant[], accesses: readonly Access[], facts: Facts): boolean {
  const permissions = grants.map(({ permission }) => permission);
  const providers = new Set(permissions.map(({ provider }) => provider));
  return accesses
    .filter(({ requirement, declared }) => providers.has(requirement.provider) && declared === undefined)
    .every(({ requirement }) => satisfies(permissions, requirement, null, facts).verdict === "satisfied");
}

/**
 * A role is for the code that its manifest names, or that lies below it: without a call there, those of other code say nothing
 * of it.
 */
function hasCallBeside(
  { file, reading }: OwnManifest,
  { permission: { provider } }: Grant,
  accesses: readonly Access[],
  { started }: Surroundings,
): boolean {
  if (reading.content.entries.every(({ span }) => span === undefined)) return true;
  const folders = [
    directoryOf(file),
    ...started.filter((one) => one.manifest === file).map((one) => directoryOf(one.file)),
  ];
  return accesses.some(
    ({ requirement, place }) =>
      requirement.provider === provider && folders.some((folder) => isWithin(place.file, folder)),
  );
}

/** The code that the same manifest starts with other lists than this one, and nothing starts with it. */
export function apartFrom(list: string, file: string, started: readonly Started[]): Pick<Grant, "apartFrom"> {
  const own = started.filter(({ manifest, lists }) => manifest === file && lists !== undefined);
  const without = own.filter(({ lists }) => !lists!.includes(list)).map((one) => one.file);
  const elsewhere = started.filter((one) => !own.includes(one) || one.lists!.includes(list)).map((one) => one.file);
  const files = [...new Set(without)].filter((one) => !elsewhere.includes(one)).sort(compareText);
  return files.length === 0 ? {} : { apartFrom: files };
}
