import type { Language } from "../model/summary.ts";

/**
 * What a file holds, by its name. `declaration`: types without code, never traced. `data` formats are manifests and
 * configuration. Other programming languages are named, so that what was not analysed can be counted.
 */
export type FileLanguage = Language | "declaration" | "json" | "yaml" | "toml" | "markdown" | "foreign" | "other";

const BY_EXTENSION: Readonly<Record<string, FileLanguage>> = {
  ts: "typescript",
  tsx: "typescript",
  mts: "typescript",
  cts: "typescript",
  js: "javascript",
  jsx: "javascript",
  mjs: "javascript",
  cjs: "javascript",
  gs: "javascript",
  py: "python",
  pyi: "declaration",
  json: "json",
  jsonc: "json",
  json5: "json",
  yaml: "yaml",
  yml: "yaml",
  toml: "toml",
  md: "markdown",
  mdc: "markdown",
};

/** The extensions of all files that are read, as code, manifests or configuration. */
export const READ_EXTENSIONS: readonly string[] = Object.keys(BY_EXTENSION);

/** Languages Remit does not read (yet), by extension, as a reader would call them. */
const FOREIGN: Readonly<Record<string, string>> = {
  astro: "Astro",
  cs: "C#",
  dart: "Dart",
  ex: "Elixir",
  exs: "Elixir",
  go: "Go",
  java: "Java",
  kt: "Kotlin",
  kts: "Kotlin",
  php: "PHP",
  ps1: "PowerShell",
  rb: "Ruby",
  rs: "Rust",
  scala: "Scala",
  svelte: "Svelte",
  swift: "Swift",
  vue: "Vue",
};

export function languageOf(path: string): FileLanguage {
  if (/\.d\.(?:[^./]+\.)?[cm]?ts$/.test(path)) return "declaration";
  const extension = extensionOf(path);
  if (Object.hasOwn(BY_EXTENSION, extension)) return BY_EXTENSION[extension]!;
  return Object.hasOwn(FOREIGN, extension) ? "foreign" : "other";
}

/** The name of a programming language that is counted and not analysed: "14 Python files not analysed". */
export function unreadLanguageOf(path: string): string | undefined {
  const extension = extensionOf(path);
  return Object.hasOwn(FOREIGN, extension) ? FOREIGN[extension] : undefined;
}

/** Languages with a front-end. */
export function isAnalysedCode(language: FileLanguage): language is Language {
  return language === "typescript" || language === "javascript" || language === "python";
}

function extensionOf(path: string): string {
  const dot = path.lastIndexOf(".");
  return dot <= path.lastIndexOf("/") ? "" : path.slice(dot + 1).toLowerCase();
}
