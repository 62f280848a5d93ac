import type { ServiceBinding } from "../binding.ts";
import { isChecked } from "./checks.ts";
import { SQL_CLIENTS } from "./clients.ts";
import { clientOf, statementsHanded, textsSent } from "./sent.ts";
import { PROVIDER, statementSightings } from "./sightings.ts";
import { leavesNothing } from "./transactions.ts";

const PYTHON = "python:";
const PACKAGES = SQL_CLIENTS.flatMap(({ packages }) => packages);

/** SQL: each statement that a client sends is an access, by the words it begins with and the tables it names. */
export const sql: ServiceBinding = {
  provider: PROVIDER,
  triggers: [],
  secondary: {
    modules: PACKAGES.filter((name) => !name.startsWith(PYTHON)).map((name) => name.replace(/^node:/, "")),
    texts: PACKAGES.filter((name) => name.startsWith(PYTHON)).map((name) => name.slice(PYTHON.length)),
  },
  clients: SQL_CLIENTS.filter(({ prepares }) => prepares).flatMap(({ packages }) => packages.map((name) => `${name}#`)),
  values: PACKAGES.map((name) => `${name}#`),

  sight(call, { facts, reading }) {
    const client = clientOf(call.callee);
    if (!client) return undefined;
    const texts = call.construct ? undefined : textsSent(call, client, reading);
    const sightings = texts?.flatMap((text) =>
      statementSightings(text, client.service, facts, {
        leavesNothing: () => leavesNothing(call, reading),
        isChecked: () => isChecked(call),
        handed: statementsHanded(call, client),
      }),
    );
    return sightings === undefined || sightings.length === 0 ? "harmless" : sightings;
  },

  reach: () => [],
};
