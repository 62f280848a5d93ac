import type { ModuleSummary } from "../model/summary.ts";
import { SUMMARY_VERSION } from "../model/summary.ts";
import { compareText } from "../model/place.ts";

/** A summary as text that is equal for equal summaries, whoever built them: keys sorted, nothing absent written. */
export function canonicalise(summary: ModuleSummary): string {
  return JSON.stringify(ordered(summary));
}

function ordered(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(ordered);
  const entries = Object.entries(value).filter(([, held]) => held !== undefined);
  return Object.fromEntries(entries.sort(([a], [b]) => compareText(a, b)).map(([key, held]) => [key, ordered(held)]));
}

const LISTS = ["requests", "exports", "functions", "classes", "directives", "problems"] as const;

/** Reads a canonical text back; undefined if it is damaged or of another version. */
export function parseSummary(text: string): ModuleSummary | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  return isSummary(value) ? value : undefined;
}

function isSummary(value: unknown): value is ModuleSummary {
  if (typeof value !== "object" || value === null) return false;
  const summary = value as Record<string, unknown>;
  return (
    summary["version"] === SUMMARY_VERSION &&
    typeof summary["language"] === "string" &&
    LISTS.every((list) => Array.isArray(summary[list])) &&
    (summary["functions"] as unknown[]).length > 0
  );
}
