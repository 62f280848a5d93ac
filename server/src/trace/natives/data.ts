import { anyItem } from "../iteration.ts";
import { blurred, piecesOf } from "../pieces.ts";
import { isModels } from "../texts.ts";
import type { ValueSet } from "../values.ts";
import { NOTHING, setOf } from "../values.ts";
import { callAll, first } from "./native.ts";
import type { Native } from "./native.ts";

/** Functions that make data of texts, and bytes. What comes out is not known; that it is a model's is kept. */

const parse: Native = (trace, call, target) => {
  const anything: ValueSet = [trace.values.unknown("a part of what was parsed")];
  callAll(trace, call, call.given.positional[1] ?? NOTHING, [anything, anything]);
  if (target.kind !== "external") return anything;
  const parsed = trace.values.step(target, { kind: "call", call: null });
  const models = trace.values.step(trace.values.external("model"), { kind: "member", name: "input" });
  return setOf(
    first(call).map((value) => (piecesOf(value).some(isModels) ? models : parsed)),
    trace.values,
  );
};

/** Bytes of a text are that text in another form. */
const bytesOf: Native = (trace, call) =>
  setOf(
    first(call).map((value) => (value.kind === "text" ? trace.values.text([blurred(value.pieces)]) : value)),
    trace.values,
  );

const allBytesOf: Native = (trace, call) =>
  setOf(
    first(call).flatMap((list) => [...anyItem(trace, list, call.frame)]),
    trace.values,
  );

/** By the way to them. */
export const DATA = new Map<string, Native>([
  ["global#JSON.parse", parse],
  ...["global#Buffer", "node:buffer#Buffer"].flatMap((buffer): [string, Native][] => [
    [`${buffer}.from`, bytesOf],
    [`${buffer}.concat`, allBytesOf],
  ]),
]);
