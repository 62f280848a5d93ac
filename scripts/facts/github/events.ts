import { readFileSync } from "node:fs";
import type { FactSource } from "../../../server/src/model/pack.ts";
import type { NamedOperation, NamedPack } from "../permissioned.ts";

/** What an app subscribes to instead of calling it. */

interface Events {
  readonly provenance: readonly (FactSource & { readonly what: string })[];
  /** Those every app is told of. */
  readonly own: readonly string[];
  readonly events: Readonly<Record<string, { readonly needs: readonly string[]; readonly may?: readonly string[] }>>;
}

const { provenance, own, events } = JSON.parse(
  readFileSync(new URL("../sources/github/events.json", import.meta.url), "utf8"),
) as Events;

export const eventSources = provenance;

export const eventPermissions: readonly string[] = Object.values(events).flatMap(({ needs, may = [] }) => [
  ...needs,
  ...may,
]);

export const eventPack: NamedPack = {
  id: "github/events",
  service: "github",
  title: "GitHub events",
  spelling: "plain",
  operations: [
    ...own.map((name) => eventOf(name, [[]])),
    ...Object.entries(events).map(([name, { needs, may }]) =>
      eventOf(
        name,
        needs.map((permission) => [permission]),
        may,
      ),
    ),
  ],
};

function eventOf(name: string, alternatives: readonly (readonly string[])[], may?: readonly string[]): NamedOperation {
  return {
    name: `event ${name}`,
    effect: "read",
    requires: { any: alternatives },
    ...(may && { mayNeed: may }),
    source: provenance[0]!,
  };
}
