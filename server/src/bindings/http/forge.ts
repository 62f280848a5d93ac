import type { ExternalCall } from "../../trace/external-call.ts";
import type { Reading } from "../../trace/reading.ts";
import { HOLE, joinPieces } from "../../trace/texts.ts";
import type { Value } from "../../trace/values.ts";
import { taggedTexts } from "../tagged.ts";
import type { Pieces } from "./addresses.ts";
import { addressTexts } from "./addresses.ts";
import type { Outgoing } from "./outgoing.ts";
import { fields, verbsOf } from "./outgoing.ts";

const REQUEST =
  /^@forge\/(?:api#(?:default\.)?(?:as(?:App|User)\(\)\.)?(?:withContext\(\)\.)?|bridge#(?:default\.)?)request(?:Jira|Confluence)$/;

/** The site that an app is installed on: only its host is not known. */
const SITE: Pieces = [{ text: "https://", offset: -1 }, HOLE, { text: ".atlassian.net", offset: -1 }];

/** Forge apps ask the site they run on: `` api.asUser().requestJira(route`/rest/api/3/issue/${key}`, { method }) ``. */
export function sentByForge(call: ExternalCall, reading: Reading): Outgoing | undefined {
  if (!REQUEST.test(call.callee.path)) return undefined;
  const options = [call.argument(1)];
  return {
    verbs: verbsOf(undefined, options, reading),
    addresses: call
      .argument(0)
      .flatMap((value) => routesOf(value, reading))
      .map((path) => joinPieces(SITE, path)),
    body: fields(options, ["body"], reading),
    options,
    amended: false,
  };
}

/** What `route` and `assumeTrustedRoute` stand for; the bridge takes texts. */
function routesOf(value: Value, reading: Reading): readonly Pieces[] {
  const made = value.kind === "external" && value.step?.kind === "call" ? value.step.call : undefined;
  if (!made) return addressTexts([value], reading);
  const maker = /^@forge\/api#(?:default\.)?(route|assumeTrustedRoute)$/.exec(made.callee.path)?.[1];
  if (maker === "route") return taggedTexts(made, reading);
  return maker === undefined ? [[HOLE]] : addressTexts(made.argument(0), reading);
}
