import type { ExecuteCommandParams } from "vscode-languageserver/node";
import { ErrorCodes, ResponseError } from "vscode-languageserver/node";
import type { Answer } from "../../model/card.ts";
import { cardsText } from "../../report/card-text.ts";
import { EXPLAIN, REFRESH, TRACE } from "../commands.ts";
import type { LanguageServer } from "../language-server.ts";
import { isPosition } from "../shapes.ts";
import { statusOf, type StatusParams } from "../status.ts";
import type { RequestToken } from "../waiting.ts";

/** What `explain` and `trace` answer: the cards, and the same as the command line prints them. */
export interface CommandAnswer extends Answer {
  readonly text: string;
}

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

/** `[subject]`: a rule, a permission, an operation. */
async function explain([subject]: readonly unknown[], server: LanguageServer): Promise<CommandAnswer> {
  const project = server.projects.all().find(({ settings }) => settings.enable);
  if (typeof subject !== "string") throw invalid(`${EXPLAIN} takes the name of a rule, permission or operation`);
  if (!project) throw invalid(`${EXPLAIN}: no folder or document is open`);
  return withText(await project.explain(subject));
}

/** `[uri, position]`: what is known of the calls on a line. */
async function trace([uri, position]: readonly unknown[], server: LanguageServer): Promise<CommandAnswer> {
  if (typeof uri !== "string" || !isPosition(position)) throw invalid(`${TRACE} takes an address and a position`);
  const located = server.projects.locateUri(uri);
  if (!located) throw invalid(`${TRACE}: ${uri} is in no open folder`);
  return withText(await located.project.describePlace(located.file, position.line + 1));
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

function withText(answer: Answer): CommandAnswer {
  return { ...answer, text: cardsText(answer.cards, false) };
}

function invalid(message: string): ResponseError {
  return new ResponseError(ErrorCodes.InvalidParams, message);
}
