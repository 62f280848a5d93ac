import type { ExternalCall } from "../../trace/external-call.ts";
import type { Reading } from "../../trace/reading.ts";
import type { TextPiece } from "../../trace/texts.ts";
import { HOLE } from "../../trace/texts.ts";
import type { ExternalValue, Value, ValueSet } from "../../trace/values.ts";
import { NOTHING, externalChain } from "../../trace/values.ts";
import { taggedTexts } from "../tagged.ts";
import type { SqlClient } from "./clients.ts";
import { SQL_CLIENTS } from "./clients.ts";

const CLIENTS = new Map(SQL_CLIENTS.flatMap((client) => client.packages.map((name) => [name, client] as const)));

export function clientOf(value: ExternalValue): SqlClient | undefined {
  return CLIENTS.get(value.package.replace(/\.js$/, ""));
}

/** A statement as it is sent; one that is a hole may be anything. */
export type StatementText = readonly TextPiece[];

/** What a call sends: texts of statements. */
export function textsSent(call: ExternalCall, client: SqlClient, reading: Reading): StatementText[] | undefined {
  const { callee } = call;
  if (client.tag?.test(callee.path)) return taggedTexts(call, reading);
  if (callee.step?.kind !== "member") return undefined;
  const { name } = callee.step;
  const prepared = client.prepares?.sends.includes(name) ? preparation(callee, client) : undefined;
  if (prepared) return prepared.call ? statementTexts(prepared.call.argument(0), client, reading) : [OPEN];
  if (client.prepares?.by.includes(name) && !client.methods.includes(name)) return undefined;
  if (!client.methods.includes(name)) return undefined;
  if (name === "pragma") return statementTexts(call.argument(0), client, reading).map((text) => [PRAGMA, ...text]);
  // A tag of a template, also where the same method takes a text.
  const tagged = client.tag && reading.objects(call.argument(0)).some(({ object }) => object.kind === "list");
  return tagged ? taggedTexts(call, reading) : statementTexts(call.argument(0), client, reading);
}

/** What the call, or the one that named the statement, is handed for it. */
export function statementsHanded(call: ExternalCall, client: SqlClient): ValueSet {
  const name = call.callee.step?.kind === "member" ? call.callee.step.name : "";
  const prepared = client.prepares?.sends.includes(name) ? preparation(call.callee, client) : undefined;
  return (prepared ? prepared.call : call)?.argument(0) ?? NOTHING;
}

const OPEN: StatementText = [HOLE];
const PRAGMA: TextPiece = { text: "PRAGMA ", offset: -1 };

/** The call that named the statement: `db.prepare("…")` before `.run()`. */
function preparation(callee: ExternalValue, client: SqlClient): { readonly call: ExternalCall | null } | undefined {
  const made = externalChain(callee).findLast(
    ({ step, parent }) =>
      step?.kind === "call" && parent?.step?.kind === "member" && client.prepares!.by.includes(parent.step.name),
  );
  return made?.step?.kind === "call" ? { call: made.step.call } : undefined;
}

function statementTexts(values: ValueSet, client: SqlClient, reading: Reading): StatementText[] {
  const texts = values.flatMap((value) => statementText(value, client, reading));
  return texts.length === 0 ? [OPEN] : texts;
}

function statementText(value: Value, client: SqlClient, reading: Reading): StatementText[] {
  if (value.kind === "text") return [value.pieces];
  if (value.kind === "literal") return [];
  if (value.kind !== "object") return [OPEN];
  if (value.object.kind === "list") {
    const { items, rest } = reading.items([value]);
    return [...items.flat(), ...rest].flatMap((item) => statementText(item, client, reading));
  }
  const fields = (client.fields ?? []).flatMap((name) => [...reading.ownField([value], name)]);
  return fields.length === 0 ? [OPEN] : fields.flatMap((field) => statementText(field, client, reading));
}
