import type { ExternalStep, ValueSet } from "../../trace/values.ts";
import { BOTO3_RESOURCES, type Boto3Resource } from "./boto3-resources.ts";
import { callOf, namesOf } from "./ways.ts";

/** Arguments of a request, by name. */
export type Fields = Readonly<Record<string, ValueSet>>;

/** Where a way through the resources of a service leads. */
export type Boto3End =
  /** A resource, or a list of such, and nothing is asked of it. */
  | { readonly kind: "resource" }
  /** The client that resources hold, and the way past it. */
  | { readonly kind: "client"; readonly steps: readonly ExternalStep[] }
  | { readonly kind: "operation"; readonly operation: string; readonly fields: Fields }
  | { readonly kind: "unknown"; readonly reason: string }
  /** What an operation gave, or a plain member. */
  | { readonly kind: "nothing" };

/** What narrows a list; the first of them asks for it. */
const NARROWS = /^(?:all|filter|limit|page_size|pages)$/;

/** Follows a way that starts at what `boto3.resource(service)` gives, to the callee of a call. */
export function boto3End(service: string, steps: readonly ExternalStep[]): Boto3End {
  const resources = BOTO3_RESOURCES[service];
  if (steps.length === 0) return { kind: "resource" };
  if (!resources) return unknown(namesOf(steps)[0]!, steps);
  return new Walk(resources, steps).end(resources["ServiceResource"]!, {}, 0);
}

/** Whether a service has a resource of that class, and it is known here. */
export function isResource(service: string, kind: string): boolean {
  return own(own(BOTO3_RESOURCES, service), kind) !== undefined;
}

class Walk {
  readonly #resources: Readonly<Record<string, Boto3Resource>>;
  readonly #steps: readonly ExternalStep[];
  readonly #names: readonly string[];

  constructor(resources: Readonly<Record<string, Boto3Resource>>, steps: readonly ExternalStep[]) {
    this.#resources = resources;
    this.#steps = steps;
    this.#names = namesOf(steps);
  }

  /** From a resource whose members start at a step. */
  end(resource: Boto3Resource, fields: Fields, at: number): Boto3End {
    const name = this.#names[at];
    if (name === undefined) return { kind: "resource" };
    const isLast = at === this.#names.length - 1;
    // What is declared to be of a class is made with `new`.
    const isCalled = /^(?:\(\)|new)$/.test(this.#names[at + 1] ?? "");
    if (name === "meta" && this.#names[at + 1] === "client")
      return { kind: "client", steps: this.#steps.slice(at + 2) };
    const part = own(resource.parts, name);
    if (part !== undefined && isCalled) return this.#made(part, fields, at + 2);
    if (part !== undefined) return { kind: "nothing" };
    const collection = own(resource.collections, name);
    if (collection) return this.#listed(collection, fields, at + 1);
    // Writes are kept, and sent by the dozen.
    if (name === "batch_writer" && resource === this.#resources["Table"])
      return /^\(\)\.(?:put|delete)_item$/.test(this.#after(at))
        ? { kind: "operation", operation: "BatchWriteItem", fields }
        : { kind: "nothing" };
    const operation = own(resource.methods, name);
    if (operation !== undefined && isLast) return { kind: "operation", operation, fields };
    const given = own(resource.gives, name);
    if (given !== undefined && isCalled) return this.#given(given, fields, at + 1);
    if (operation !== undefined || !(isLast || /^[A-Z]/.test(name))) return { kind: "nothing" };
    return unknown(name, this.#steps.slice(at));
  }

  /** `Bucket("photos")`, `bucket.Object("a.jpg")`: what is known of it already is not named again. */
  #made(kind: string, fields: Fields, at: number): Boto3End {
    const resource = this.#resources[kind]!;
    const call = callOf(this.#steps[at - 1]);
    const kept = resource.identifiers.filter((name) => Object.hasOwn(fields, name));
    const named = resource.identifiers.slice(kept.length).map((name, index) => [name, call?.argument(index)] as const);
    return this.end(resource, { ...only(fields, kept), ...present(named) }, at);
  }

  /** `create_table(TableName="t")`, `put_object(Key="a.jpg")`, and the items of what such a call gives. */
  #given(kind: string, fields: Fields, at: number): Boto3End {
    const resource = this.#resources[kind]!;
    const call = callOf(this.#steps[at]);
    const named = resource.identifiers.map((name) => [name, call?.named.get(name)] as const);
    return this.end(resource, { ...only(fields, resource.identifiers), ...present(named) }, this.#pastItems(at + 1));
  }

  /** `bucket.objects.filter(…)`, what is asked of all of them, and of each. */
  #listed({ operation, of }: { operation: string; of?: string }, fields: Fields, start: number): Boto3End {
    let at = start;
    while (NARROWS.test(this.#names[at] ?? "") && this.#names[at + 1] === "()") at += 2;
    const name = this.#names[at];
    if (name === undefined) return { kind: "resource" };
    const isLast = at === this.#names.length - 1;
    if (isLast && NARROWS.test(name))
      return at > start ? { kind: "nothing" } : { kind: "operation", operation, fields };
    const item = of === undefined ? undefined : this.#resources[of];
    if (name === "[]" && item) return this.end(item, only(fields, item.identifiers), this.#pastItems(at));
    const together = own(item?.together, name);
    if (isLast && together !== undefined) return { kind: "operation", operation: together, fields };
    return unknown(name === "[]" ? (this.#names[this.#pastItems(at)] ?? name) : name, this.#steps.slice(at));
  }

  #pastItems(start: number): number {
    let at = start;
    while (this.#names[at] === "[]") at++;
    return at;
  }

  #after(at: number): string {
    return this.#names.slice(at + 1).join(".");
  }
}

/** Said once: of the call of a member, not of what is done with what it gave. */
function unknown(what: string, steps: readonly ExternalStep[]): Boto3End {
  const calls = steps.filter((step) => step.kind === "call" || step.kind === "new").length;
  const isMade = steps.length === 1 && /^[A-Z]/.test(what);
  if (steps.length === 0 || isMade || calls > 1) return { kind: "nothing" };
  return { kind: "unknown", reason: `what ${what} of a boto3 resource asks for is not known` };
}

/** An entry of a table that may have no such key. */
export function own<T>(table: Readonly<Record<string, T>> | undefined, name: string): T | undefined {
  return table !== undefined && Object.hasOwn(table, name) ? table[name] : undefined;
}

function only(fields: Fields, names: readonly string[]): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([name]) => names.includes(name)));
}

function present(named: readonly (readonly [string, ValueSet | undefined])[]): Fields {
  return Object.fromEntries(named.filter((one): one is [string, ValueSet] => (one[1]?.length ?? 0) > 0));
}
