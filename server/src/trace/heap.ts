import type { NodeId } from "../model/summary.ts";
import type { Frame } from "./frames.ts";
import type { ClassValue, ExternalValue, ValueSet } from "./values.ts";
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

const FIRST_ADDED = 1_000_000;

/** Whether a name of a list is that of something added to it, whose position nobody knows. */
export function isAdded(name: string): boolean {
  return name.length > 6 && Number(name) >= FIRST_ADDED;
}

/**
 * Everything a program allocates at one place in one context: object and list literals, instances, maps, addresses. Lists keep their
 * known items under `0`, `1`, … and what is pushed under `REST`.
 */
export class HeapObject {
  readonly id: number;
  readonly kind: "record" | "list" | "instance" | "map" | "url" | "proxy";
  readonly site: AllocationSite | null;
  readonly class: ClassValue | null;
  /** What has the members that it has not itself: it stands for one of a package's own objects. */
  behind: ExternalValue | null = null;
  readonly fields = new Map<string, Cell>();
  /** What is stored under names nobody knows, and what spreads of unknown things bring in. */
  readonly rest = new Cell();
  /** Properties with functions behind them. */
  readonly accessors = new Map<string, { readonly get: Cell; readonly set: Cell }>();
  /** The objects it has from whatever it has not itself. */
  readonly parents = new Cell();
  /** Of what a generator yields: what is sent into it. */
  sent: Cell | undefined;
  /** Who asked for all fields. */
  readonly listReaders = new Set<Frame>();
  /** Positions of what was added to a list, by who added it: past those of its literal, for the order is not known. */
  private readonly added = new Map<string, number>();

  constructor(id: number, kind: HeapObject["kind"], site: AllocationSite | null, classValue: ClassValue | null) {
    this.id = id;
    this.kind = kind;
    this.site = site;
    this.class = classValue;
  }

  /** The name under which a list keeps what is added to it by one call. */
  placeOf(adder: string): string {
    let place = this.added.get(adder);
    if (place === undefined) this.added.set(adder, (place = FIRST_ADDED + this.added.size));
    return String(place);
  }

  accessor(name: string): { readonly get: Cell; readonly set: Cell } {
    let accessor = this.accessors.get(name);
    if (!accessor) this.accessors.set(name, (accessor = { get: new Cell(), set: new Cell() }));
    return accessor;
  }

  cell(name: string): Cell {
    let cell = this.fields.get(name);
    if (!cell) this.fields.set(name, (cell = new Cell()));
    return cell;
  }
}
