import type { ExecuteCommandParams } from "vscode-languageserver/node";
import { type Command, wrongArguments } from "../commands/command.ts";
import { explain } from "../commands/explain.ts";
import { ignore } from "../commands/ignore.ts";
import { EXPLAIN, IGNORE, REFRESH, SHOW, TRACE } from "../commands/names.ts";
import { refresh } from "../commands/refresh.ts";
import { show } from "../commands/show.ts";
import { trace } from "../commands/trace.ts";
import type { LanguageServer } from "../language-server.ts";
import type { RequestToken } from "../waiting.ts";

const COMMANDS: ReadonlyMap<string, Command> = new Map<string, Command>([
  [EXPLAIN, explain],
  [TRACE, trace],
  [IGNORE, ignore],
  [SHOW, show],
  [REFRESH, refresh],
]);

export function executeCommand(
  { command, arguments: given }: ExecuteCommandParams,
  server: LanguageServer,
  token: RequestToken,
): Promise<unknown> {
  const run = COMMANDS.get(command);
  if (!run) throw wrongArguments(`${command}: there is no such command`);
  return run(given ?? [], server, token);
}
