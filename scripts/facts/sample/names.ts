import { readFileSync } from "node:fs";
import { withPackage, type PinnedPackage } from "../download.ts";
import { readFacts } from "./measure.ts";

/** Where the names of a service's operations come from, and in what parts the sample is drawn. */

export interface Stratum {
  readonly title: string;
  readonly names: readonly string[];
  /** How many are drawn. */
  readonly take: number;
}

/** `file` is for the one service whose names no package has. */
const STRATA: Readonly<Record<string, (file: string | undefined) => readonly Stratum[]>> = {
  aws: clientCommands,
  github: () => [{ title: "all", names: githubOperations(), take: 60 }],
  google: googleMethods,
  graph: (file) => [{ title: "all", names: graphRequests(file), take: 60 }],
  slack: () => [{ title: "all", names: slackMethods(), take: 60 }],
};

export const sampledServices: readonly string[] = Object.keys(STRATA);

export function stratify(service: string, file?: string): readonly Stratum[] {
  return STRATA[service]!(file);
}

/** One command of each of the 60 clients with most downloads in a month (npm, November 2026). */
function clientCommands(): readonly Stratum[] {
  const url = new URL("aws-clients.json", import.meta.url);
  const clients = JSON.parse(readFileSync(url, "utf8")) as readonly PinnedPackage[];
  return clients.map((client) => {
    const title = client.name.replace("@aws-sdk/client-", "");
    const exported = withPackage(client, (folder) =>
      readFileSync(`${folder}/dist-types/commands/index.d.ts`, "utf8").matchAll(/"\.\/(\w+)Command"/g),
    );
    return { title, names: [...exported].map(([, command]) => `${title} ${command}`), take: 1 };
  });
}

const OCTOKIT: PinnedPackage = {
  name: "@octokit/openapi",
  version: "23.0.2",
  integrity: "sha512-pV8M7L9GY23AybNvTmo2nyjmpmnt6+2sRE/tqr0ZLQcPS4lnw7u5eZGNmwRNkBC3D7gZXbFx5AHzLUVRBXGDhg==",
};

function githubOperations(): string[] {
  type Description = { paths: Record<string, Record<string, { operationId?: string }>> };
  const { paths } = withPackage(
    OCTOKIT,
    (folder) => JSON.parse(readFileSync(`${folder}/generated/api.github.com.json`, "utf8")) as Description,
  );
  return Object.values(paths).flatMap((verbs) => Object.values(verbs).flatMap(({ operationId }) => operationId ?? []));
}

const SLACK: PinnedPackage = {
  name: "@slack/web-api",
  version: "8.2.0",
  integrity: "sha512-bIW8/8BLD/HLuHLIA2LfA7AhSokzui4swCbMJuwoRJxn/kzHVla6YEKLvN1nCFHK/DfX7g+4Wj3ess/ZSh/tWQ==",
};

function slackMethods(): string[] {
  const text = withPackage(SLACK, (folder) => readFileSync(`${folder}/dist/methods.js`, "utf8"));
  return [...text.matchAll(/bindApiCall\w*\(this, '([\w.]+)'\)/g)].map(([, method]) => method!);
}

/**
 * The paths of `permissions/new/permissions.json` of microsoftgraph/microsoft-graph-devx-content at
 * 6cbd6bbd665a877560fdefbad74f3bdb5b57af88, given as FILE: lower case, `{}` for a parameter.
 */
function graphRequests(file: string | undefined): string[] {
  if (file === undefined) throw new Error("FILE: permissions/new/permissions.json of microsoft-graph-devx-content");
  type PathSet = { methods: string[]; paths: Record<string, string> };
  const { permissions } = JSON.parse(readFileSync(file, "utf8")) as {
    permissions: Record<string, { pathSets: PathSet[] }>;
  };
  const plain = (path: string) => path.toLowerCase().replace(/\{[^}]*\}/g, "{}");
  const sets = Object.values(permissions).flatMap(({ pathSets }) => pathSets);
  const requests = sets.flatMap(({ methods, paths }) =>
    Object.keys(paths).flatMap((path) => methods.map((method) => `${method} ${plain(path)}`)),
  );
  return [...new Set(requests)];
}

const WORKSPACE = new Set(
  "gmail calendar drive docs sheets slides forms tasks people chat".split(" ").map((api) => `google.${api}`),
);

/** Half over all methods, half over those of Workspace, which agents use most. */
function googleMethods(): readonly Stratum[] {
  const facts = readFacts();
  const packs = facts.packIds("google").map((id) => facts.pack(id)!);
  const namesOf = (wanted: typeof packs) =>
    wanted.flatMap(({ id, operations }) => operations.map(({ name }) => `${id.replace("google/", "")} ${name}`));
  return [
    { title: "all", names: namesOf(packs), take: 30 },
    { title: "workspace", names: namesOf(packs.filter(({ service }) => WORKSPACE.has(service))), take: 30 },
  ];
}
