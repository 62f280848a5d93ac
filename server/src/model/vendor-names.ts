import type { Alternatives } from "./permission.ts";

/** What GitHub's apps and workflows are granted: one word in Remit, a field and its value where it is written. */
const LEVEL = /^([\w-]+):(read|write|admin)$/;

/** A permission as whoever grants it writes it: `issues: write` for GitHub's `issues:write`, anything else as it is. */
export function asGranted(provider: string | null, name: string): string {
  return provider === "github" ? name.replace(LEVEL, "$1: $2") : name;
}

export function allAsGranted(provider: string | null, sets: Alternatives): Alternatives {
  return sets.map((set) => set.map((name) => asGranted(provider, name)));
}
