import type { Connection } from "vscode-languageserver/node";
import { ConfigurationRequest } from "vscode-languageserver/node";
import type { Client } from "./client.ts";
import type { Project } from "./project.ts";
import { SECTION, settingsOf, type Settings } from "./settings.ts";

/** How long a client may take to answer; then the defaults hold. */
const PATIENCE = 2000;

/** The settings of each project: asked for where the client can be asked, else what it sent. */
export async function pullSettings(
  connection: Connection,
  client: Client,
  projects: readonly Project[],
  pushed: unknown,
): Promise<Settings[]> {
  if (!client.configuration) {
    const sent =
      typeof pushed === "object" && pushed !== null ? (pushed as Record<string, unknown>)[SECTION] : undefined;
    return projects.map(({ settings }) => (sent === undefined ? settings : settingsOf(sent)));
  }
  if (projects.length === 0) return [];
  const items = projects.map(({ root }) => ({ scopeUri: root.uri, section: SECTION }));
  const answer = connection.sendRequest(ConfigurationRequest.type, { items });
  answer.catch(() => undefined);
  const given: unknown = await Promise.race([answer, new Promise((resolve) => setTimeout(resolve, PATIENCE).unref())]);
  return projects.map((_, i) => settingsOf(Array.isArray(given) ? given[i] : undefined));
}
