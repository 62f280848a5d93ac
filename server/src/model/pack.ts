import type { Confidence } from "./analysis.ts";
import type { Effect } from "./effect.ts";
import type { Alternatives, Tier } from "./permission.ts";

/**
 * Pack format, version 1. A pack holds the facts of one API: operation → requirement, effect, data, tier. On disk it is
 * brotli-compressed JSON, `server/facts/<provider>/<api>.json.br`, loaded on first sight of the API; or, where a provider has
 * hundreds of small ones, a line of its bundle.
 *
 * `requires` is an OR of ANDs per credential kind, permissions as ordinals into `permissions`. `[[]]` is *known to need
 * nothing*; an operation without a row, or a credential kind without a column, is *unknown*.
 */
export const PACK_FORMAT = 1;

export interface Pack {
  readonly format: typeof PACK_FORMAT;
  /** `google/gmail.v1`. */
  readonly id: string;
  readonly provider: string;
  /** `google.gmail`: what grants, accesses and findings name. */
  readonly service: string;
  readonly title: string;
  /** How its operations are written in full: `gmail.users.messages.list`, `s3:GetObject`, `chat.postMessage`. Absent: `dotted`. */
  readonly spelling?: OperationSpelling;
  readonly types?: TypeGraph;
  readonly sources: readonly FactSource[];
  readonly permissions: readonly string[];
  readonly operations: readonly OperationRow[];
  /** What each of its operations may need besides, as with `OperationRow.also`: the key of what is kept encrypted. */
  readonly also?: readonly number[];
  /** The service's own permissions, where a provider's vocabulary is too large to be read at once. */
  readonly vocabulary?: ServiceVocabulary;
  /** Other names by which libraries call its operations: `waitUntilBucketExists` → `HeadBucket`. */
  readonly aliases?: Readonly<Record<string, string>>;
}

/**
 * How the values of a library lead to its operations, for libraries whose declarations are a graph of types. Operations are
 * named by type and method, `Page.goto`, or are those of other packs that a method is known to send.
 */
export interface TypeGraph {
  /** Export → the type of its value: `chromium`. `connect()` is what a function gives; `default` the type of the whole module. */
  readonly exports: Readonly<Record<string, string>>;
  readonly types: Readonly<Record<string, GraphType>>;
}

export interface GraphType {
  readonly bases?: readonly string[];
  /** `keyboard`, `newPage()`, `route(1→0)` (what the function that is argument 1 is handed first), `()` (what calling the value itself gives), `*` (any other member) → type; `Page[]`: a list. */
  readonly leads?: Readonly<Record<string, string>>;
  /** Methods that touch nothing outside the program, parted by spaces. */
  readonly harmless?: string;
  /** Method → what it sends: a pack and an operation of it, parted by a space. Of several, each may be sent, and none must. */
  readonly sends?: Readonly<Record<string, readonly string[]>>;
}

/** What stands before an operation's name: the service and a dot, the service and a colon, nothing. */
export type OperationSpelling = "dotted" | "colon" | "plain";

export interface FactSource {
  /** What it is: `googleapis`, a repository, a page. */
  readonly name: string;
  /** Version, commit or page date that pins it. */
  readonly version: string;
  /** ISO date on which it was read. */
  readonly date: string;
  readonly licence: string;
  /** Said by whoever uses Remit, in `remit.yaml`: believed, and never more than likely. */
  readonly declared?: true;
}

export type RequirementRow = Readonly<Record<string, readonly (readonly number[])[]>>;

export interface OperationRow {
  /** Path within the service as the SDK spells it: `users.messages.list`. */
  readonly name: string;
  /** For the raw HTTP form: verb, and path template with `{}` for each parameter, from the host's root. */
  readonly http?: readonly [verb: string, host: string, path: string];
  readonly effect: Effect;
  /** How much the source tells of the effect; absent: all. */
  readonly effectConfidence?: Exclude<Confidence, "certain">;
  readonly requires?: RequirementRow;
  /** See `Requirement.enoughIfGranted`: ordinals by kind of credential. */
  readonly enoughIfGranted?: Readonly<Record<string, readonly number[]>>;
  /** What it needs in some cases only; with an argument: only where that is given. Never missing, and never excess. */
  readonly also?: readonly (readonly [permission: number, argument?: string])[];
  /** First that matches the arguments wins over the row itself. */
  readonly when?: readonly OperationVariant[];
  /** An argument that decides which of the alternatives are enough, in a way no source states: nothing is sure then. */
  readonly dependsOn?: string;
  /** Writes only the program's own state (token refresh, telemetry). */
  readonly ownState?: boolean;
  /** Kinds of data it gives out or changes. */
  readonly data?: readonly string[];
  /** Ordinals into `sources`. */
  readonly source: number;
}

export interface OperationVariant {
  /** Dotted path into the call's first argument, and the literal that must stand there (`null`: must be absent). */
  readonly argument: string;
  readonly equals?: string | number | boolean | null;
  /** In place of `equals`: names parted by commas must stand there, each of them one of these, whatever their case. */
  readonly within?: readonly string[];
  /** Arguments that must be absent besides. */
  readonly without?: readonly string[];
  readonly effect?: Effect;
  readonly requires?: RequirementRow;
  readonly enoughIfGranted?: Readonly<Record<string, readonly number[]>>;
  readonly source: number;
}

/** Vocabulary of one provider: `server/facts/<provider>/permissions.json.br`. */
export interface PermissionVocabulary {
  readonly format: typeof PACK_FORMAT;
  readonly provider: string;
  readonly sources: readonly FactSource[];
  /** What may stand before any name. */
  readonly prefixes?: readonly string[];
  /** Names are the same in any case. */
  readonly caseless?: boolean;
  readonly permissions: readonly PermissionRow[];
}

export interface PermissionRow {
  readonly name: string;
  /** Other spellings the provider accepts. */
  readonly aliases?: readonly string[];
  /** Without the common prefix: what messages say. */
  readonly short: string;
  /** One line of the provider's own words; absent = no source gives one. */
  readonly meaning?: string;
  readonly tier: Tier;
  /** Highest effect of any operation that accepts it. */
  readonly effect: Effect;
  /** Number of operations that accept it. */
  readonly breadth: number;
  /** Narrows to part of the resources (per file, app data, owned): advice when wider is granted, enough where it is granted. */
  readonly partial?: boolean;
  /** Says who the user is, nothing more: never excess. */
  readonly identity?: boolean;
  /** Which operations it opens no source says, or not fully: never judged. */
  readonly unlisted?: boolean;
  readonly deprecated?: boolean;
  /** Services with an operation that accepts it, most operations first: the first is where it belongs. `*` is any other. */
  readonly services?: readonly string[];
  /** Permissions of one family are for the same things, whether or not one includes the other: `Mail` of `Mail.Read`. */
  readonly family?: string;
  /** Names of permissions it includes. */
  readonly implies?: readonly string[];
  /** The provider's own class of it: `List`, `Permissions management`. */
  readonly level?: string;
  /** Types of resource it can be restricted to, and conditions that can be put on it. */
  readonly resources?: readonly string[];
  readonly conditions?: readonly string[];
  readonly source: number;
}

/**
 * The permissions of one service, folded: alike ones stand in one group. An operation without a row that is named like one of
 * them, in whatever case, needs just that one.
 */
export interface ServiceVocabulary {
  /** What stands before each name: `s3:`. */
  readonly prefix: string;
  /** Type of resource → how it is named: `bucket` → `arn:${Partition}:s3:::${BucketName}`. Groups hold ordinals of these. */
  readonly resources: readonly (readonly [type: string, pattern: string])[];
  /** Arguments that hold a part of such a name, where they are not called like it: `BucketName` → `Bucket`. */
  readonly arguments?: Readonly<Record<string, readonly string[]>>;
  readonly conditions: readonly string[];
  readonly groups: readonly PermissionGroup[];
  /** Names of no operation, parted by spaces; absent where that is not known. */
  readonly noOperations?: string;
  /** Permission → other services with an operation that needs it, or may; `*` is any other. */
  readonly services?: Readonly<Record<string, readonly string[]>>;
}

export interface PermissionGroup {
  readonly level: string;
  readonly effect: Effect;
  /** Absent: unknown. */
  readonly tier?: Tier;
  readonly resources?: readonly number[];
  readonly conditions?: readonly number[];
  /** Without the prefix, parted by spaces. */
  readonly names: string;
  /** In the same order, parted by `|`. Absent: no source gives any, or they are not kept. */
  readonly meanings?: string;
}

/**
 * All packs of one provider in one file, `server/facts/<provider>/packs.jsonl.br`: this in the first line, then a pack a line. They
 * are unpacked together, which hundreds of small files would pay for dearly, and read one by one.
 */
export interface BundleHead {
  readonly format: typeof PACK_FORMAT;
  readonly provider: string;
  /** Where the vocabularies come from. */
  readonly sources: readonly FactSource[];
  /** Ids, in the order of the lines. */
  readonly packs: readonly string[];
  /**
   * Names by which code knows a client of a service → its pack, where the two are not called the same: `sfn` → `aws/states`.
   * See `clientName` for how they are compared.
   */
  readonly clients: Readonly<Record<string, string>>;
  /** What the platform that runs the code may need whatever the code does: to write a function's log. */
  readonly platform: readonly string[];
}

/** `secrets-manager` and `SecretsManager` are `secretsmanager`. */
export function clientName(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, "");
}

/** Index of all packs: `server/facts/index.json`. */
export interface PackIndex {
  readonly format: typeof PACK_FORMAT;
  /** `2026-11`: what a report states as the facts' date. */
  readonly date: string;
  readonly packs: Readonly<
    Record<string, { readonly service: string; readonly operations: number; readonly sha256: string }>
  >;
  /** Host → where its packs are found: path prefix (or `""`; one with `{}` stands before the paths of the pack) → pack ids. */
  readonly hosts: Readonly<Record<string, readonly (readonly [pathPrefix: string, pack: string])[]>>;
  /** Provider → its bundle. */
  readonly bundles?: Readonly<Record<string, BundleEntry>>;
  /** Hosts whose paths are OData: `facts/odata.ts`. */
  readonly odata?: readonly string[];
}

export interface BundleEntry {
  readonly packs: number;
  /** As they are when unfolded. */
  readonly operations: number;
  readonly permissions: number;
  readonly sha256: string;
}

export interface FactLookup {
  readonly effect: Effect;
  /** How sure the effect is; absent: certain. */
  readonly effectConfidence?: Exclude<Confidence, "certain">;
  /** Undefined: the facts do not say. */
  readonly requires: Readonly<Record<string, Alternatives>> | undefined;
  readonly enoughIfGranted?: Readonly<Record<string, readonly string[]>>;
  /** What it needs in some cases besides. */
  readonly mayNeed?: readonly string[];
  readonly source: FactSource;
  readonly operation: string;
  readonly service: string;
  readonly spelling?: OperationSpelling;
  readonly ownState: boolean;
  /**
   * An argument that decides could not be read, or decides in a way no source states. Then `requires` holds what is
   * enough whatever the argument is, and the effect is the highest it may have: safe to narrow to, not to accuse by.
   */
  readonly argumentUnknown?: boolean;
}

/** An operation in full: `gmail.users.messages.list`, `s3:GetObject`, `chat.postMessage`. */
export function operationTitle({
  service,
  operation,
  spelling = "dotted",
}: Pick<FactLookup, "service" | "operation" | "spelling">): string {
  const short = service.slice(service.indexOf(".") + 1);
  return spelling === "plain" ? operation : `${short}${spelling === "colon" ? ":" : "."}${operation}`;
}
