import type { Reading } from "../../trace/reading.ts";
import { patternText } from "../../trace/texts.ts";
import type { Value, ValueSet } from "../../trace/values.ts";
import { taggedTexts } from "../tagged.ts";
import type { Outgoing } from "./outgoing.ts";

/** What a GraphQL document does, by the kinds of its operations. */
export interface GraphQlOperation {
  readonly kind: "query" | "mutation" | "subscription";
  /** `query Issues`, `mutation issueCreate`: by its name, else by its first field. */
  readonly title: string;
}

/** The operations of the documents that a request may carry; undefined where it carries none, or one that cannot be read. */
export function graphQlOperations(outgoing: Outgoing, reading: Reading): GraphQlOperation[] | undefined {
  const documents = [...(outgoing.documents ?? []), ...reading.ownField(bodyObjects(outgoing.body), "query")];
  const operations = documents.flatMap((value) => documentTexts(value, reading).map(operationOf));
  const known = operations.filter((operation) => operation !== undefined);
  return known.length === 0 || known.length < operations.length ? undefined : known;
}

/** Text as it is, or behind a `gql` tag. */
function documentTexts(value: Value, reading: Reading): string[] {
  if (value.kind === "text") return [patternText(value.pieces)];
  const isTagged = value.kind === "external" && /#gql\(\)$|^graphql-tag#(?:default|gql)\(\)$/.test(value.path);
  if (!isTagged || value.step?.kind !== "call" || !value.step.call) return [""];
  return taggedTexts(value.step.call, reading).map(patternText);
}

/** A body as it is, or behind `JSON.stringify`. */
export function bodyObjects(body: ValueSet): ValueSet {
  return body.flatMap((value) => {
    if (value.kind !== "external" || value.path !== "global#JSON.stringify()") return [value];
    return value.step?.kind === "call" ? [...(value.step.call?.argument(0) ?? [])] : [];
  });
}

/**
 * The gravest operation of a document. The grammar's top level is enough: words before a selection set, which may hold
 * anything but is skipped brace by brace, with its strings and comments.
 */
export function operationOf(document: string): GraphQlOperation | undefined {
  const operations = topLevel(document).flatMap((definition): GraphQlOperation[] => {
    const head = definition.head.replaceAll("{}", " ").trim();
    const [, keyword, name] = /^(?:(query|mutation|subscription)\b\s*(\w*))?/.exec(head)!;
    if (keyword === undefined && head !== "") return [];
    const kind = (keyword ?? "query") as GraphQlOperation["kind"];
    const field = /[A-Za-z_]\w*(?=\s*(?:$|[\s({@}]))/.exec(definition.body.replace(/#.*/g, ""))?.[0];
    const title = name || field;
    return [{ kind, title: title === undefined ? kind : `${kind} ${title}` }];
  });
  return operations.find(({ kind }) => kind === "mutation") ?? operations[0];
}

interface Definition {
  readonly head: string;
  readonly body: string;
}

const TOKEN = /#[^\n]*|"""[^]*?"""|"(?:\\.|[^"\\\n])*"|\{\}|[{}]/g;

/** Heads and selection sets at the top level; `{}` is what a hole of the text looks like. */
function topLevel(document: string): Definition[] {
  const definitions: Definition[] = [];
  let depth = 0;
  let from = 0;
  let head = "";
  for (const { 0: token, index } of document.matchAll(TOKEN)) {
    if (token === "{") {
      if (depth++ > 0) continue;
      head += document.slice(from, index);
      from = index + 1;
    } else if (token === "}") {
      if (depth === 0 || --depth > 0) continue;
      definitions.push({ head, body: document.slice(from, index) });
      head = "";
      from = index + 1;
    } else if (depth === 0 && token.startsWith("#")) {
      head += document.slice(from, index);
      from = index + token.length;
    }
  }
  return depth === 0 ? definitions : [];
}
