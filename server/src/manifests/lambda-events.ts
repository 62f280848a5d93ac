import type { Span } from "../model/place.ts";
import type { ManifestMayNeed, ManifestNeed } from "./manifest.ts";

/**
 * What AWS Lambda does with a function's own role to fetch what the function is called with, or to hand on what it could not do, by
 * the type of the event: as the Serverless Framework grants it, which reads the same of AWS's documentation
 * (serverless/serverless, lib/plugins/aws/package/compile/events at 0e3e182, stream.js, and at 04cb05f, sqs.js).
 */
const OF_EVENTS: Readonly<Record<string, readonly string[]>> = {
  sqs: ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"],
  dynamodb: ["dynamodb:GetRecords", "dynamodb:GetShardIterator", "dynamodb:DescribeStream", "dynamodb:ListStreams"],
  kinesis: [
    "kinesis:GetRecords",
    "kinesis:GetShardIterator",
    "kinesis:DescribeStream",
    "kinesis:DescribeStreamSummary",
    "kinesis:ListShards",
    "kinesis:ListStreams",
    "kinesis:SubscribeToShard",
  ],
  destination: ["sns:Publish", "sqs:ListQueues", "sqs:SendMessage", "lambda:InvokeFunction", "events:PutEvents"],
};

const POLLING: ReadonlySet<string> = new Set(
  [OF_EVENTS["sqs"]!, OF_EVENTS["dynamodb"]!, OF_EVENTS["kinesis"]!].flat().map((action) => action.toLowerCase()),
);

/** What no event beside it need say: who calls a function may be settled elsewhere. */
export function isPolling(action: string): boolean {
  return POLLING.has(action.toLowerCase());
}

const READ = "2026-11-28";
const SOURCE = "serverless/serverless 0e3e182, 04cb05f";

/** Events that are fetched with permissions which nobody has listed here: of these services nothing is sure. */
const SERVICES_OF_EVENTS: Readonly<Record<string, readonly string[]>> = {
  msk: ["kafka", "kafka-cluster", "ec2", "secretsmanager"],
  kafka: ["kafka", "secretsmanager", "ec2"],
  selfmanagedkafka: ["kafka", "secretsmanager", "ec2"],
  mq: ["mq", "secretsmanager", "ec2"],
  activemq: ["mq", "secretsmanager", "ec2"],
  rabbitmq: ["mq", "secretsmanager", "ec2"],
  documentdb: ["rds", "secretsmanager", "ec2"],
};

export interface EventNeeds {
  readonly needs: readonly ManifestNeed[];
  readonly mayNeed: readonly ManifestMayNeed[];
}

/** `type` in whatever case: `sqs`, `SQS`. */
export function eventNeeds(type: string, span: Span): EventNeeds {
  const event = type.toLowerCase();
  const mayNeed = OF_EVENTS[event];
  const need = (service: string): ManifestNeed => ({
    provider: "aws",
    pack: `aws/${service}`,
    operation: `events of ${event}`,
    noun: "event",
    span,
  });
  return {
    needs: (SERVICES_OF_EVENTS[event] ?? []).map(need),
    mayNeed: mayNeed ? [{ provider: "aws", event, mayNeed, source: SOURCE, date: READ, span }] : [],
  };
}

/** A function that keeps the others warm: the plugin makes it, and it has the role that all share (README of the plugin at 0196033). */
export function warmingNeeds(span: Span): ManifestMayNeed {
  const source = "juanjoDiaz/serverless-plugin-warmup 0196033";
  return { provider: "aws", event: "warm-up", mayNeed: ["lambda:InvokeFunction"], source, date: READ, span };
}
