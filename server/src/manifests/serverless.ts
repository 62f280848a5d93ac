import type {
  ManifestContent,
  ManifestEntry,
  ManifestGrant,
  ManifestKind,
  ManifestMayNeed,
  ManifestSource,
} from "./manifest.ts";
import { eventNeeds, warmingNeeds, type EventNeeds } from "./lambda-events.ts";
import { readStatements } from "./policy-statements.ts";
import type { ManifestNode, MapEntry } from "./tree.ts";
import { at, listAt, mapAt, textAt, textItems } from "./tree.ts";

/** A service of the Serverless Framework on AWS: functions, and what the role that they share or a role of their own may do. */
export const serverless: ManifestKind = {
  id: "serverless",
  title: "Serverless Framework service",
  marks: ["provider", "functions", "handler"],

  recognises: (root) =>
    at(root, "service") !== undefined && textAt(root, "provider", "name") === "aws" && functionsOf(root).length > 0,

  read(root, source): ManifestContent {
    const functions = functionsOf(root);
    const events = functions.flatMap(({ value }) => eventsOf(value));
    return {
      grants: [...sharedRole(root, source), ...functions.flatMap((one) => ownRole(one, source))],
      needs: events.flatMap(({ needs }) => needs),
      mayNeed: [...events.flatMap(({ mayNeed }) => mayNeed), ...pluginsOf(root)],
      entries: [...functions.map(entryOf), ...functionsElsewhere(root)],
    };
  },
};

/** In one map, or in a list of maps, some of which stand in other files. */
function functionsOf(root: ManifestNode): readonly MapEntry[] {
  const list = listAt(root, "functions")?.items ?? [at(root, "functions")];
  return list.flatMap((node) => (node?.kind === "map" ? node.entries : []));
}

/** `${file(…)}` in place of a map of functions. */
function functionsElsewhere(root: ManifestNode): ManifestEntry[] {
  return (listAt(root, "functions")?.items ?? []).filter(({ kind }) => kind !== "map").map(({ span }) => ({ span }));
}

/** `provider.iam.role`, and what it was before version 2.24. */
function sharedRole(root: ManifestNode, source: ManifestSource): readonly ManifestGrant[] {
  const statements = [at(root, "provider", "iam", "role", "statements"), at(root, "provider", "iamRoleStatements")];
  return statements.flatMap((node) => readStatements(node, { list: SHARED }, source));
}

/** What the plugin `serverless-iam-roles-per-function` makes of a function's statements. */
function ownRole({ key, value }: MapEntry, source: ManifestSource): readonly ManifestGrant[] {
  return readStatements(at(value, "iamRoleStatements"), { list: `functions.${key}` }, source);
}

/** `todos/create.create` is what `todos/create` exports as `create`. */
function entryOf({ key, value }: MapEntry): ManifestEntry {
  const { span } = at(value, "handler") ?? value;
  const [, file, name] = /^([^$]+)\.([^.$]+)$/.exec(textAt(value, "handler") ?? "") ?? [];
  const code = file !== undefined && name !== undefined ? { file, function: name } : {};
  return { span, lists: rolesOf(key, value), ...code };
}

/** A function has one role: a role of its own may begin with what the shared one has. */
function rolesOf(name: string, value: ManifestNode): string[] {
  if (at(value, "role")) return [];
  if (!at(value, "iamRoleStatements")) return [SHARED];
  return at(value, "iamRoleStatementsInherit") ? [SHARED, `functions.${name}`] : [`functions.${name}`];
}

const SHARED = "provider.iam.role";

/** What the platform does for a function with the function's own role. */
function eventsOf(node: ManifestNode): EventNeeds[] {
  const handedOn = [at(node, "destinations"), at(node, "onError")].flatMap((target) =>
    target ? [eventNeeds("destination", target.span)] : [],
  );
  const fetched = (listAt(node, "events")?.items ?? []).flatMap((event) => {
    const [only] = mapAt(event)?.entries ?? [];
    if (!only) return [];
    const type = only.key === "stream" ? streamType(only.value) : only.key;
    return [
      eventNeeds(type, only.keySpan),
      ...(at(only.value, "destinations") ? [eventNeeds("destination", only.keySpan)] : []),
    ];
  });
  return [...handedOn, ...fetched];
}

/** Those that add functions of their own. */
function pluginsOf(root: ManifestNode): ManifestMayNeed[] {
  const plugins = listAt(root, "plugins") ?? listAt(root, "plugins", "modules");
  return (plugins ? textItems(plugins) : [])
    .filter(({ text }) => text === "serverless-plugin-warmup")
    .map(({ node }) => warmingNeeds(node.span));
}

/** By what it says, or by what its address says. */
function streamType(node: ManifestNode): string {
  const written = textAt(node, "type") ?? (node.kind === "scalar" ? String(node.value) : textAt(node, "arn")) ?? "";
  return written.includes("kinesis") ? "kinesis" : "dynamodb";
}
