import type { GuardId, NodeId } from "../model/summary.ts";
import type { Frame } from "./frames.ts";
import type { ExternalValue, ValueSet } from "./values.ts";
import { NOTHING } from "./values.ts";

/** One call of something outside the workspace, in one frame. Its arguments grow while the trace runs. */
export class ExternalCall {
  readonly id: number;
  readonly callee: ExternalValue;
  readonly construct: boolean;
  readonly frame: Frame;
  readonly node: NodeId;
  /** Names the expression, and the round of the loop it stands in. */
  readonly site: string;
  readonly guard: GuardId | undefined;
  readonly arguments: ValueSet[] = [];
  readonly named = new Map<string, ValueSet>();
  /** A list of unknown length was spread into the arguments. */
  spread = false;
  /** What functions that were handed to it gave back to it. */
  returned: ValueSet = NOTHING;
  /** The call that stands for this one in what it gives. */
  representative: ExternalCall = this;

  constructor(
    id: number,
    callee: ExternalValue,
    construct: boolean,
    frame: Frame,
    node: NodeId,
    site: string,
    guard: GuardId | undefined,
  ) {
    this.id = id;
    this.callee = callee;
    this.construct = construct;
    this.frame = frame;
    this.node = node;
    this.site = site;
    this.guard = guard;
  }

  argument(index: number): ValueSet {
    return this.arguments[index] ?? NOTHING;
  }
}
