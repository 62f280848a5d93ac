import { bounded, textsOf, urlText } from "../url-objects.ts";
import { resolveUrl } from "../url-texts.ts";
import { NOTHING, setOf } from "../values.ts";
import type { Native } from "./native.ts";
import { first } from "./native.ts";

/** `new URL(input, base)`: an object of kind `url` that keeps its text under `href`. */
export const makeUrl: Native = (trace, call) => {
  const object = trace.allocate(call.frame, call.node, call.label, "url");
  const inputs = textsOf(trace, first(call), call.frame);
  const bases = textsOf(trace, call.given.positional[1] ?? NOTHING, call.frame);
  if (bases.length === 0) bases.push([]);
  const resolved = bounded(inputs.flatMap((input) => bases.map((base) => resolveUrl(input, base))));
  trace.store(
    object,
    "href",
    setOf(
      resolved.map((pieces) => trace.values.text(pieces)),
      trace.values,
    ),
  );
  return [trace.values.object(object)];
};

/** Methods of addresses. */
export const URL_METHODS = new Map<string, Native>([
  ["toString", (trace, call, receiver) => urlText(trace, receiver, call.frame)],
  ["toJSON", (trace, call, receiver) => urlText(trace, receiver, call.frame)],
]);
