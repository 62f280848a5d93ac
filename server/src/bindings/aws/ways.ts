import type { ExternalCall } from "../../trace/external-call.ts";
import type { ExternalStep, ExternalValue } from "../../trace/values.ts";
import { externalChain } from "../../trace/values.ts";

/** The way to a value of a package, step by step. */
export interface Way {
  readonly package: string;
  readonly steps: readonly ExternalStep[];
}

/** Functions of tracing libraries that give back the client they are given. */
const GIVES_BACK = /^(?:aws-xray-sdk(?:-core)?|@aws-lambda-powertools\/tracer)#.*\bcaptureAWS(?:Client|v3Client)?$/;

/** All ways to a value: one, but for clients that a tracing library was given, of which there may be several. */
export function waysTo(value: ExternalValue, depth = 3): Way[] {
  const chain = externalChain(value);
  const wrapping = chain.findLastIndex((at) => callOf(at.step) && GIVES_BACK.test(at.parent!.path));
  const steps = chain.slice(Math.max(wrapping, 0) + 1).map((at) => at.step!);
  if (wrapping < 0) return [{ package: chain[0]!.package, steps }];
  if (depth === 0) return [];
  const given = callOf(chain[wrapping]!.step)!.argument(0);
  return given
    .flatMap((inner) => (inner.kind === "external" ? waysTo(inner, depth - 1) : []))
    .map((inner) => ({ package: inner.package, steps: [...inner.steps, ...steps] }));
}

/** The call that a step is, where its arguments were remembered. */
export function callOf(step: ExternalStep | null | undefined): ExternalCall | undefined {
  return (step?.kind === "call" || step?.kind === "new") && step.call ? step.call : undefined;
}

/** Names of the members a way leads through, one a step; a call is `()`, an index `[]`. */
export function namesOf(steps: readonly ExternalStep[]): string[] {
  return steps.map((step) => {
    if (step.kind === "member") return step.name;
    return step.kind === "index" ? "[]" : step.kind === "new" ? "new" : "()";
  });
}
