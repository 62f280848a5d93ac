import { EFFECTS, effectRank, type Effect } from "../../../server/src/model/effect.ts";
import type { IamAction } from "./iam-data.ts";

/**
 * How the effect of an action is derived. The rules are tried from top to bottom; the first that applies decides.
 * `docs/facts/aws.md` prints this table.
 *
 *  1. an exception of the table below
 *  2. AWS's own access level: Read and List read, Permissions management administers, Tagging updates
 *  3. a write, by the leading word of its name, without `Batch`, `Bulk` or `Admin`
 *  4. any other write updates
 */
export function effectOfAction(prefix: string, { name, accessLevel }: Pick<IamAction, "name" | "accessLevel">): Effect {
  const exception = exceptionFor(`${prefix}:${name}`);
  if (exception !== undefined) return exception;
  if (/\bPermissions management\b/.test(accessLevel)) return "administer";
  if (/\bTagging\b/.test(accessLevel)) return "update";
  if (!/\bWrite\b/.test(accessLevel)) return "read";
  return EFFECT_OF_WORD.get(leadingWord(name)) ?? "update";
}

/** The effect of a command that needs other actions than the one of its own name: its own word decides what kind of write it is. */
export function effectOfCommand(prefix: string, command: string, needed: readonly Effect[]): Effect {
  const exception = exceptionFor(`${prefix}:${command}`);
  if (exception !== undefined) return exception;
  const highest = needed.reduce<Effect>(higher, "read");
  if (highest === "read" || highest === "administer") return highest;
  return EFFECT_OF_WORD.get(leadingWord(command)) ?? highest;
}

const higher = (a: Effect, b: Effect): Effect =>
  (effectRank(a) - effectRank(b) || EFFECTS.indexOf(a) - EFFECTS.indexOf(b)) >= 0 ? a : b;

function exceptionFor(action: string): Effect | undefined {
  return EFFECT_EXCEPTIONS.find(({ actions }) => actions.test(action))?.effect;
}

/** `BatchDeleteImage` → `delete`. */
function leadingWord(name: string): string {
  const rest = name.replace(/^(?:Batch|Bulk|Admin)(?=[A-Z])/, "");
  return (/^(?:[A-Z][a-z0-9]+|[A-Z]+(?![a-z]))/.exec(rest)?.[0] ?? rest).toLowerCase();
}

/** Only words that mean the same in every service. */
export const WORDS: Readonly<Partial<Record<Effect, readonly string[]>>> = {
  create:
    "add allocate clone copy create define import insert issue launch post provision purchase register request reserve submit upload".split(
      " ",
    ),
  delete: "delete drop purge terminate wipe".split(" "),
  send: "send resend".split(" "),
  execute: "call execute invoke run".split(" "),
};

const EFFECT_OF_WORD: ReadonlyMap<string, Effect> = new Map(
  (Object.entries(WORDS) as [Effect, readonly string[]][]).flatMap(([effect, words]) =>
    words.map((word) => [word, effect] as const),
  ),
);

export interface EffectException {
  /** Matched against `<prefix>:<Action>`, and against commands. */
  readonly actions: RegExp;
  readonly effect: Effect;
  readonly because: string;
}

export const EFFECT_EXCEPTIONS: readonly EffectException[] = [
  // What runs something.
  {
    actions: /^states:(?:Start(?:Sync)?Execution|RedriveExecution|TestState)$/,
    effect: "execute",
    because: "runs a state machine",
  },
  {
    actions:
      /^(?:codebuild:(?:StartBuild|StartBuildBatch|RetryBuild|RetryBuildBatch)|codepipeline:StartPipelineExecution)$/,
    effect: "execute",
    because: "runs a build or pipeline",
  },
  {
    actions:
      /^(?:batch:Submit(?:Service)?Job|ecs:(?:RunTask|StartTask|ExecuteCommand)|glue:Start(?:JobRun|WorkflowRun|Crawler)|emr-(?:serverless|containers):StartJobRun|elasticmapreduce:AddJobFlowSteps|databrew:StartJobRun|sagemaker:StartPipelineExecution)$/,
    effect: "execute",
    because: "runs a job, task or step",
  },
  {
    actions: /^ssm:(?:SendCommand|StartAutomationExecution|StartSession|ResumeSession)$/,
    effect: "execute",
    because: "runs commands on machines, or opens a shell there",
  },
  {
    actions:
      /^(?:athena:Start(?:QueryExecution|CalculationExecution|Session)|qldb:SendCommand|timestream:Unload|redshift-data:BatchExecuteStatement|rds-data:BatchExecuteStatement)$/,
    effect: "execute",
    because: "runs any statement the caller writes, reading or not",
  },
  {
    actions: /^dynamodb:(?:Batch)?Execute(?:Statement|Transaction)$/,
    effect: "execute",
    because: "runs any PartiQL statement the caller writes, reading or not",
  },
  {
    actions: /^bedrock:Invoke(?:Agent|InlineAgent|Flow|Tool)$/,
    effect: "execute",
    because: "runs an agent or flow, which does whatever it may",
  },
  {
    actions:
      /^(?:bedrock-agentcore:Invoke\w+|glue:RunDataPreviewStatement|managedblockchain:Invoke|execute-api:Invoke)$/,
    effect: "execute",
    because: "runs what stands behind it; it changes no permission, though AWS files it there",
  },
  {
    actions: /^sts:(?:AssumeRole|AssumeRoot|GetFederationToken|GetDelegatedAccessToken|GetWebIdentityToken)$/,
    effect: "execute",
    because: "acts with other permissions from then on",
  },
  // What leaves.
  { actions: /^(?:sns|iot):Publish(?:Batch)?$/, effect: "send", because: "reaches whoever listens" },
  { actions: /^execute-api:PostToConnection$/, effect: "send", because: "reaches whoever is connected" },
  // What only sounds like it.
  {
    actions:
      /^(?:states:SendTask|lambda:SendDurableExecution|sagemaker:Send(?:Heartbeat|PipelineExecution)|imagebuilder:SendWorkflow|transfer:SendWorkflow|ssm:SendAutomationSignal|ec2:Send|drs:Send|mgn:Send|inspector2(?:-telemetry)?:Send|guardduty:Send)/,
    effect: "update",
    because: "tells AWS how something goes; nothing leaves the account",
  },
  {
    actions: /^(?:ec2:Run(?:Scheduled)?Instances|elasticmapreduce:RunJobFlow)$/,
    effect: "create",
    because: "makes machines",
  },
  {
    actions:
      /^(?:cloudformation:Execute|autoscaling:ExecutePolicy|budgets:ExecuteBudgetAction|servicecatalog:Execute|networkmanager:Execute)/,
    effect: "update",
    because: "carries a prepared change out",
  },
  { actions: /^apigateway:TestInvoke/, effect: "execute", because: "runs what stands behind the method" },
  { actions: /^(?:es|opensearch):ESHttpDelete$/, effect: "delete", because: "a DELETE request" },
  { actions: /^(?:dynamodb|qldb):PartiQLDelete$/, effect: "delete", because: "a DELETE statement" },
  { actions: /^kms:ScheduleKeyDeletion$/, effect: "delete", because: "the key, and all that it encrypts, is lost" },
  // What changes nothing.
  {
    actions:
      /^kms:(?:Decrypt|Encrypt|ReEncrypt(?:From|To)?|GenerateDataKey\w*|GenerateMac|GenerateRandom|Sign|Verify|VerifyMac|DeriveSharedSecret)$/,
    effect: "read",
    because: "answers about what is sent along; nothing is kept",
  },
  {
    actions: /^(?:bedrock:(?:RetrieveAndGenerate|Rerank)|machinelearning:Predict|lex:Recognize(?:Text|Utterance))$/,
    effect: "read",
    because: "answers about what is sent along",
  },
  {
    actions: /^sts:(?:DecodeAuthorizationMessage|SetContext|SetSourceIdentity)$/,
    effect: "read",
    because: "changes nothing",
  },
  // Who may do what.
  {
    actions: /^iam:(?!(?:Get|List|Simulate|Generate)|PassRole$|(?:Unt|T)ag)/,
    effect: "administer",
    because: "makes, changes or takes away what permissions are given to",
  },
  {
    actions: /^ec2-instance-connect:Send\w*SSHPublicKey$/,
    effect: "administer",
    because: "lets whoever holds the key log in",
  },
];

/** Commands that write only the program's own state: its credentials, its telemetry. */
export const OWN_STATE: readonly { readonly commands: RegExp; readonly because: string }[] = [
  {
    commands: /^sts:(?:AssumeRole\w*|GetFederationToken|GetSessionToken|GetWebIdentityToken)$/,
    because: "credentials of its own",
  },
  { commands: /^(?:cloudwatch:PutMetricData|xray:Put(?:TraceSegments|TelemetryRecords))$/, because: "telemetry" },
  { commands: /^logs:(?:PutLogEvents|CreateLogStream)$/, because: "its own log" },
];

export function isOwnState(prefix: string, command: string): boolean {
  return OWN_STATE.some(({ commands }) => commands.test(`${prefix}:${command}`));
}
