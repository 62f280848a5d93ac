/**
 * Which argument of a command names the resource it touches. IAM's reference says how the names of resources are built:
 * `arn:${Partition}:dynamodb:${Region}:${Account}:table/${TableName}`. Most of the time an argument has the name of the
 * variable (`TableName`, `functionName`), or that of the type and `Arn` (`TopicArn`, `stateMachineArn`); the rest stands
 * here, by IAM prefix: variable, or type where the argument holds the whole name → where to look. `[]` is any item of a list,
 * `{}` any field's name. `npm run facts:sdk` fails if no command of the service takes such an argument.
 */
export const ARGUMENTS: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  athena: { WorkGroupName: ["WorkGroup"] },
  batch: { JobQueueName: ["jobQueue"], JobDefinitionName: ["jobDefinition"] },
  bedrock: { FlowId: ["flowIdentifier"], GuardrailId: ["guardrailIdentifier"] },
  cloudtrail: { TrailName: ["Name"] },
  codepipeline: { PipelineName: ["name"] },
  dynamodb: {
    TableName: ["RequestItems{}", "TransactItems[].Get.TableName", "TransactItems[].Put.TableName"],
  },
  ec2: { InstanceId: ["InstanceIds[]"] },
  ecs: { ClusterName: ["cluster"], ServiceName: ["service"], TaskDefinitionFamilyName: ["taskDefinition"] },
  eks: { ClusterName: ["name"] },
  events: { EventBusName: ["Entries[].EventBusName"], RuleName: ["Rule", "Name"] },
  iot: { TopicName: ["topic"] },
  rds: { DbInstanceName: ["DBInstanceIdentifier"], DbClusterInstanceName: ["DBClusterIdentifier"] },
  "rds-data": { cluster: ["resourceArn"] },
  "redshift-data": { ClusterName: ["ClusterIdentifier"] },
  route53: { Id: ["HostedZoneId"] },
  s3: { BucketName: ["Bucket"], ObjectName: ["Key"] },
  scheduler: { ScheduleName: ["Name"] },
  secretsmanager: { SecretId: ["SecretId", "Name"] },
  sns: { topic: ["TargetArn"] },
  sqs: { QueueName: ["QueueUrl"] },
  ssm: { ParameterNameWithoutLeadingSlash: ["Name", "Names[]"], DocumentName: ["Name"] },
  transcribe: { JobName: ["TranscriptionJobName"] },
};

/** Patterns that say less than what the service makes of a name, and why. */
export const PATTERNS: Readonly<Record<string, { readonly pattern: string; readonly because: string }>> = {
  "arn:${Partition}:secretsmanager:${Region}:${Account}:secret:${SecretId}": {
    pattern: "arn:${Partition}:secretsmanager:${Region}:${Account}:secret:${SecretId}-*",
    because: "the name of a secret is followed by six characters of Secrets Manager's own",
  },
};
