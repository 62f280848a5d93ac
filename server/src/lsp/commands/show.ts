import { ShowDocumentRequest } from "vscode-languageserver/node";
import type { LanguageServer } from "../language-server.ts";
import { isRange } from "../shapes.ts";
import { wrongArguments } from "./command.ts";
import { SHOW } from "./names.ts";

/** `[uri, range]`: takes the user to a place. */
export async function show([uri, selection]: readonly unknown[], server: LanguageServer): Promise<null> {
  if (typeof uri !== "string" || !isRange(selection)) throw wrongArguments(`${SHOW} takes an address and a range`);
  await server.connection.sendRequest(ShowDocumentRequest.type, { uri, selection, takeFocus: true });
  return null;
}
