import type { FunctionSummary } from "../model/summary.ts";
import type { Frame } from "./frames.ts";
import type { HeapObject } from "./heap.ts";
import type { Interpreter } from "./interpreter.ts";
import type { ValueSet } from "./values.ts";
import { NOTHING, union } from "./values.ts";

/**
 * What code writes into things of packages: `app.locals.gmail = …`. They are named by the way to them, so that all that is
 * reached in one way is one thing: the request that a middleware writes to, and the one that a handler reads from.
 */
export class ExternalFields {
  private readonly objects = new Map<string, HeapObject>();
  private readonly mentioned = new WeakMap<FunctionSummary, ReadonlySet<string>>();

  /** `names` undefined: under a name that is not known. */
  write(trace: Interpreter, path: string, names: readonly string[] | undefined, values: ValueSet): void {
    let object = this.objects.get(path);
    if (!object) this.objects.set(path, (object = trace.objectFor(`fields:${path}`, "record", null, null)));
    if (!names) {
      if (object.rest.values.length === 0) for (const frame of trace.frames) trace.enqueue(frame);
      trace.grow(object.rest, values);
      return;
    }
    for (const name of names) {
      // Whoever read it before it was there is not among the readers of the cell.
      if (!object.fields.has(name))
        for (const frame of trace.frames) if (this.mentions(frame.function, name)) trace.enqueue(frame);
      trace.grow(object.cell(name), values);
    }
  }

  /** `name` undefined: anything. */
  read(trace: Interpreter, path: string, name: string | undefined, reader: Frame): ValueSet {
    const object = this.objects.get(path);
    if (!object) return NOTHING;
    const cells = name === undefined ? [...object.fields.values()] : [object.fields.get(name)];
    return [object.rest, ...cells].reduce<ValueSet>(
      (all, cell) => (cell ? union(all, trace.read(cell, reader), trace.values) : all),
      NOTHING,
    );
  }

  /** Whether a function reads a member of that name, or one whose name is not known. */
  private mentions(summary: FunctionSummary, name: string): boolean {
    let names = this.mentioned.get(summary);
    if (!names) {
      names = new Set(
        summary.nodes.flatMap((node) =>
          node.kind === "member" ? [node.name] : node.kind === "index" || node.kind === "call" ? [""] : [],
        ),
      );
      this.mentioned.set(summary, names);
    }
    return names.has(name) || names.has("");
  }
}
