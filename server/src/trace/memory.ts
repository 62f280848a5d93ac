import type { FunctionSummary, NodeId } from "../model/summary.ts";
import type { Frame } from "./frames.ts";
import type { AllocationSite, Cell } from "./heap.ts";
import { HeapObject } from "./heap.ts";
import type { ClassValue, ClosureValue, Value, ValueSet } from "./values.ts";
import { ValueTable, union } from "./values.ts";

/** Objects made at one place that are told apart. */
const MOST_OBJECTS = 128;

/** Items of one list that are told apart: one that is spread into itself has no end. */
export const LONGEST_LIST = 1000;

/** All that a trace remembers of values and objects. Whoever read a cell is evaluated again when it grows. */
export abstract class Memory {
  readonly values = new ValueTable();
  private readonly objects = new Map<string, HeapObject>();
  private readonly objectCounts = new Map<string, number>();
  private readonly properties = new Map<Value, HeapObject>();
  private readonly functionIds = new Map<FunctionSummary, number>();

  abstract enqueue(frame: Frame): void;

  /** Adds to a cell; whoever read it is evaluated again. */
  grow(cell: Cell, values: ValueSet): boolean {
    const grown = union(cell.values, values, this.values);
    if (grown === cell.values) return false;
    cell.values = grown;
    for (const reader of cell.readers) this.enqueue(reader);
    return true;
  }

  read(cell: Cell, reader: Frame): ValueSet {
    cell.readers.add(reader);
    return cell.values;
  }

  /** Short name of a function within this trace, for keys. */
  functionId(summary: FunctionSummary): number {
    const id = this.functionIds.get(summary) ?? this.functionIds.size;
    this.functionIds.set(summary, id);
    return id;
  }

  allocate(
    frame: Frame,
    node: NodeId,
    label: string,
    kind: HeapObject["kind"],
    classValue: ClassValue | null = null,
  ): HeapObject {
    const key = `${frame.id} ${node} ${label} ${kind} ${classValue?.id ?? ""}`;
    const known = this.objects.get(key);
    if (known) return known;
    const place = `${this.functionId(frame.function)} ${node} ${kind} ${classValue?.class ?? ""}`;
    const count = (this.objectCounts.get(place) ?? 0) + 1;
    this.objectCounts.set(place, count);
    if (count > MOST_OBJECTS) {
      frame.merged = true;
      return this.objectFor(
        `all ${place}`,
        kind,
        { file: frame.file, function: frame.function.path, node },
        classValue,
      );
    }
    return this.objectFor(key, kind, { file: frame.file, function: frame.function.path, node }, classValue);
  }

  /** An object that stands for something, by a key of the caller's own. */
  objectFor(
    key: string,
    kind: HeapObject["kind"],
    site: AllocationSite | null,
    classValue: ClassValue | null,
  ): HeapObject {
    let object = this.objects.get(key);
    if (!object) this.objects.set(key, (object = new HeapObject(this.objects.size, kind, site, classValue)));
    return object;
  }

  /** Fields set on a function or class itself. */
  propertiesOf(value: ClosureValue | ClassValue): HeapObject {
    let object = this.properties.get(value);
    if (!object) this.properties.set(value, (object = this.objectFor(`properties:${value.id}`, "record", null, null)));
    return object;
  }

  /** What `prototype` of a function or class is when nobody set it. */
  prototypeOf(value: ClosureValue | ClassValue): HeapObject {
    return this.objectFor(`prototype:${value.id}`, "record", null, value.kind === "class" ? value : null);
  }

  store(object: HeapObject, name: string, values: ValueSet): void {
    const isNew = !object.fields.has(name);
    if (isNew && object.kind === "list" && object.fields.size >= LONGEST_LIST) {
      this.grow(object.rest, values);
      return;
    }
    this.grow(object.cell(name), values);
    if (isNew) for (const reader of object.listReaders) this.enqueue(reader);
  }
}
