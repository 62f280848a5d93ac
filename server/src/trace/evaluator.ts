import { Evaluation } from "./evaluation.ts";
import type { Evaluator } from "./interpreter.ts";
import { StepRunner } from "./steps.ts";

/** Runs functions by evaluating their steps. */
export const evaluator: Evaluator = {
  run: (trace, frame) => new StepRunner(new Evaluation(trace, frame)).run(),
  variableOf: (trace, frame, name, reader) => Evaluation.variableOf(trace, frame, name, reader),
  nodeOf: (trace, frame, node, reader) => Evaluation.nodeOf(trace, frame, node, reader),
};
