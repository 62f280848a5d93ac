import { answerMarkdown } from "../convert/answer-markdown.ts";
import type { LanguageServer } from "../language-server.ts";
import { isNumber, isPosition } from "../shapes.ts";
import { unlessCancelled, type RequestToken } from "../waiting.ts";
import { wrongArguments } from "./command.ts";
import { TRACE } from "./names.ts";

/** `[uri, line]`, the line from 1 or as a position of the protocol: a page about the calls of the line. */
export async function trace(
  [uri, at]: readonly unknown[],
  server: LanguageServer,
  token: RequestToken,
): Promise<string> {
  const line = isPosition(at) ? at.line + 1 : at;
  if (typeof uri !== "string" || !isNumber(line)) throw wrongArguments(`${TRACE} takes an address and a line`);
  const located = server.projects.locateUri(uri);
  if (!located) throw wrongArguments(`${TRACE}: ${uri} is in no open folder`);
  const { project, file } = located;
  const answer = await unlessCancelled(project.describePlace(file, line), token);
  return answerMarkdown(answer, `line ${line} of ${file}`, "workspace");
}
