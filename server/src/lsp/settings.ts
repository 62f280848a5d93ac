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
