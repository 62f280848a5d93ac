/**
 * Permissions that read basic properties only are what a request asks for where it selects no others. The properties are
 * those that Microsoft names for the permission; a request that filters, searches or expands besides is not among them.
 */
export interface BasicProperties {
  /** Matched against the path of a GET. */
  readonly paths: RegExp;
  readonly permissions: readonly string[];
  readonly properties: readonly string[];
  readonly because: string;
}

/** The parameter that names the selected properties, and those that may look at others. */
export const SELECT = "$select";
export const LOOKS_ELSEWHERE = ["$filter", "$search", "$expand"];

export const BASIC_PROPERTIES: readonly BasicProperties[] = [
  {
    paths: /\/messages(?:\/\{\})?$/,
    permissions: ["Mail.ReadBasic", "Mail.ReadBasic.All"],
    properties: [
      ..."id subject from sender toRecipients ccRecipients bccRecipients replyTo".split(" "),
      ..."createdDateTime lastModifiedDateTime receivedDateTime sentDateTime".split(" "),
      ..."isRead isDraft importance hasAttachments flag categories inferenceClassification".split(" "),
      ..."conversationId conversationIndex internetMessageId parentFolderId changeKey webLink".split(" "),
      ..."isDeliveryReceiptRequested isReadReceiptRequested".split(" "),
    ],
    because:
      "“read email in the signed-in user's mailbox except body, previewBody, attachments and any extended properties”",
  },
  {
    paths: /^\/users(?:\/\{\})?$/,
    permissions: ["User.ReadBasic.All"],
    properties: "id displayName givenName surname mail userPrincipalName securityIdentifier".split(" "),
    because:
      "“display name, first and last name, email address, photo, id and security identifier”; of the user principal name, which is one of the basic profile in Microsoft's reference, too",
  },
];
