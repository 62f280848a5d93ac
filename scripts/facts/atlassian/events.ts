import { readFileSync } from "node:fs";
import type { FactSource } from "../../../server/src/model/pack.ts";
import type { NamedOperation, NamedPack } from "../permissioned.ts";

/** What a Forge app is told of, and the names of all scopes it may ask for. */

interface Forge {
  readonly provenance: FactSource & { readonly what: string };
  readonly events: Readonly<
    Record<string, { readonly classic?: readonly string[]; readonly granular?: readonly string[] }>
  >;
  readonly modules: Forge["events"];
  readonly scopes: readonly string[];
}

const { provenance, events, modules, scopes } = JSON.parse(
  readFileSync(new URL("../sources/atlassian/forge.json", import.meta.url), "utf8"),
) as Forge;

export const eventSource = provenance;
export const forgeScopes = scopes;

export const eventPack: NamedPack = {
  id: "atlassian/forge-events",
  service: "atlassian.forge",
  title: "Forge events",
  spelling: "plain",
  operations: [
    ...Object.entries(events).map(([name, needs]) => operationOf(`event ${name}`, needs)),
    ...Object.entries(modules).map(([name, needs]) => operationOf(`module ${name}`, needs)),
  ],
};

function operationOf(name: string, { classic, granular }: Forge["events"][string]): NamedOperation {
  return {
    name,
    effect: "read",
    requires: { ...(classic && { classic: [classic] }), ...(granular && { granular: [granular] }) },
    source: provenance,
  };
}
