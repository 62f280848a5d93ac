import type { LanguageServer } from "../language-server.ts";

/** From here on the client may be asked. */
export function initialized(_params: unknown, server: LanguageServer): void {
  server.begin();
}
