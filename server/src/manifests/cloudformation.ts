import { cloudFunction, referringText } from "./cloud-references.ts";
import { FUNCTIONS, listsOf, rolesOf, statementsOf } from "./cloudformation-roles.ts";
import { resourcesOf, type CloudResource } from "./cloudformation-resources.ts";
import { eventNeeds, type EventNeeds } from "./lambda-events.ts";
import type { ManifestContent, ManifestEntry, ManifestKind } from "./manifest.ts";
import type { ManifestNode } from "./tree.ts";
import { at, listAt, mapAt, textAt, textItems } from "./tree.ts";

/** A template of CloudFormation or SAM: functions, and what their roles may do. */
export const cloudFormation: ManifestKind = {
  id: "cloudformation",
  title: "CloudFormation template",
  marks: ["Resources", "AWS::"],

  recognises: (root) => resourcesOf(root).some(({ type }) => type.startsWith("AWS::")),

  read(root, source): ManifestContent {
    const resources = resourcesOf(root);
    const functions = resources.filter(({ type }) => FUNCTIONS.has(type));
    const roles = rolesOf(resources);
    const defaults = at(root, "Globals", "Function");
    const events = [...functions.flatMap(eventsOf), ...mappingsOf(resources)];
    return {
      grants: roles.flatMap((role) => statementsOf(role, source)),
      needs: events.flatMap(({ needs }) => needs),
      mayNeed: events.flatMap(({ mayNeed }) => mayNeed),
      entries: functions.flatMap((one) =>
        entriesOf(one, defaults, source.text).map((entry) => ({ ...entry, lists: listsOf(one, roles) })),
      ),
    };
  },
};

// ---- the code of a function

/** Of SAM; in a template that was not packaged yet, `Code` may be a folder too. */
function entriesOf(
  { node, properties }: CloudResource,
  defaults: ManifestNode | undefined,
  text: string,
): ManifestEntry[] {
  const property = (name: string) => at(properties, name) ?? at(defaults, name);
  const { span } = at(properties, "Handler") ?? node;
  const image = folderOf(at(node, "Metadata", "DockerContext"), text);
  if (referringText(property("PackageType"), text) === "Image")
    return [{ span, ...(image !== undefined && { folder: image }) }];
  const folder =
    folderOf(property("CodeUri") ?? at(properties, "Code"), text) ?? (property("InlineCode") ? undefined : ".");
  const handler = referringText(property("Handler"), text) ?? "";
  if (folder === undefined || at(properties, "Code")?.kind === "map") return [{ span }];
  // A script that starts a server of its own: any of the code beside it.
  if (handler.endsWith(".sh")) return [{ span, folder }];
  const [, path, name] = /^([^$]+)\.([^.$]+)$/.exec(handler) ?? [];
  if (path === undefined || name === undefined) return [{ span }];
  const bundled = listAt(node, "Metadata", "BuildProperties", "EntryPoints");
  const files = bundled ? textItems(bundled).map(({ text: entry }) => entry.replace(/\.[cm]?[jt]sx?$/, "")) : [path];
  return files.map((file) => ({ span, file: `${folder}/${file}`, function: name }));
}

/** Relative to the template; undefined for what is packed elsewhere. */
function folderOf(node: ManifestNode | undefined, text: string): string | undefined {
  const written = node?.kind === "scalar" && !cloudFunction(node) ? referringText(node, text) : undefined;
  return written === undefined || /^\w+:\/\/|\$\{|\.(?:zip|jar)$/.test(written)
    ? undefined
    : written.replace(/\/+$/, "") || ".";
}

// ---- what is done with its role

function eventsOf({ node, properties }: CloudResource): EventNeeds[] {
  const handedOn = ["DeadLetterQueue", "DeadLetterConfig", "EventInvokeConfig"].flatMap((key) => {
    const target = at(properties, key);
    return target ? [eventNeeds("destination", target.span)] : [];
  });
  const fetched = (mapAt(properties, "Events")?.entries ?? []).flatMap(({ keySpan, value }) => {
    const failed = at(value, "Properties", "DestinationConfig");
    return [
      eventNeeds(textAt(value, "Type") ?? "", keySpan),
      ...(failed ? [eventNeeds("destination", failed.span)] : []),
    ];
  });
  return node.kind === "map" ? [...handedOn, ...fetched] : [];
}

/** What is polled is often but a reference. */
function mappingsOf(resources: readonly CloudResource[]): EventNeeds[] {
  return resources
    .filter(({ type }) => type === "AWS::Lambda::EventSourceMapping")
    .flatMap(({ node }) => ["sqs", "dynamodb", "kinesis", "msk", "mq"].map((type) => eventNeeds(type, node.span)));
}
