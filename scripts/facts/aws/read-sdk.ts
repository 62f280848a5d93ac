import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { compareText } from "../../../server/src/model/place.ts";
import { FACTS_DATE } from "../date.ts";
import { withPackage } from "../download.ts";
import { ARGUMENTS } from "./arguments.ts";
import { CLIENTS, VERSION_2 } from "./clients.ts";
import { IAM_DATA, readActions } from "./iam-data.ts";
import { mentionedActions, needsNothing } from "./sdk-docs.ts";
import { readNeeds, type SdkClient, type SdkTable } from "./sources.ts";

/** `npm run facts:sdk`: reads the SDK's packages into `scripts/facts/sources/aws/sdk.json`. */

const actions = withPackage(IAM_DATA, (folder) => new Set(readActions(folder)));
const { prefixes } = readNeeds();
/** IAM prefix → arguments of all commands that were read. */
const taken = new Map<string, Set<string>>();
const clients = CLIENTS.map(([client, version, integrity]): [string, SdkClient] => {
  const name = `@aws-sdk/client-${client}`;
  return [client, withPackage({ name, version, integrity }, (folder) => ({ version, ...readClient(client, folder) }))];
});
checkArguments();
const table: SdkTable = {
  about:
    "What the declarations of AWS's SDK say. Version 3, by client: its commands, which of them its waiters call, which need no permission (by their documentation, or because they are not signed), which actions the documentation of a command names, and which arguments hand over a role or set tags. Version 2: class → client of version 3, and the waiters of clients that are not read.",
  provenance: [
    { what: "clients", name: "@aws-sdk/client-*", version: "each as stated", date: FACTS_DATE, licence: "Apache-2.0" },
    {
      what: "version2",
      name: VERSION_2.name,
      version: VERSION_2.version,
      date: FACTS_DATE,
      licence: "Apache-2.0",
    },
  ],
  clients: Object.fromEntries(clients),
  version2: withPackage(VERSION_2, readVersion2),
};
writeFileSync(fileURLToPath(new URL("../sources/aws/sdk.json", import.meta.url)), tableText(table));
console.log(
  `${clients.length} clients, ${clients.reduce((sum, [, { commands }]) => sum + commands.split(" ").length, 0)} commands`,
);

/** One line a value, so that a change reads well in a diff. */
function tableText(value: object): string {
  return `${JSON.stringify(value, null, 1).replace(/^ +/gm, (spaces) => spaces + spaces)}\n`;
}

// ---- version 3

function readClient(client: string, folder: string): Omit<SdkClient, "version"> {
  const types = join(folder, "dist-types");
  const commands = namesIn(join(types, "commands"), /^(\w+)Command\.d\.ts$/);
  const inputs = readInputs(types, commands);
  const prefix = prefixes[client]!;
  taken.set(prefix, new Set([...(taken.get(prefix) ?? []), ...[...inputs.values()].flat()]));
  const nothing = unsigned(folder);
  const mentions: Record<string, string> = {};
  for (const command of commands) {
    const text = readFileSync(join(types, "commands", `${command}Command.d.ts`), "utf8");
    if (needsNothing(text)) nothing.add(command);
    const mentioned = mentionedActions(text).filter((action) => actions.has(action));
    if (mentioned.length > 0) mentions[command] = mentioned.join(" ");
  }
  const taking = (pattern: RegExp): Record<string, string> => {
    const found = commands.map((command) => [
      command,
      (inputs.get(command) ?? []).filter((name) => pattern.test(name)),
    ]);
    return Object.fromEntries(
      found
        .filter(([, names]) => names!.length > 0)
        .map(([command, names]) => [command, (names as string[]).join(" ")]),
    );
  };
  return {
    commands: commands.join(" "),
    waiters: readWaiters(folder),
    nothing: [...nothing].sort(compareText).join(" "),
    mentions,
    encrypts: speaksOfKeys(types),
    roles: taking(/role(?:arns?|name|id)?$/i),
    tags: taking(/tag/i),
  };
}

function namesIn(folder: string, pattern: RegExp): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .flatMap((file) => pattern.exec(file)?.[1] ?? [])
    .sort(compareText);
}

/** `BucketExists` → `HeadBucket`: what a waiter calls. */
function readWaiters(folder: string): Record<string, string> {
  const waiters = join(folder, "dist-es", "waiters");
  const called = (name: string): string => {
    const text = readFileSync(join(waiters, `waitFor${name}.js`), "utf8");
    return /client\.send\(new (\w+)Command\(/.exec(text)![1]!;
  };
  return Object.fromEntries(namesIn(waiters, /^waitFor(\w+)\.js$/).map((name) => [name, called(name)]));
}

/** Commands whose requests go out unsigned: nobody's permissions can be checked. */
function unsigned(folder: string): Set<string> {
  const file = join(folder, "dist-es", "auth", "httpAuthSchemeProvider.js");
  const text = existsSync(file) ? readFileSync(file, "utf8") : "";
  const cases = text.matchAll(
    /case "(\w+)":\s*\{\s*options\.push\(create(\w+)HttpAuthOption\(authParameters\)\);\s*break;/g,
  );
  return new Set([...cases].flatMap(([, command, scheme]) => (scheme === "SmithyApiNoAuth" ? [command!] : [])));
}

/** The declarations speak of keys of the Key Management Service. */
function speaksOfKeys(types: string): boolean {
  return ["commands", "models"].some((folder) =>
    namesIn(join(types, folder), /^(.+\.d\.ts)$/).some((file) =>
      /\bKMS\b|kms(?:master)?key/i.test(readFileSync(join(types, folder, file), "utf8")),
    ),
  );
}

/** Command → names of what it takes. */
function readInputs(types: string, commands: readonly string[]): Map<string, readonly string[]> {
  const models = namesIn(join(types, "models"), /^(\w+)\.d\.ts$/).map((name) =>
    readFileSync(join(types, "models", `${name}.d.ts`), "utf8"),
  );
  const members = new Map<string, string[]>();
  for (const [, name, body] of models
    .join("\n")
    .replace(/\/\*\*[^]*?\*\//g, "")
    .matchAll(/^export (?:interface|type) (\w+)[^{]*\{\n([^]*?)\n\}/gm))
    members.set(
      name!,
      [...body!.matchAll(/^ {4}(\w+)\??:/gm)].map((member) => member[1]!),
    );
  const inputOf = (command: string): string => {
    const text = readFileSync(join(types, "commands", `${command}Command.d.ts`), "utf8");
    return new RegExp(`${command}CommandInput extends (?:Omit<)?(\\w+)`).exec(text)?.[1] ?? "";
  };
  return new Map(commands.map((command) => [command, members.get(inputOf(command)) ?? []]));
}

/** What `arguments.ts` says of a service is there. */
function checkArguments(): void {
  for (const [prefix, places] of Object.entries(ARGUMENTS))
    for (const path of Object.values(places).flat()) {
      const [head] = path.split(/[.[{]/);
      if (!taken.get(prefix)?.has(head!)) throw new Error(`${prefix}: no command takes ${path}`);
    }
}

// ---- version 2

interface Version2Service {
  readonly metadata: { readonly serviceId?: string; readonly uid?: string };
}

function readVersion2(folder: string): SdkTable["version2"] {
  const apis = join(folder, "apis");
  const files = readdirSync(apis);
  const json = <T>(file: string): T => JSON.parse(readFileSync(join(apis, file), "utf8")) as T;
  const services = json<Record<string, { readonly name: string; readonly prefix?: string }>>("metadata.json");
  const classes: Record<string, string> = {};
  const waiters: Record<string, Record<string, string>> = {};
  for (const [id, { name, prefix = id }] of Object.entries(services)) {
    const model = files.findLast((file) => new RegExp(`^${prefix}-\\d{4}-\\d\\d-\\d\\d\\.min\\.json$`).test(file));
    const { serviceId } = model === undefined ? {} : json<Version2Service>(model).metadata;
    if (model === undefined || serviceId === undefined) continue;
    const client = serviceId.toLowerCase().replaceAll(" ", "-");
    classes[name] = client;
    const waiting = model.replace(".min.json", ".waiters2.json");
    if (!files.includes(waiting) || CLIENTS.some(([read]) => read === client)) continue;
    const found = json<{ readonly waiters: Record<string, { readonly operation: string }> }>(waiting).waiters;
    waiters[client] = Object.fromEntries(Object.entries(found).map(([waiter, { operation }]) => [waiter, operation]));
  }
  return { classes, waiters };
}
