import { readFileSync } from "node:fs";
import type { FactSource } from "../../../server/src/model/pack.ts";
import { permissionedFacts, table, type NamedOperation, type NamedPack } from "../permissioned.ts";
import { eventPack, eventSource, forgeScopes } from "./events.ts";
import type { FactProvider } from "../provider.ts";
import { effectOf, effectRows, type EffectException } from "../verbs.ts";
import { STORAGE_EFFECTS, STORAGE_SOURCES, storagePack } from "./storage.ts";

interface Description {
  readonly provenance: FactSource & { readonly what: string };
  readonly operations: Readonly<Record<string, Operation>>;
}

interface Operation {
  readonly id: string;
  readonly classic?: readonly (readonly string[])[];
  readonly granular?: readonly (readonly string[])[];
}

/** A site of a customer, or the gateway that OAuth clients use. */
const SITE = "{}.atlassian.net";
const GATEWAY = "api.atlassian.com";

const EXCEPTIONS: readonly EffectException[] = [
  {
    operations:
      /^POST .*\/(?:search(?:\/(?:jql|approximate-count|id))?|jql\/(?:match|parse|sanitize|pdcleaner|autocompletedata)|expression\/(?:eval|evaluate|analyse)|permissions\/(?:check|project)|changelog\/(?:bulkfetch|list)|issue\/bulkfetch|worklog\/list|comment\/list|workflows(?:\/(?:preview|update\/validation|create\/validation))?|context\/configuration\/list|workflow\/history\/list|convert-ids-to-types|attachment\/\{\}\/expand\/\w+|jql\/function\/computation\/search)$/,
    effect: "read",
    because: "asks a question that is too long for an address",
  },
  {
    operations: /^POST .*\/(?:issue\/\{\}\/notify|issue\/\{\}\/comment|footer-comments|inline-comments)$/,
    effect: "send",
    because: "reaches the people who watch",
  },
  {
    operations:
      /^(?:POST|PUT|PATCH|DELETE) .*\/(?:permissionscheme|securitylevel|issuesecurityschemes|group\b|role\b|projectrole|user(?:\/bulk|\/properties)?$|webhook|application-role|space-permissions|admin-key)/,
    effect: "administer",
    because: "changes who may do what, or who is told of it",
  },
];

/** Atlassian: Jira and Confluence in the cloud. */
export const provider: FactProvider = {
  id: "atlassian",
  generate() {
    const jira = read("jira");
    const confluence = read("confluence");
    // What an event alone asks for may open operations of services that no description is read of.
    const described = new Set([
      "storage:app",
      ...[jira, confluence].flatMap(({ operations }) => Object.values(operations).flatMap(scopesOf)),
    ]);
    return permissionedFacts({
      provider: "atlassian",
      title: "Atlassian",
      sources: [jira.provenance, confluence.provenance, ...STORAGE_SOURCES, eventSource],
      packs: [
        packOf("jira", "Jira Cloud platform REST API", jira),
        packOf("confluence", "Confluence Cloud REST API", confluence),
        storagePack(),
        eventPack,
      ],
      others: forgeScopes,
      describe: (name) => ({
        short: name,
        tier: /^(?:manage|admin):/.test(name) ? "admin" : "unknown",
        ...(name.startsWith("read:") && { effect: "read" as const }),
        ...(!described.has(name) && { unlisted: true }),
      }),
      hosts: {
        [SITE]: [
          ["/rest/api/", "atlassian/jira"],
          ["/wiki/", "atlassian/confluence"],
        ],
        [GATEWAY]: [
          ["/ex/jira/{}", "atlassian/jira"],
          ["/ex/confluence/{}", "atlassian/confluence"],
        ],
      },
      about: [
        [
          "What an operation needs",
          "By kind of credential: `classic` and `granular` scopes, of which one kind is enough. A set of granular scopes is needed whole. Version 2 of Jira's API is taken to need what version 3 does: their paths differ in the number alone. Where a list holds scopes of both kinds, either may be what the call is let through by.",
        ],
        [
          "What events need",
          "A trigger of a Forge app needs the scopes of the events it names, of either kind. Scopes that no described operation names are known by name alone, and never judged.",
        ],
        ["How the effect is derived", table(["effect", "operations"], effectRows(EXCEPTIONS))],
        [
          "Storage of Forge apps",
          `Every method needs \`storage:app\`. ${STORAGE_EFFECTS.map(([name, effect]) => `${effect}: \`${name.source}\``).join(", ")}.`,
        ],
      ],
      unknown: [
        "SQL and object store of Forge apps",
        "Jira Software (boards, sprints), Jira Service Management, and version 1 of Confluence's API: the descriptions do not hold them",
        "what a scope allows in words",
        "operations for which the descriptions state no scope",
      ],
    });
  },
};

function scopesOf({ classic = [], granular = [] }: Operation): string[] {
  return [...classic.flat(), ...granular.flat()];
}

function read(name: string): Description {
  return JSON.parse(readFileSync(new URL(`../sources/atlassian/${name}.json`, import.meta.url), "utf8")) as Description;
}

function packOf(name: string, title: string, { provenance, operations }: Description): NamedPack {
  return {
    id: `atlassian/${name}`,
    service: `atlassian.${name}`,
    title,
    spelling: "plain",
    operations: Object.entries(operations).map(([call, operation]): NamedOperation => {
      const [verb, path] = call.split(" ") as [string, string];
      const { classic, granular } = operation;
      const requires = { ...(classic && { classic }), ...(granular && { granular }) };
      return {
        name: call,
        // Of Jira, any version.
        http: [verb, SITE, path.replace("/rest/api/3/", "/rest/api/{}/")],
        effect: effectOf(call, EXCEPTIONS),
        ...(Object.keys(requires).length > 0 && { requires }),
        source: provenance,
      };
    }),
  };
}
