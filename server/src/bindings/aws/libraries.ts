/** What AWS's own libraries beside the clients ask for, by their code. Commands that they are handed speak for themselves. */
export const LIBRARIES: readonly {
  /** The way to the call. */
  readonly path: string;
  readonly client: string;
  readonly operations: readonly string[];
  /** Actions that it may need besides. */
  readonly also?: readonly string[];
  /** Where the input of the operations stands: which argument, and the way into it. */
  readonly input: readonly [argument: number, ...fields: string[]];
}[] = [
  // Puts one object, or the parts of one, and takes the parts back if that fails.
  {
    path: "@aws-sdk/lib-storage#Upload",
    client: "s3",
    operations: ["PutObject"],
    also: ["s3:AbortMultipartUpload"],
    input: [0, "params"],
  },
  { path: "@aws-sdk/s3-presigned-post#createPresignedPost", client: "s3", operations: ["PutObject"], input: [1] },
  {
    path: "@aws-sdk/credential-providers#fromTemporaryCredentials",
    client: "sts",
    operations: ["AssumeRole"],
    input: [0, "params"],
  },
  {
    path: "@aws-sdk/credential-providers#fromWebToken",
    client: "sts",
    operations: ["AssumeRoleWithWebIdentity"],
    input: [0],
  },
];
