import type { ExternalCall } from "../trace/external-call.ts";
import type { ExternalStep, Value, ValueTable } from "../trace/values.ts";
import type { Way } from "./model.ts";

/** The way to what a call calls; constructors end in `.new`. */
export function wayOf(call: ExternalCall): Way {
  return call.construct ? `${call.callee.path}.new` : call.callee.path;
}

/** The package a way begins in: `@acme/log` of `@acme/log#info`. */
export function packageOf(way: Way): string {
  const at = way.indexOf("#");
  return at < 0 ? way : way.slice(0, at);
}

/** What a method is called on: `lru-cache#LRUCache.new()` of `lru-cache#LRUCache.new().get`; undefined for a function of a package. */
export function receiverOf(way: Way): Way | undefined {
  const at = way.lastIndexOf(".");
  return at < way.indexOf("#") || at < 0 ? undefined : way.slice(0, at);
}

/** What is called or constructed to get a value: `lru-cache#LRUCache` of `lru-cache#LRUCache.new()`. */
export function makerOf(way: Way): Way {
  return way.replace(/(\.new)?\(\)$/, "");
}

const STEP = /\.?(?:(new)\(\)|(\(\))|(\[\])|\((\d+)(?:→|->)(\d+)\)|([^.()[\]]+))/y;

/** The value a way leads to; undefined where it is not written as one. */
export function valueAt(way: Way, values: ValueTable, reliesOn: string | null): Value | undefined {
  const steps = stepsOf(way);
  return steps?.reduce<Value>(
    (value, step) => (value.kind === "external" ? values.step(value, step) : value),
    values.external(packageOf(way), false, reliesOn),
  );
}

function stepsOf(way: Way): ExternalStep[] | undefined {
  const at = way.indexOf("#");
  if (at <= 0 || at === way.length - 1) return undefined;
  const steps: ExternalStep[] = [];
  STEP.lastIndex = at + 1;
  while (STEP.lastIndex < way.length) {
    const found = STEP.exec(way);
    if (!found) return undefined;
    const [, constructed, called, indexed, argument, parameter, name] = found;
    if (constructed) steps.push({ kind: "new", call: null });
    else if (called) steps.push({ kind: "call", call: null });
    else if (indexed) steps.push({ kind: "index" });
    else if (argument) steps.push({ kind: "callback", argument: +argument, parameter: +parameter!, call: null });
    else steps.push({ kind: "member", name: name! });
  }
  return steps;
}

export function isWay(text: string): boolean {
  return stepsOf(text) !== undefined;
}

/** A way that may hold `*`. */
export function isPattern(text: string): boolean {
  return isWay(text.replaceAll("(*", "(0").replaceAll("*", "x"));
}

/** `->` is the arrow of those whose keyboard has none. */
export function withArrows(way: Way): Way {
  return way.replaceAll("->", "→");
}

/** Finds what is said of a way: by its exact text, else by the first pattern with a `*` that fits. */
export class WayIndex<T> {
  private readonly exact = new Map<Way, T>();
  private readonly patterns = new Map<string, { readonly pattern: RegExp; readonly value: T }[]>();
  private readonly scopes: { readonly pattern: RegExp; readonly value: T }[] = [];

  /** What was added first counts. */
  add(way: Way, value: T): void {
    if (!way.includes("*")) {
      if (!this.exact.has(way)) this.exact.set(way, value);
      return;
    }
    const entry = { pattern: patternOf(way), value };
    const name = packageOf(way);
    const known = this.patterns.get(name);
    if (name.includes("*")) this.scopes.push(entry);
    else if (known) known.push(entry);
    else this.patterns.set(name, [entry]);
  }

  /** A constructor is also found under the name of its class. */
  find(way: Way): T | undefined {
    return this.findAs(way) ?? (way.endsWith(".new") ? this.findAs(way.slice(0, -".new".length)) : undefined);
  }

  private findAs(way: Way): T | undefined {
    const exact = this.exact.get(way);
    if (exact !== undefined) return exact;
    const near = this.patterns.get(packageOf(way)) ?? [];
    return (near.find(fits) ?? this.scopes.find(fits))?.value;

    function fits({ pattern }: { readonly pattern: RegExp }): boolean {
      return pattern.test(way);
    }
  }
}

/** `*` is anything; a way that ends in `.*` or `#*` also takes in what stands before it. */
export function patternOf(way: Way): RegExp {
  const whole = withArrows(/[.#]\*$/.test(way) ? way.slice(0, -2) : way);
  const text = whole.replace(/[\\^$.+?()[\]{}|/-]/g, "\\$&").replaceAll("*", ".*");
  return new RegExp(`^${text}${/[.#]\*$/.test(way) ? "(?:[.#(].*)?" : ""}$`, "s");
}
