import type { LanguageServer } from "../language-server.ts";

export function shutdown(_params: unknown, server: LanguageServer): null {
  server.shutDown();
  return null;
}
