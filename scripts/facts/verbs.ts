import type { Effect } from "../../server/src/model/effect.ts";

/** What an operation of a REST API does, where nothing but its verb says it. */
export const EFFECT_OF_VERB: Readonly<Record<string, Effect>> = {
  GET: "read",
  HEAD: "read",
  DELETE: "delete",
  PUT: "update",
  PATCH: "update",
  POST: "create",
};

export interface EffectException {
  /** Matched against `VERB /path`. */
  readonly operations: RegExp;
  readonly effect: Effect;
  readonly because: string;
}

/** The first exception that fits, else the verb. */
export function effectOf(call: string, exceptions: readonly EffectException[]): Effect {
  return (
    exceptions.find(({ operations }) => operations.test(call))?.effect ??
    EFFECT_OF_VERB[call.split(" ")[0]!] ??
    "update"
  );
}

/** Rows of the page's table. */
export function effectRows(exceptions: readonly EffectException[]): string[][] {
  return [
    ...exceptions.map(({ effect, operations, because }) => [effect, `\`${operations.source}\`: ${because}`]),
    ["by verb", "GET reads, DELETE deletes, PUT and PATCH update, POST creates"],
  ];
}
