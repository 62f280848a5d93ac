import type { LanguageServer } from "../language-server.ts";
import { statusOf, type StatusParams } from "../status.ts";
import type { RequestToken } from "../waiting.ts";

/** `[]`: reads everything anew; the status of each folder. */
export async function refresh(
  _given: readonly unknown[],
  server: LanguageServer,
  token: RequestToken,
): Promise<StatusParams[]> {
  server.filesChanged();
  const folders = await server.folders(token);
  return folders.map(({ project, snapshot }) => statusOf(project, snapshot));
}
