import type { OperationVariant } from "../../../server/src/model/pack.ts";
import { AUTH } from "./sources.ts";

/**
 * Where the list of accepted scopes says more than the scopes can do. Every entry quotes its reason. Two kinds: scopes
 * that are taken off an operation for good, and scopes that are enough only with certain arguments.
 */

export interface NotEnough {
  /** Matched against `<pack>:<operation>`, the pack without `google/`. */
  readonly operations: RegExp;
  readonly scopes: readonly string[];
  readonly because: string;
}

export const NOT_ENOUGH: readonly NotEnough[] = [
  {
    operations: /^slides\.v1:presentations\.batchUpdate$/,
    scopes: [`${AUTH}drive.readonly`, `${AUTH}spreadsheets`, `${AUTH}spreadsheets.readonly`],
    because:
      "they are accepted for charts and videos only: “Chart creation requires at least one of the spreadsheets.readonly, spreadsheets, drive.readonly, drive.file, or drive OAuth scopes.” None of them lets a presentation be changed",
  },
  {
    operations: /^drive\.v2:files\./,
    scopes: [`${AUTH}drive.apps.readonly`],
    because:
      "it only adds a field: “A link to open this file with the user's default app for this file. Only populated when the drive.apps.readonly scope is used.”",
  },
  {
    operations: /^(?:bigquery|compute)\..*:/,
    scopes: ["devstorage.full_control", "devstorage.read_only", "devstorage.read_write"].map((name) => AUTH + name),
    because:
      "by their meaning they open Cloud Storage (“Manage your data in Cloud Storage”), which such a call may read from or write to besides",
  },
];

/** Writing operations for which a scope that only reads *is* enough: what they make is but another way to read. */
export const READING_IS_ENOUGH: readonly { readonly operations: RegExp; readonly because: string }[] = [
  { operations: /^forms\..*:forms\.watches\./, because: "a watch tells of changes of what may be read" },
  {
    operations: /^workspaceevents\..*:subscriptions\./,
    because: "a subscription tells of changes of what may be read",
  },
  {
    operations: /:.*\b(?:channels\.stop|watch|watchAll|stop)$/,
    because: "a channel tells of changes of what may be read",
  },
  { operations: /[nN]otificationConfigs\./, because: "a configuration of notices about what may be read" },
  { operations: /^analyticsdata\..*:properties\.audienceExports\./, because: "an export of what may be read" },
  { operations: /^youtubeAnalytics\..*:group(?:s|Items)\./, because: "a group only gathers items for reports" },
];

export interface ConditionalScopes {
  readonly operations: RegExp;
  readonly scopes: readonly string[];
  /** Any one of these makes the scopes enough; otherwise they are not. */
  readonly enoughWhen: readonly Pick<OperationVariant, "argument" | "equals">[];
  readonly because: string;
}

const METADATA_OF_MAIL = [`${AUTH}gmail.metadata`, `${AUTH}gmail.addons.current.message.metadata`];

export const ENOUGH_WITH_ARGUMENTS: readonly ConditionalScopes[] = [
  {
    operations: /^gmail\.v1:users\.(?:messages|threads)\.list$/,
    scopes: METADATA_OF_MAIL,
    enoughWhen: [{ argument: "q", equals: null }],
    because: "“Parameter cannot be used when accessing the api using the gmail.metadata scope.” (parameter q)",
  },
  {
    operations: /^gmail\.v1:users\.(?:messages|threads)\.get$/,
    scopes: METADATA_OF_MAIL,
    enoughWhen: ["metadata", "minimal", "METADATA", "MINIMAL"].map((equals) => ({ argument: "format", equals })),
    because:
      "the formats full, which is the default, and raw: “Format cannot be used when accessing the api using the gmail.metadata scope.” (discovery document, in google-api-go-client)",
  },
  {
    operations: /^chat\.v1:spaces\.(?:delete|get|patch|search|members\.\w+)$/,
    scopes: ["delete", "memberships", "memberships.readonly", "spaces", "spaces.readonly"].map(
      (name) => `${AUTH}chat.admin.${name}`,
    ),
    enoughWhen: [true, "true"].map((equals) => ({ argument: "useAdminAccess", equals })),
    because:
      "scopes of chat.admin count only “when an administrator account authenticates, use_admin_access is true” (reference of the methods)",
  },
  {
    operations: /^drive\.v[23]:files\.update$/,
    scopes: [`${AUTH}drive.metadata`],
    enoughWhen: [{ argument: "media", equals: null }],
    because:
      "with media the content changes, and drive.metadata is to “View and manage metadata of files in your Google Drive.”",
  },
  {
    operations: /^people\.v1:people\.get$/,
    scopes: [
      ..."addresses birthday emails gender organization phonenumbers"
        .split(" ")
        .map((field) => `${AUTH}user.${field}.read`),
      `${AUTH}userinfo.email`,
      `${AUTH}userinfo.profile`,
    ],
    enoughWhen: [{ argument: "resourceName", equals: "people/me" }],
    because:
      "“To get information about the authenticated user, specify `people/me`”, and these scopes are about “your” data",
  },
];

export interface InsufficientScopes {
  readonly operations: RegExp;
  readonly scopes: readonly string[];
  readonly notEnoughWhen: Pick<OperationVariant, "argument" | "equals">;
  readonly because: string;
}

export const NOT_ENOUGH_WITH_ARGUMENTS: readonly InsufficientScopes[] = [
  {
    operations: /^drive\.v[23]:(?:files|revisions)\.get$/,
    scopes: [`${AUTH}drive.metadata`, `${AUTH}drive.metadata.readonly`],
    notEnoughWhen: { argument: "alt", equals: "media" },
    because:
      "“If you provide the URL parameter `alt=media`, then the response includes the file contents”, and the metadata scopes are to view metadata only",
  },
];

/** Operations for which an argument decides which scope is needed, and no source says how. */
export const DEPENDS_ON: readonly {
  readonly operations: RegExp;
  readonly argument: string;
  readonly because: string;
}[] = [
  {
    operations: /^people\.v1:people\.(?:get|getBatchGet)$/,
    argument: "personFields",
    because: "one scope a kind of field",
  },
  {
    operations: /^forms\.v1:forms\.watches\.(?:create|delete|renew)$/,
    argument: "requestBody.watch.eventType",
    because: "responses or the form itself",
  },
  {
    operations: /^workspaceevents\..*:subscriptions\./,
    argument: "requestBody.eventTypes",
    because: "one scope a kind of event",
  },
  {
    operations: /^fitness\.v1:users\.dataset\.aggregate$/,
    argument: "requestBody.aggregateBy",
    because: "one scope a kind of data",
  },
  {
    operations: /^health\.v4.*:users\.dataTypes\.dataPoints\./,
    argument: "parent",
    because: "one scope a kind of data",
  },
  {
    operations: /^script\.v1:scripts\.run$/,
    argument: "requestBody.function",
    because: "the scopes that the script itself asks for",
  },
];
