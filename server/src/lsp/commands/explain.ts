import { answerMarkdown } from "../convert/answer-markdown.ts";
import type { LanguageServer } from "../language-server.ts";
import { unlessCancelled, type RequestToken } from "../waiting.ts";
import { wrongArguments } from "./command.ts";
import { EXPLAIN } from "./names.ts";

/** `[subject]`: a page about a rule, a permission or an operation. */
export async function explain(
  [subject]: readonly unknown[],
  server: LanguageServer,
  token: RequestToken,
): Promise<string> {
  const project = server.projects.all().find(({ settings }) => settings.enable);
  if (typeof subject !== "string") throw wrongArguments(`${EXPLAIN} takes the name of a rule, permission or operation`);
  if (!project) throw wrongArguments(`${EXPLAIN}: no folder or document is open`);
  return answerMarkdown(await unlessCancelled(project.explain(subject), token), subject, "remit");
}
