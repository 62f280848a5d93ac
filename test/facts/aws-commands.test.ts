import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { pageOf } from "../../scripts/facts/aws/page.ts";
import { readSdk } from "../../scripts/facts/aws/sources.ts";
import { actions, facts, needsOf } from "./aws-facts.ts";

/** The 60 clients of AWS's SDK with most downloads a month, `npm` November 2026: the list the sample is drawn from. */
const CLIENTS = (
  JSON.parse(readFileSync(new URL("../../scripts/facts/sample/aws-clients.json", import.meta.url), "utf8")) as {
    name: string;
  }[]
).map(({ name }) => name.replace("@aws-sdk/client-", ""));

test("97 of 100 commands of 60 clients have a row that says what they need", () => {
  const { clients } = readSdk();
  const commands = CLIENTS.flatMap((client) =>
    clients[client]!.commands.split(" ").map((name) => [client, name] as const),
  );
  const known = commands.filter(([client, name]) => needsOf(client, name)?.requires !== undefined);
  expect(CLIENTS).toHaveLength(60);
  expect(commands.length).toBeGreaterThan(4_900);
  expect(known.length / commands.length).toBeGreaterThan(0.97);
});

test("docs/facts/aws.md is what `npm run facts` writes", () => {
  const page = readFileSync(new URL("../../docs/facts/aws.md", import.meta.url), "utf8");
  expect(page).toBe(pageOf(facts.packIds("aws").map((id) => facts.pack(id)!)));
});

describe("what a command needs", () => {
  test.each([
    ["s3", "GetObject", ["s3:GetObject"]],
    ["s3", "HeadObject", ["s3:GetObject"]],
    ["s3", "CopyObject", ["s3:GetObject + s3:PutObject"]],
    ["s3", "ListObjectsV2", ["s3:ListBucket"]],
    ["s3", "ListBuckets", ["s3:ListAllMyBuckets"]],
    ["s3", "PutBucketCors", ["s3:PutBucketCORS"]],
    ["s3", "CompleteMultipartUpload", ["s3:PutObject"]],
    ["dynamodb", "GetItem", ["dynamodb:GetItem"]],
    ["dynamodb-streams", "GetRecords", ["dynamodb:GetRecords"]],
    ["lambda", "Invoke", ["lambda:InvokeFunction"]],
    ["sqs", "SendMessageBatch", ["sqs:SendMessage"]],
    ["sns", "PublishBatch", ["sns:Publish"]],
    ["sesv2", "SendEmail", ["ses:SendEmail"]],
    ["sfn", "StartExecution", ["states:StartExecution"]],
    ["kms", "ReEncrypt", ["kms:ReEncryptFrom + kms:ReEncryptTo"]],
    ["bedrock-runtime", "Converse", ["bedrock:InvokeModel"]],
    ["bedrock-agent-runtime", "Retrieve", ["bedrock:Retrieve"]],
    ["api-gateway", "CreateRestApi", ["apigateway:POST"]],
    ["apigatewaymanagementapi", "PostToConnection", ["execute-api:ManageConnections"]],
    ["cloudcontrol", "CreateResource", ["cloudformation:CreateResource"]],
    ["resource-groups-tagging-api", "GetResources", ["tag:GetResources"]],
    ["s3vectors", "QueryVectors", ["s3vectors:QueryVectors"]],
  ])("%s %s", (client, command, needed) => {
    expect(actions(client, command)).toEqual(needed);
  });

  test("a version that is asked for needs another action", () => {
    expect(actions("s3", "GetObject", { VersionId: "1" })).toEqual(["s3:GetObjectVersion"]);
    expect(actions("s3", "GetObjectAttributes")).toEqual(["s3:GetObject + s3:GetObjectAttributes"]);
  });

  test("two clients of one prefix may mean different things by the same name", () => {
    expect(actions("s3", "DeleteBucketTagging")).toEqual(["s3:PutBucketTagging"]);
    expect(actions("s3-control", "DeleteBucketTagging")).toEqual(["s3-outposts:PutBucketTagging"]);
    expect(actions("s3-control", "CreateAccessPoint")).toEqual(["s3:CreateAccessPoint"]);
  });

  test("nothing, where the documentation says so or the request is not signed", () => {
    expect(actions("sts", "GetCallerIdentity")).toEqual([""]);
    expect(actions("cognito-identity-provider", "SignUp")).toEqual([""]);
    expect(actions("sso-oidc", "CreateToken")).toEqual([""]);
    expect(actions("sso-oidc", "CreateTokenWithIAM")).toEqual(["sso-oauth:CreateTokenWithIAM"]);
  });

  test("all of several where an argument decides among them, and nothing is then sure", () => {
    const statement = needsOf("dynamodb", "ExecuteStatement")!;
    expect(statement.requires!["any"]).toEqual([
      ["dynamodb:PartiQLSelect", "dynamodb:PartiQLInsert", "dynamodb:PartiQLUpdate", "dynamodb:PartiQLDelete"],
    ]);
    expect(statement.argumentUnknown).toBe(true);
  });

  test("waiters and classes of version 2 lead to the same rows", () => {
    expect(actions("s3", "waitUntilBucketExists")).toEqual(["s3:ListBucket"]);
    expect(facts.packOfClient("aws", "StepFunctions")?.id).toBe("aws/states");
    expect(facts.packOfClient("aws", "CognitoIdentityServiceProvider")?.id).toBe("aws/cognito-idp");
  });

  test("a command nobody knows has no row", () => {
    expect(needsOf("s3", "GetThing")).toBeUndefined();
    expect(needsOf("pail", "GetObject")).toBeUndefined();
  });
});

describe("what a command may need besides", () => {
  test.each([
    ["rds", "DeleteTenantDatabase", "rds:AddTagsToResource rds:CreateDBSnapshot"],
    [
      "elasticache",
      "IncreaseReplicaCount",
      "ec2:CreateNetworkInterface ec2:DeleteNetworkInterface ec2:DescribeNetworkInterfaces ec2:DescribeSubnets ec2:DescribeVpcs",
    ],
    ["lambda", "CreateFunction", "lambda:PassCapacityProvider"],
  ])("%s %s: what AWS's reference calls its dependent actions", (client, command, dependent) => {
    const also = needsOf(client, command)!.mayNeed ?? [];
    expect(also).toEqual(expect.arrayContaining(dependent.split(" ")));
  });

  const may = (client: string, command: string, given?: Readonly<Record<string, string>>) =>
    needsOf(client, command, given)!.mayNeed ?? [];
  const without = (names: readonly string[], prefix: string) => names.filter((name) => !name.startsWith(prefix));

  test("the key of what is kept encrypted, where the service can encrypt with one", () => {
    expect(may("sqs", "ReceiveMessage")).toEqual([
      "kms:Decrypt",
      "kms:DescribeKey",
      "kms:Encrypt",
      "kms:GenerateDataKey",
      "kms:ReEncryptFrom",
      "kms:ReEncryptTo",
    ]);
    expect(may("iam", "ListUsers")).toEqual([]);
  });

  test("only with the argument that calls for it", () => {
    expect(without(may("s3", "PutObject"), "kms:")).toEqual(["s3express:CreateSession"]);
    expect(without(may("s3", "PutObject", { ACL: "public-read" }), "kms:")).toContain("s3:PutObjectAcl");
    expect(may("lambda", "UpdateFunctionConfiguration")).not.toContain("iam:PassRole");
    expect(may("lambda", "CreateFunction", { Role: "arn:aws:iam::1:role/a" })).toContain("iam:PassRole");
  });

  test("always, where it is not known which argument does", () => {
    expect(may("ec2", "RunInstances")).toContain("iam:PassRole");
  });
});

describe("effects", () => {
  test.each([
    ["s3", "GetObject", "read"],
    ["s3", "PutObject", "update"],
    ["s3", "CopyObject", "create"],
    ["s3", "DeleteObjects", "delete"],
    ["s3", "DeleteBucketCors", "delete"],
    ["s3", "PutBucketPolicy", "administer"],
    ["s3", "PutObjectTagging", "update"],
    ["dynamodb", "CreateTable", "create"],
    ["dynamodb", "ExecuteStatement", "execute"],
    ["lambda", "Invoke", "execute"],
    ["sqs", "SendMessage", "send"],
    ["sqs", "ReceiveMessage", "read"],
    ["sns", "Publish", "send"],
    ["ses", "SendEmail", "send"],
    ["sfn", "SendTaskSuccess", "update"],
    ["sfn", "StartExecution", "execute"],
    ["ssm", "SendCommand", "execute"],
    ["ec2", "RunInstances", "create"],
    ["ec2", "TerminateInstances", "delete"],
    ["iam", "CreateAccessKey", "administer"],
    ["iam", "ListUsers", "read"],
    ["kms", "Decrypt", "read"],
    ["bedrock-runtime", "InvokeModel", "read"],
    ["bedrock-agent-runtime", "InvokeAgent", "execute"],
    ["api-gateway", "DeleteRestApi", "delete"],
    ["apigatewaymanagementapi", "PostToConnection", "send"],
  ])("%s %s: %s", (client, command, effect) => {
    expect(needsOf(client, command)!.effect).toBe(effect);
  });

  test("credentials and telemetry are the program's own state", () => {
    for (const [client, command] of [
      ["sts", "AssumeRole"],
      ["cloudwatch", "PutMetricData"],
      ["cloudwatch-logs", "PutLogEvents"],
    ] as const)
      expect(needsOf(client, command)!.ownState, command).toBe(true);
  });
});
