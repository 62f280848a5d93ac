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

/** Libraries of Python: what an object of the class asks for, once it is used. It is counted where it is made. */
export interface PythonLibrary {
  /** Package and class, wherever in the package it stands. */
  readonly class: string;
  readonly client: string;
  readonly operations: readonly string[];
  /** Actions that it may need besides. */
  readonly also?: readonly string[];
  /** Fields of the input → names of arguments. */
  readonly fields?: Readonly<Record<string, string>>;
  /** Repository, commit, file. */
  readonly read: string;
}

const STRANDS = "strands-agents/sdk-python 1232230daa4385fd6470be29013eb2375d7a307c, src/strands";
const LANGCHAIN_AWS = "langchain-ai/langchain-aws 0434c7f94f6c27bfa275534f8ff1b0c3f1738144, libs/aws/langchain_aws";
const MODEL = { client: "bedrock-runtime", fields: { modelId: "model_id" } };

export const PYTHON_LIBRARIES: readonly PythonLibrary[] = [
  {
    class: "python:strands#BedrockModel",
    ...MODEL,
    operations: ["ConverseStream"],
    also: ["bedrock:InvokeModel", "bedrock:CountTokens"],
    read: `${STRANDS}/models/bedrock.py`,
  },
  {
    class: "python:strands#S3SessionManager",
    client: "s3",
    operations: ["PutObject", "GetObject", "ListObjectsV2"],
    also: ["s3:DeleteObject"],
    fields: { Bucket: "bucket" },
    read: `${STRANDS}/session/s3_session_manager.py`,
  },
  ...["ChatBedrock", "BedrockLLM"].map((name) => ({
    class: `python:langchain_aws#${name}`,
    ...MODEL,
    operations: ["InvokeModel"],
    also: ["bedrock:InvokeModelWithResponseStream", "bedrock:GetInferenceProfile", "bedrock:CountTokens"],
    read: `${LANGCHAIN_AWS}/llms/bedrock.py`,
  })),
  {
    class: "python:langchain_aws#ChatBedrockConverse",
    ...MODEL,
    operations: ["Converse"],
    also: ["bedrock:InvokeModelWithResponseStream", "bedrock:GetInferenceProfile", "bedrock:CountTokens"],
    read: `${LANGCHAIN_AWS}/chat_models/bedrock_converse.py`,
  },
  {
    class: "python:langchain_aws#BedrockEmbeddings",
    ...MODEL,
    operations: ["InvokeModel"],
    read: `${LANGCHAIN_AWS}/embeddings/bedrock.py`,
  },
  {
    class: "python:langchain_aws#AmazonKnowledgeBasesRetriever",
    client: "bedrock-agent-runtime",
    operations: ["Retrieve"],
    fields: { knowledgeBaseId: "knowledge_base_id" },
    read: `${LANGCHAIN_AWS}/retrievers/bedrock.py`,
  },
];
