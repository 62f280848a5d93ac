import type { ExternalCall } from "../../trace/external-call.ts";
import type { Reading } from "../../trace/reading.ts";
import type { ValueSet } from "../../trace/values.ts";
import { addressTexts } from "./addresses.ts";
import type { Outgoing } from "./outgoing.ts";
import { fields, verbsOf } from "./outgoing.ts";

/** Google Apps Script: `UrlFetchApp.fetch(url, { method, headers, payload })`, and `fetchAll` for several. */
export function sentByAppsScript(call: ExternalCall, reading: Reading): Outgoing | undefined {
  const name = /^global#UrlFetchApp\.(fetch|fetchAll)$/.exec(call.callee.path)?.[1];
  if (name === undefined) return undefined;
  const { items, rest } = reading.items(name === "fetchAll" ? call.argument(0) : []);
  const all = [...items.flat(), ...rest];
  const options = name === "fetchAll" ? [reading.objects(all)] : [call.argument(1)];
  const written =
    name === "fetchAll" ? [...reading.texts(all), ...fields(options, ["url"], reading)] : call.argument(0);
  const verbs = name === "fetchAll" ? verbOfAll(all, reading) : verbsOf(undefined, options, reading);
  return {
    verbs,
    addresses: addressTexts(written, reading),
    body: fields(options, ["payload"], reading),
    options,
    amended: false,
  };
}

/** The verb that all requests of a list have; where they differ, which request has which is not told apart. */
function verbOfAll(requests: ValueSet, reading: Reading): readonly (string | undefined)[] {
  const verbs = requests.flatMap((one) => (one.kind === "text" ? ["GET"] : verbsOf(undefined, [[one]], reading)));
  const [first, ...others] = new Set(verbs);
  return [others.length === 0 ? first : undefined];
}
