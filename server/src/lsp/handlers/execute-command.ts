import type { ExecuteCommandParams } from "vscode-languageserver/node";
import { ErrorCodes, ResponseError } from "vscode-languageserver/node";
import { EXPLAIN, REFRESH, TRACE } from "../commands.ts";
import { answerMarkdown } from "../convert/answer-markdown.ts";
import type { LanguageServer } from "../language-server.ts";
import { isNumber, isPosition } from "../shapes.ts";
import { statusOf, type StatusParams } from "../status.ts";
import type { RequestToken } from "../waiting.ts";

type Run = (given: readonly unknown[], server: LanguageServer, token: RequestToken) => Promise<unknown>;

const RUN: ReadonlyMap<string, Run> = new Map<string, Run>([
  [EXPLAIN, explain],
  [TRACE, trace],
  [REFRESH, refresh],
]);

export function executeCommand(
  { command, arguments: given }: ExecuteCommandParams,
  server: LanguageServer,
  token: RequestToken,
): Promise<unknown> {
  const run = RUN.get(command);
  if (!run) throw invalid(`${command}: there is no such command`);
  return run(given ?? [], server, token);
}

/** `[subject]`: a page about a rule, a permission or an operation. */
async function explain([subject]: readonly unknown[], server: LanguageServer): Promise<string> {
  const project = server.projects.all().find(({ settings }) => settings.enable);
  if (typeof subject !== "string") throw invalid(`${EXPLAIN} takes the name of a rule, permission or operation`);
  if (!project) throw invalid(`${EXPLAIN}: no folder or document is open`);
  return answerMarkdown(await project.explain(subject), subject, "remit");
}

/** `[uri, line]`, the line from 1 or as a position of the protocol: a page about the calls of the line. */
async function trace([uri, at]: readonly unknown[], server: LanguageServer): Promise<string> {
  const line = isPosition(at) ? at.line + 1 : at;
  if (typeof uri !== "string" || !isNumber(line)) throw invalid(`${TRACE} takes an address and a line`);
  const located = server.projects.locateUri(uri);
  if (!located) throw invalid(`${TRACE}: ${uri} is in no open folder`);
  const { project, file } = located;
  return answerMarkdown(await project.describePlace(file, line), `line ${line} of ${file}`, "workspace");
}

/** Reads everything anew; the status of each folder. */
async function refresh(
  _given: readonly unknown[],
  server: LanguageServer,
  token: RequestToken,
): Promise<StatusParams[]> {
  server.filesChanged();
  const folders = await server.folders(token);
  return folders.map(({ project, snapshot }) => statusOf(project, snapshot));
}

function invalid(message: string): ResponseError {
  return new ResponseError(ErrorCodes.InvalidParams, message);
}
