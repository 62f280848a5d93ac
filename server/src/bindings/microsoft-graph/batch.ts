import type { ExternalCall } from "../../trace/external-call.ts";
import { patternText } from "../../trace/texts.ts";
import type { ExternalValue, ValueSet } from "../../trace/values.ts";
import type { BindingContext, CredentialSource, Sighting } from "../binding.ts";
import { queryOf, queryReader, sightRequest, unknownRequest } from "./requests.ts";

/**
 * Several requests in one: `POST /$batch` with `{ requests: [{ id, method, url, body }] }`, and the client's
 * `new BatchRequestContent([{ id, request: new Request(url, { method }) }])`.
 */

const SOME = "a batch holds requests to Microsoft Graph that are not known here";

/** The requests in the body of a batch. */
export function batchedRequests(
  body: ValueSet,
  credential: CredentialSource,
  context: BindingContext,
): readonly Sighting[] {
  const { reading } = context;
  // What `BatchRequestContent` gives was seen where it was put together.
  const unseen = body.filter((value) => !(value.kind === "external" && isBatchContent(value)));
  if (unseen.length === 0 && body.length > 0) return [];
  const lists = reading.ownField(unseen, "requests");
  const { items, rest } = reading.items(lists);
  const sightings = [...items, ...rest.map((value) => [value])].flatMap((request) =>
    requestFrom(reading.ownField(request, "url"), reading.ownField(request, "method"), credential, context),
  );
  const isWhole = items.length > 0 && unseen.every(({ kind }) => kind === "object");
  return isWhole ? sightings : [...sightings, unknownRequest(SOME)];
}

/** Requests that are put into a `BatchRequestContent`, in its constructor or one by one. */
export function sightBatchContent(call: ExternalCall, context: BindingContext): readonly Sighting[] | undefined {
  const { reading } = context;
  const way = call.callee.path.replace(/^[^#]*#/, "");
  if (way === "BatchRequestContent" && call.construct) {
    if (call.argument(0).length === 0) return [];
    const { items, rest } = reading.items(call.argument(0));
    return [...items, ...rest.map((value) => [value])].flatMap((step) => stepOf(step, context));
  }
  return way === "BatchRequestContent.new().addRequest" ? stepOf(call.argument(0), context) : undefined;
}

function isBatchContent(value: ExternalValue): boolean {
  return value.path.includes("#BatchRequestContent.new()");
}

/** `{ id, request: new Request(url, { method }) }`. */
function stepOf(step: ValueSet, context: BindingContext): readonly Sighting[] {
  const { reading } = context;
  const requests = reading.ownField(step, "request");
  if (requests.length === 0) return [unknownRequest(SOME)];
  return requests.flatMap((value) => {
    const made = value.kind === "external" && value.path === "global#Request.new()" ? value.step : null;
    if (made?.kind !== "new" || !made.call) return [unknownRequest(SOME)];
    const method = reading.ownField(made.call.argument(1), "method");
    return requestFrom(made.call.argument(0), method, { provider: "microsoft" }, context);
  });
}

function requestFrom(
  url: ValueSet,
  method: ValueSet,
  credential: CredentialSource,
  context: BindingContext,
): readonly Sighting[] {
  const { reading } = context;
  const verbs = method.length === 0 ? ["GET"] : reading.constants(method);
  if (url.length === 0 || verbs.length < method.length) return [unknownRequest(SOME)];
  return url.flatMap((value) => {
    if (value.kind !== "text") return [unknownRequest(SOME)];
    const path = patternText(value.pieces);
    return verbs.flatMap((verb) =>
      sightRequest({ verb: verb.toUpperCase(), path, credential, read: queryReader(queryOf(path)) }, context),
    );
  });
}
