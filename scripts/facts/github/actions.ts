import { readFileSync } from "node:fs";
import type { FactSource } from "../../../server/src/model/pack.ts";
import type { NamedOperation, NamedPack } from "../permissioned.ts";

/** What the steps of a workflow do with its token. */

interface Actions {
  /** The last is of the names of permissions. */
  readonly provenance: readonly (FactSource & { readonly what: string })[];
  readonly actions: Readonly<
    Record<string, { readonly needs?: readonly string[]; readonly may?: readonly string[]; readonly source: number }>
  >;
  readonly permissions: readonly string[];
}

const { provenance, actions, permissions } = JSON.parse(
  readFileSync(new URL("../sources/github/actions.json", import.meta.url), "utf8"),
) as Actions;

export const actionSources = provenance;

/** Of which a workflow's token may be given more or less. */
export const workflowPermissions = permissions;

/** All there are, at one level. */
export const WHOLE_LEVELS: readonly string[] = ["read-all", "write-all"];

/**
 * A command that is handed no token may still fetch and push what was checked out, as `actions/checkout` leaves its token with git unless
 * told otherwise, and may ask for a token of OpenID Connect where that is allowed.
 */
const COMMAND: NamedOperation = {
  name: "run",
  effect: "execute",
  requires: { any: [[]] },
  mayNeed: ["contents:read", "contents:write", "id_token:write"],
  source: provenance[0]!,
};

export const actionPack: NamedPack = {
  id: "github/actions",
  service: "github",
  title: "GitHub Actions",
  spelling: "plain",
  operations: [
    COMMAND,
    ...Object.entries(actions).map(([name, { needs = [], may, source }]): NamedOperation => ({
      name: `uses ${name}`,
      effect: "execute",
      requires: { any: [needs] },
      ...(may && { mayNeed: may }),
      source: provenance[source]!,
    })),
  ],
};
