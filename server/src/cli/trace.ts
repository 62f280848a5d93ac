import { printAnswer } from "./answer.ts";
import type { AnswerOptions } from "./answer.ts";
import type { ExitCode } from "./exit-code.ts";
import { openWorkspace } from "./open-workspace.ts";
import type { Surroundings } from "./surroundings.ts";
import { UsageError } from "./usage-error.ts";
import { fileInWorkspace } from "./workspace-paths.ts";

/** `remit trace`: what Remit knows about a place, and why it knows no more. */
export async function trace(place: string, options: AnswerOptions, around: Surroundings): Promise<ExitCode> {
  const match = /^(?<file>.+?):(?<line>[1-9]\d*)(?::\d+)?$/.exec(place);
  if (match === null) throw new UsageError(`${place}: expected FILE:LINE, such as src/mail.ts:12`);
  const { file, line } = match.groups as { file: string; line: string };
  const { engine, root } = await openWorkspace(options.stdinFilename === undefined ? [file] : [], options, around);
  const answer = await engine.describePlace(fileInWorkspace(root, around.workingDirectory, file), Number(line));
  if (answer.cards.length === 0) throw new UsageError(`${place}: Remit knows nothing about this place`);
  return printAnswer(answer, options, around);
}
