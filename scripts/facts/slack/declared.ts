import { readFileSync } from "node:fs";
import type { FactSource } from "../../../server/src/model/pack.ts";
import type { NamedOperation, NamedPack } from "../permissioned.ts";

/** What an app declares instead of calling it: events it subscribes to, and features it offers. */

interface Declared {
  readonly needs?: readonly string[];
  readonly may?: readonly string[];
  /** Ordinal into the provenance; absent: the first. */
  readonly source?: number;
}

interface Declarations {
  readonly provenance: readonly (FactSource & { readonly what: string })[];
  readonly features: Readonly<Record<string, Declared>>;
  readonly events: Readonly<Record<string, Declared>>;
  readonly email: { readonly scope: string; readonly methods: readonly string[] };
  /** Of which no source says what they open. */
  readonly widening: readonly string[];
}

const declarations = JSON.parse(
  readFileSync(new URL("../sources/slack/events.json", import.meta.url), "utf8"),
) as Declarations;

export const declaredSources = declarations.provenance;
export const { email, widening } = declarations;

export const declaredPack: NamedPack = {
  id: "slack/events",
  service: "slack",
  title: "Slack events and features",
  spelling: "plain",
  operations: [
    ...Object.entries(declarations.events).map(([name, declared]) => operationOf(`event ${name}`, declared)),
    ...Object.entries(declarations.features).map(([name, declared]) => operationOf(`feature ${name}`, declared)),
  ],
};

function operationOf(name: string, { needs, may, source = 0 }: Declared): NamedOperation {
  return {
    name,
    effect: "read",
    requires: { any: [needs ?? []] },
    ...(may && { mayNeed: may }),
    source: declarations.provenance[source]!,
  };
}
