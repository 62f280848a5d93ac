import type { NodeId } from "../model/summary.ts";
import type { Frame } from "./frames.ts";
import type { ClassValue, ValueSet } from "./values.ts";
import { NOTHING } from "./values.ts";

/** One place that holds values, and who must be evaluated again when it holds more. */
export class Cell {
  values: ValueSet = NOTHING;
  readonly readers = new Set<Frame>();
}

/** Where an object was made: the expression, in the frame that evaluated it. */
export interface AllocationSite {
  readonly file: string;
  readonly function: string;
  readonly node: NodeId;
}

/**
 * Everything a program allocates at one place in one context: object and list literals, instances, maps, addresses. Lists keep their
 * known items under `0`, `1`, … and what is pushed under `REST`.
 */
export class HeapObject {
  readonly id: number;
  readonly kind: "record" | "list" | "instance" | "map" | "url";
  readonly site: AllocationSite | null;
  readonly class: ClassValue | null;
  readonly fields = new Map<string, Cell>();
  /** What is stored under names nobody knows, and what spreads of unknown things bring in. */
  readonly rest = new Cell();
  /** Who asked for all fields. */
  readonly listReaders = new Set<Frame>();
  /** Number of items in the literal, in order; -1 once their positions are not known any more. */
  fixedLength = -1;

  constructor(id: number, kind: HeapObject["kind"], site: AllocationSite | null, classValue: ClassValue | null) {
    this.id = id;
    this.kind = kind;
    this.site = site;
    this.class = classValue;
  }

  cell(name: string): Cell {
    let cell = this.fields.get(name);
    if (!cell) this.fields.set(name, (cell = new Cell()));
    return cell;
  }
}
