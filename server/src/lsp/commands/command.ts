import { ErrorCodes, ResponseError } from "vscode-languageserver/node";
import type { LanguageServer } from "../language-server.ts";
import type { RequestToken } from "../waiting.ts";

/** Runs one command of `workspace/executeCommand`; what it is given may be anybody's. */
export type Command = (given: readonly unknown[], server: LanguageServer, token: RequestToken) => Promise<unknown>;

export function wrongArguments(message: string): ResponseError {
  return new ResponseError(ErrorCodes.InvalidParams, message);
}
