import type { Connection } from "vscode-languageserver/node";
import { ConfigurationRequest } from "vscode-languageserver/node";
import type { Client } from "./client.ts";
import type { Project } from "./project.ts";

export const SECTION = "remit";

/** What the settings `remit.*` of a folder say. What is missing or of the wrong kind has its default. */
export interface Settings {
  /** Off: nothing of the folder is analysed or said. */
  readonly enable: boolean;
  /** Whether findings that a blind spot could refute are shown, as hints. */
  readonly possible: "hint" | "off";
}

export const DEFAULT_SETTINGS: Settings = { enable: true, possible: "hint" };

export function settingsOf(value: unknown): Settings {
  const given = (typeof value === "object" && value !== null ? value : {}) as Record<string, unknown>;
  return {
    enable: typeof given["enable"] === "boolean" ? given["enable"] : DEFAULT_SETTINGS.enable,
    possible: given["possible"] === "off" ? "off" : DEFAULT_SETTINGS.possible,
  };
}

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
