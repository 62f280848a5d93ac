import type { Reading } from "../../trace/reading.ts";
import type { ExternalValue, ValueSet } from "../../trace/values.ts";
import { externalChain } from "../../trace/values.ts";
import { typedBinding } from "../typed/binding.ts";

/** Calls on the way to a method that name what it works on. */
const NAMES = new Set(["collection", "from", "rpc", "get_collection"]);
/** Stages of an aggregation that write. */
const WRITES = ["$out", "$merge"];

const PYMONGO = "db/pymongo";

/** Databases of documents, and Supabase: known by the types of their libraries. */
export const documents = typedBinding({
  provider: "db",
  libraries: [
    { pack: "db/mongodb", packages: ["mongodb"] },
    { pack: PYMONGO, packages: ["python:pymongo"] },
    { pack: "db/supabase", packages: ["@supabase/supabase-js", "@supabase/ssr"] },
  ],
  remembered: ["mongodb#", "python:pymongo#", "@supabase/supabase-js#", "@supabase/ssr#"],
  refine({ call, operation, pack }, access, { reading }) {
    const attribute = pack.id === PYMONGO && operation.startsWith("Collection.") ? attributeOf(call.callee) : undefined;
    const name =
      nameOf(call.callee, reading) ??
      attribute ??
      (operation.endsWith(".rpc") ? constantOf(call.argument(0), reading) : undefined);
    const named = name === undefined ? access : { ...access, resource: name };
    if (!operation.endsWith(".aggregate")) return [named];
    return [
      {
        ...named,
        fact: { ...named.fact, ...aggregateEffect(call.named.get("pipeline") ?? call.argument(0), reading) },
      },
    ];
  },
});

/** `db.collection("notes").find()`: the nearest name. */
function nameOf(callee: ExternalValue, reading: Reading): string | undefined {
  const naming = externalChain(callee).findLast(
    ({ step, parent }) => step?.kind === "call" && parent?.step?.kind === "member" && NAMES.has(parent.step.name),
  );
  return naming?.step?.kind === "call" ? constantOf(naming.step.call?.argument(0) ?? [], reading) : undefined;
}

/** `db.notes.find()`, `db["notes"].find()`. */
function attributeOf({ parent }: ExternalValue): string | undefined {
  return parent?.step?.kind === "member" ? parent.step.name : undefined;
}

function constantOf(values: ValueSet, reading: Reading): string | undefined {
  const constants = reading.constants(values);
  return constants.length === 1 && values.length === 1 ? constants[0] : undefined;
}

/** A pipeline reads, if each of its stages is known and none writes. */
function aggregateEffect(
  pipeline: ValueSet,
  reading: Reading,
): { readonly effect: "read" | "update"; readonly effectConfidence?: "possible" } {
  const { items, rest } = reading.items(pipeline);
  const stages = [...items.flat(), ...rest];
  const fields = reading.objects(stages).flatMap((stage) => reading.fieldNames(stage));
  if (fields.some((name) => WRITES.includes(name))) return { effect: "update" };
  const isKnown = stages.every((stage) => stage.kind === "object" && reading.rest(stage).length === 0);
  return isKnown && pipeline.every(({ kind }) => kind === "object")
    ? { effect: "read" }
    : { effect: "update", effectConfidence: "possible" };
}
