/**
 * What libraries beside the clients ask for, by their own code (`read` says of which version). Commands that they are handed
 * speak for themselves.
 */
export const LIBRARIES: readonly {
  /** The way to the call. */
  readonly path: string;
  readonly client: string;
  readonly operations: readonly string[];
  /** Actions that it may need besides. */
  readonly also?: readonly string[];
  /** Where the input of the operations stands: which argument, and the way into it. */
  readonly input?: readonly [argument: number, ...fields: string[]];
  /** The argument of an operation that is the first of the call itself. */
  readonly first?: string;
  readonly read: string;
}[] = [
  // Puts one object, or the parts of one; takes the parts back if that fails, and sets tags if there are any.
  {
    path: "@aws-sdk/lib-storage#Upload",
    client: "s3",
    operations: ["PutObject"],
    also: ["s3:AbortMultipartUpload", "s3:PutObjectTagging"],
    input: [0, "params"],
    read: "3.1175.0",
  },
  {
    path: "@aws-sdk/s3-presigned-post#createPresignedPost",
    client: "s3",
    operations: ["PutObject"],
    input: [1],
    read: "3.1164.0",
  },
  {
    path: "@aws-sdk/credential-providers#fromTemporaryCredentials",
    client: "sts",
    operations: ["AssumeRole"],
    input: [0, "params"],
    read: "3.1175.0",
  },
  ...powertools("ssm", "ssm", {
    getParameter: ["GetParameter", "Name"],
    getParameters: ["GetParametersByPath", "Path"],
    getParametersByName: ["GetParameters", undefined],
    setParameter: ["PutParameter", "Name"],
  }),
  ...powertools("secrets", "secrets-manager", { getSecret: ["GetSecretValue", "SecretId"] }),
];

function powertools(
  module: string,
  client: string,
  functions: Readonly<Record<string, readonly [operation: string, first: string | undefined]>>,
) {
  return Object.entries(functions).map(([name, [operation, first]]) => ({
    path: `@aws-lambda-powertools/parameters/${module}#${name}`,
    client,
    operations: [operation],
    ...(first === undefined ? {} : { first }),
    read: "2.35.0",
  }));
}
