/** The question took more computations than whoever asked allowed. */
export class BudgetExceeded extends Error {
  constructor(budget: number) {
    super(`more than ${budget} computations`);
    this.name = "BudgetExceeded";
  }
}

/** A query depends on itself and does not say how to iterate. A mistake in the engine, never of the workspace. */
export class QueryCycle extends Error {
  readonly path: readonly string[];

  constructor(path: readonly string[]) {
    super(`query depends on itself: ${path.join(" → ")}`);
    this.name = "QueryCycle";
    this.path = path;
  }
}
