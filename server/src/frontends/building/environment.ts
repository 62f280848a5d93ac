/** Whatever is told apart by identity. */
type Variable = object;

const NONE: readonly number[] = [];

/** Stands for all definitions there are, where too many reach a point to list them at every use. */
export const ANY: readonly number[] = [-1];

const MOST_LISTED = 64;

/**
 * Which definitions of each variable may have been the last at a point of a function. Branches are layers over what held
 * before them, so that a branch costs what it changes and not what it could see.
 */
export class Environment {
  readonly below: Environment | undefined;
  private changed: Map<Variable, readonly number[]> | undefined;

  constructor(below?: Environment) {
    this.below = below;
  }

  /** Ordinals of the definitions that may reach this point, ascending. */
  get(variable: Variable): readonly number[] {
    return this.changed?.get(variable) ?? this.below?.get(variable) ?? NONE;
  }

  set(variable: Variable, definitions: readonly number[]): void {
    this.changed ??= new Map();
    this.changed.set(variable, definitions);
  }

  add(variable: Variable, definitions: readonly number[]): void {
    this.set(variable, union(this.get(variable), definitions));
  }

  /** A layer of its own over `base` that holds all that changed since, for a jump out of the middle of a branch. */
  since(base: Environment): Environment {
    const copy = new Environment(base);
    this.copyTo(copy, base);
    return copy;
  }

  private copyTo(copy: Environment, base: Environment): void {
    if (this === base) return;
    for (const [variable, definitions] of this.changed ?? []) {
      if (!copy.changed?.has(variable)) copy.set(variable, definitions);
    }
    this.below?.copyTo(copy, base);
  }

  /** Takes in what any of the layers over this one leads to; each is a way on. */
  merge(ways: readonly Environment[]): void {
    const touched = new Set<Variable>();
    for (const way of ways) for (const variable of way.changed?.keys() ?? []) touched.add(variable);
    for (const variable of touched) {
      this.set(variable, ways.map((way) => way.get(variable)).reduce(union));
    }
  }

  /** Takes in a layer over this one that may or may not have been run. */
  absorb(layer: Environment): void {
    for (const [variable, definitions] of layer.changed ?? []) this.add(variable, definitions);
  }
}

export function union(a: readonly number[], b: readonly number[]): readonly number[] {
  if (a === b || a === ANY || b.length === 0) return a;
  if (b === ANY || a.length === 0) return b;
  const all = [...new Set([...a, ...b])].sort((x, y) => x - y);
  return all.length > MOST_LISTED ? ANY : all;
}
