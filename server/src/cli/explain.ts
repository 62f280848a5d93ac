import { printAnswer } from "./answer.ts";
import type { AnswerOptions } from "./answer.ts";
import type { ExitCode } from "./exit-code.ts";
import { openWorkspace } from "./open-workspace.ts";
import type { Surroundings } from "./surroundings.ts";
import { UsageError } from "./usage-error.ts";

/** `remit explain`: what a rule says, what a permission allows, what a call needs. */
export async function explain(subject: string, options: AnswerOptions, around: Surroundings): Promise<ExitCode> {
  const { engine } = await openWorkspace([], options, around);
  const answer = await engine.explain(subject);
  if (answer.cards.length === 0) {
    const hint = answer.near.length === 0 ? "" : `; did you mean ${answer.near.join(" or ")}?`;
    throw new UsageError(`${subject}: no rule, permission or operation of that name${hint}`);
  }
  return printAnswer(answer, options, around);
}
