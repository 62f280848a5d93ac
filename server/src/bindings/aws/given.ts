import type { Reading } from "../../trace/reading.ts";
import type { Value, ValueSet } from "../../trace/values.ts";

/** Where the arguments of an operation stand: what comes first goes before what follows. */
export interface Given {
  readonly fields?: Readonly<Record<string, ValueSet>>;
  readonly input: ValueSet;
  readonly defaults: ValueSet;
}

/** What stands at a path: `Bucket`, `Entries[].EventBusName`, `RequestItems{}` for the names of its fields. */
export function valuesAt({ fields, input, defaults }: Given, path: string, reading: Reading): ValueSet {
  const steps = path.match(/\w+|\[\]|\{\}/g) ?? [];
  const follow = (from: ValueSet) => steps.reduce<ValueSet>(step, from);
  const own = fields?.[path] ?? follow(input);
  return own.length > 0 ? own : follow(defaults);

  function step(values: ValueSet, name: string): ValueSet {
    if (name === "[]") return reading.items(values).items.flat();
    if (name === "{}") return reading.objects(values).flatMap((object) => reading.fieldNames(object).map(nameValue));
    return reading.ownField(values, name);
  }

  function nameValue(name: string): Value {
    return reading.trace.values.text([{ text: name, offset: -1 }]);
  }
}
