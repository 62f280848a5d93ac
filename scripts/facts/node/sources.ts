import { readFileSync } from "node:fs";
import type { FactSource } from "../../../server/src/model/pack.ts";
import type { Tier } from "../../../server/src/model/permission.ts";

/** `scripts/facts/sources/node/builtins.json`, with its provenance. */

/** Words parted by spaces: capabilities, which the table of permissions names, or what no permission stands for. */
type Words = string;

export interface FunctionGroup {
  readonly module: string;
  readonly takes: Words;
  readonly known: "observed" | "derived" | "by handle";
  readonly names: Words;
}

export interface MachinePermission {
  readonly node?: string;
  readonly deno?: string;
  readonly meaning: string;
  readonly tier?: Tier;
}

export interface NodeSources {
  readonly provenance: readonly (FactSource & { readonly what: string })[];
  readonly permissions: Readonly<Record<string, MachinePermission>>;
  /** Seen to take a permission, or to take none. */
  readonly functions: readonly FunctionGroup[];
  /** Known from the documentation alone. */
  readonly documented: readonly FunctionGroup[];
  /** Another name → the function it stands for, and the sentence that says so. */
  readonly same: Readonly<Record<string, readonly [as: string, because: string]>>;
}

export function readSources(): NodeSources {
  return JSON.parse(readFileSync(new URL("../sources/node/builtins.json", import.meta.url), "utf8")) as NodeSources;
}

/** Ordinals into `provenance`: packs name the same sources in the same order. */
export const SOURCE = { observed: 0, derived: 1, documented: 2, nodePermissions: 3, denoPermissions: 4 } as const;

export function citable({ provenance }: NodeSources): FactSource[] {
  return provenance.map(({ name, version, date, licence }) => ({ name, version, date, licence }));
}
