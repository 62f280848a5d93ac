import type { Frame } from "./frames.ts";
import type { Interpreter } from "./interpreter.ts";
import { itemsOf, members } from "./members.ts";
import { constantText } from "./texts.ts";
import type { ObjectValue, TextValue, Value, ValueSet } from "./values.ts";
import { NOTHING, union } from "./values.ts";

/**
 * What adapters and bindings ask of values. Everything read counts as read by one frame, which is evaluated again when it
 * grows; after the trace has settled that costs nothing.
 */
export class Reading {
  readonly trace: Interpreter;
  private readonly frame: Frame;

  constructor(trace: Interpreter, frame: Frame) {
    this.trace = trace;
    this.frame = frame;
  }

  static of(trace: Interpreter, call: { readonly frame: Frame }): Reading {
    return new Reading(trace, call.frame);
  }

  field(values: ValueSet, name: string): ValueSet {
    let found: ValueSet = NOTHING;
    for (const value of values) found = union(found, members(this.trace, value, name, this.frame), this.trace.values);
    return found;
  }

  /** A field of objects of the workspace only: what a package's value would hold is not looked for. */
  ownField(values: ValueSet, name: string): ValueSet {
    return this.field(
      values.filter((v) => v.kind === "object"),
      name,
    ).filter((v) => !(v.kind === "literal" && v.value === undefined));
  }

  texts(values: ValueSet): TextValue[] {
    return values.filter((v): v is TextValue => v.kind === "text");
  }

  constants(values: ValueSet): string[] {
    return this.texts(values).flatMap((v) => constantText(v.pieces) ?? []);
  }

  objects(values: ValueSet): ObjectValue[] {
    return values.filter((v): v is ObjectValue => v.kind === "object");
  }

  /** The items of every list in a set, with what was pushed later. */
  items(values: ValueSet): { readonly items: readonly ValueSet[]; readonly rest: ValueSet } {
    const items: ValueSet[] = [];
    let rest: ValueSet = NOTHING;
    for (const { object } of this.objects(values)) {
      items.push(...itemsOf(this.trace, object, this.frame));
      rest = union(rest, this.trace.read(object.rest, this.frame), this.trace.values);
    }
    return { items, rest };
  }

  /** What may stand in an object under names nobody knows. */
  rest(value: ObjectValue): ValueSet {
    return this.trace.read(value.object.rest, this.frame);
  }

  /** Names of the fields an object is known to have. */
  fieldNames(value: ObjectValue): string[] {
    value.object.listReaders.add(this.frame);
    return [...value.object.fields].filter(([, cell]) => cell.values.length > 0).map(([name]) => name);
  }

  functions(values: ValueSet): ValueSet {
    return values.filter((v: Value) => v.kind === "closure");
  }
}
