import { chosen } from "../literals.ts";
import { HOLE } from "../texts.ts";
import { NOTHING, union } from "../values.ts";
import { keyNames } from "./keys.ts";
import type { Native, NativeCall } from "./native.ts";
import { eachItem, first, booleans, listOfFields, listOfKeys, pairs } from "./native.ts";

function keysGiven(call: NativeCall): string[] | undefined {
  return keyNames(first(call));
}

/** Methods of maps. */
export const MAP = new Map<string, Native>([
  [
    "get",
    (trace, call, receiver) => {
      if (receiver.kind !== "object") return NOTHING;
      const keys = keysGiven(call);
      let values = trace.read(receiver.object.rest, call.frame);
      if (keys)
        for (const key of keys) values = union(values, trace.read(receiver.object.cell(key), call.frame), trace.values);
      else
        for (const cell of receiver.object.fields.values())
          values = union(values, chosen(trace, trace.read(cell, call.frame)), trace.values);
      receiver.object.listReaders.add(call.frame);
      return union(values, values.length > 0 && keys?.length === 1 ? NOTHING : trace.values.undefined, trace.values);
    },
  ],
  [
    "set",
    (trace, call, receiver) => {
      if (receiver.kind !== "object") return NOTHING;
      const keys = keysGiven(call);
      const values = call.given.positional[1] ?? NOTHING;
      if (keys) for (const key of keys) trace.store(receiver.object, key, values);
      else trace.grow(receiver.object.rest, values);
      return [receiver];
    },
  ],
  [
    "has",
    (trace, call, receiver) => {
      const keys = keysGiven(call);
      if (receiver.kind !== "object" || keys?.length !== 1) return booleans(trace, "maybe");
      receiver.object.listReaders.add(call.frame);
      if ((receiver.object.fields.get(keys[0]!)?.values.length ?? 0) > 0) return booleans(trace, "true");
      return booleans(trace, trace.read(receiver.object.rest, call.frame).length > 0 ? "maybe" : "false");
    },
  ],
  ["delete", (trace) => booleans(trace, "maybe")],
  ["values", (trace, call, receiver) => [listOfFields(trace, call, receiver)]],
  ["keys", (trace, call, receiver) => [listOfKeys(trace, call, receiver)]],
  ["entries", (trace, call, receiver) => pairs(trace, call, receiver)],
  [
    "forEach",
    (trace, call, receiver) => (
      eachItem(trace, call, listOfFields(trace, call, receiver), (item) => [
        item,
        [trace.values.text([HOLE])],
        [receiver],
      ]),
      trace.values.undefined
    ),
  ],
]);
