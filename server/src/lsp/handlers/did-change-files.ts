import type { LanguageServer } from "../language-server.ts";

/** Files or whole folders were made, renamed or deleted by the user: of a folder nobody says what was in it. */
export function didChangeFiles(_params: unknown, server: LanguageServer): void {
  server.filesChanged();
}
