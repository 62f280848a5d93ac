import type { OperationVariant } from "../../../server/src/model/pack.ts";

/** Where the tables need a hand. Every entry says why. */

/** Prefixes of the table of clients that IAM does not have, and those it has for them. */
export const PREFIXES: Readonly<Record<string, string>> = {
  cloudcontrolapi: "cloudformation",
  "iot-jobs-data": "iotjobsdata",
  ioteventsdata: "iotevents",
  IoTSecuredTunneling: "iot",
  awsssoportal: "sso",
  "mturk-requester": "mechanicalturk",
  "partnercentral-selling": "partnercentral",
  tagging: "tag",
};

/** Clients whose commands mean something else than those of the same name in another client of their prefix: a pack of their own. */
export const APART: ReadonlySet<string> = new Set(["s3-control"]);

interface Correction {
  /** `<client>:<Command>`. */
  readonly command: string;
  readonly because: string;
}

/** Commands whose needs the tables lack or have wrong, by their documentation. Alternatives, each with all it takes. */
export const NEEDS: readonly (Correction & { readonly requires: readonly (readonly string[])[] })[] = [
  {
    command: "s3:RenameObject",
    requires: [["s3express:CreateSession"]],
    because: "it exists for directory buckets only, whose requests are authorised by their session",
  },
  {
    command: "s3-control:DeleteBucketLifecycleConfiguration",
    requires: [["s3-outposts:PutLifecycleConfiguration"]],
    because: "“you must have permission to perform the s3-outposts:PutLifecycleConfiguration action”",
  },
  {
    command: "s3-control:DeleteBucketReplication",
    requires: [["s3-outposts:PutReplicationConfiguration"]],
    because: "“you must have permissions to perform the s3-outposts:PutReplicationConfiguration action”",
  },
  {
    command: "s3-control:GetBucketReplication",
    requires: [["s3-outposts:GetReplicationConfiguration"]],
    because: "“This action requires permissions for the s3-outposts:GetReplicationConfiguration action”",
  },
  {
    command: "s3-control:PutBucketReplication",
    requires: [["s3-outposts:PutReplicationConfiguration"]],
    because: "“you must have s3-outposts:PutReplicationConfiguration permissions for the bucket”",
  },
  {
    command: "glue:GetUnfilteredPartitionsMetadata",
    requires: [["glue:GetPartitions"]],
    because: "“the public IAM action associated with this API is glue:GetPartitions”",
  },
  {
    command: "sagemaker-runtime:InvokeEndpointWithResponseStream",
    requires: [["sagemaker:InvokeEndpoint"], ["sagemaker:InvokeEndpointWithResponseStream"]],
    because: "“your IAM permissions must allow the sagemaker:InvokeEndpoint action”, and IAM has the other action too",
  },
];

/**
 * What may be needed of the key where a service keeps things encrypted: of those whose declarations speak of keys, and of those
 * that were not read.
 */
export const OF_KEYS: { readonly actions: readonly string[]; readonly because: string } = {
  actions: ["Decrypt", "DescribeKey", "Encrypt", "GenerateDataKey", "ReEncryptFrom", "ReEncryptTo"].map(
    (name) => `kms:${name}`,
  ),
  because:
    "“These checks include kms:DescribeKey, kms:GenerateDataKey, kms:Encrypt, kms:Decrypt, and kms:ReEncrypt*.” (cloudwatch:AssociateDatasetKmsKey)",
};

/** Commands whose needs an argument decides. */
export const VARIANTS: readonly (Correction & {
  readonly when: Pick<OperationVariant, "argument"> & { readonly equals: null };
  readonly requires: readonly string[];
  readonly otherwise: readonly string[];
})[] = [
  {
    command: "s3:GetObject",
    when: { argument: "VersionId", equals: null },
    requires: ["s3:GetObject"],
    otherwise: ["s3:GetObjectVersion"],
    because:
      "“If you include a versionId in your request header, you must have the s3:GetObjectVersion permission to access a specific version of an object. The s3:GetObject permission is not required in this scenario.”",
  },
  {
    command: "s3:GetObjectAttributes",
    when: { argument: "VersionId", equals: null },
    requires: ["s3:GetObject", "s3:GetObjectAttributes"],
    otherwise: ["s3:GetObjectVersion", "s3:GetObjectVersionAttributes"],
    because:
      "“If you pass a version ID in your request, you need both the s3:GetObjectVersion and s3:GetObjectVersionAttributes permissions.”",
  },
];

/** Actions of which an argument decides, in a way no source states as data. */
export const DEPENDS_ON: Readonly<Record<string, string>> = {
  "dynamodb:BatchExecuteStatement": "Statements",
  "dynamodb:ExecuteStatement": "Statement",
  "dynamodb:ExecuteTransaction": "TransactStatements",
  "dynamodb:TransactWriteItems": "TransactItems",
};

/** Actions that a command needs besides only where one of these arguments is given. */
export const ONLY_WITH: Readonly<Record<string, readonly string[]>> = {
  "s3:BypassGovernanceRetention": ["BypassGovernanceRetention"],
  "s3:GetObjectVersion": ["VersionId"],
  "s3:GetObjectVersionTagging": ["VersionId"],
  "s3:DeleteObjectVersionTagging": ["VersionId"],
  "s3:PutObjectVersionTagging": ["VersionId"],
  "s3:PutBucketAcl": ["ACL", "GrantFullControl", "GrantRead", "GrantReadACP", "GrantWrite", "GrantWriteACP"],
  "s3:PutBucketObjectLockConfiguration": ["ObjectLockEnabledForBucket"],
  "s3:PutBucketOwnershipControls": ["ObjectOwnership"],
  "s3:PutBucketVersioning": ["ObjectLockEnabledForBucket"],
  "s3:PutObjectAcl": ["ACL", "GrantFullControl", "GrantRead", "GrantReadACP", "GrantWriteACP"],
  "s3:PutObjectTagging": ["Tagging", "TaggingDirective"],
};

/** The same for one command: elsewhere the action is needed for another reason. */
export const ONLY_WITH_IN: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  "s3:DeleteObject": { "s3:DeleteObjectVersion": ["VersionId"] },
  // The version of the source stands in `CopySource`, and its tags are copied unless told otherwise.
  "s3:CopyObject": { "s3:GetObjectVersion": [], "s3:PutObjectTagging": [] },
};

/** Actions that the documentation of a command names for another reason than that the command needs them. */
export const NOT_NEEDED: readonly (Correction & { readonly actions: RegExp })[] = [
  {
    command: "s3:PutBucketLifecycleConfiguration",
    actions: /^s3:Delete/,
    because: "the list is of what to deny so that objects are not deleted",
  },
  {
    command: "sagemaker:CreateEndpoint",
    actions: /./,
    because: "an example of a policy",
  },
];
