/** A resource of boto3: what its identifiers are called in requests, and the operation of each method. */
export interface Boto3Resource {
  readonly client: string;
  /** The name of its class, as `boto3.resource("s3").Bucket` spells it. */
  readonly name: string;
  readonly identifiers: readonly string[];
  readonly methods: Readonly<Record<string, string>>;
}

/**
 * Resources that agents use, from `boto3/data/<service>/<version>/resources-1.json` of boto3 1.26.27: `actions`, `hasMany` and `load`.
 * `batch_writer` is from `boto3/dynamodb/table.py`, what moves files from `boto3/s3/inject.py`.
 */
export const BOTO3_RESOURCES: readonly Boto3Resource[] = [
  {
    client: "dynamodb",
    name: "Table",
    identifiers: ["TableName"],
    methods: {
      delete: "DeleteTable",
      delete_item: "DeleteItem",
      get_item: "GetItem",
      put_item: "PutItem",
      query: "Query",
      scan: "Scan",
      update: "UpdateTable",
      update_item: "UpdateItem",
      load: "DescribeTable",
      reload: "DescribeTable",
      batch_writer: "BatchWriteItem",
    },
  },
  {
    client: "s3",
    name: "Bucket",
    identifiers: ["Bucket"],
    methods: {
      create: "CreateBucket",
      delete: "DeleteBucket",
      delete_objects: "DeleteObjects",
      put_object: "PutObject",
      multipart_uploads: "ListMultipartUploads",
      object_versions: "ListObjectVersions",
      objects: "ListObjects",
      upload_file: "PutObject",
      upload_fileobj: "PutObject",
      download_file: "GetObject",
      download_fileobj: "GetObject",
    },
  },
  {
    client: "s3",
    name: "Object",
    identifiers: ["Bucket", "Key"],
    methods: {
      copy_from: "CopyObject",
      delete: "DeleteObject",
      get: "GetObject",
      initiate_multipart_upload: "CreateMultipartUpload",
      put: "PutObject",
      restore_object: "RestoreObject",
      load: "HeadObject",
      reload: "HeadObject",
      upload_file: "PutObject",
      upload_fileobj: "PutObject",
      download_file: "GetObject",
      download_fileobj: "GetObject",
    },
  },
  {
    client: "s3",
    name: "ObjectSummary",
    identifiers: ["Bucket", "Key"],
    methods: {
      copy_from: "CopyObject",
      delete: "DeleteObject",
      get: "GetObject",
      initiate_multipart_upload: "CreateMultipartUpload",
      put: "PutObject",
      restore_object: "RestoreObject",
    },
  },
  {
    client: "sqs",
    name: "Queue",
    identifiers: ["QueueUrl"],
    methods: {
      add_permission: "AddPermission",
      change_message_visibility_batch: "ChangeMessageVisibilityBatch",
      delete: "DeleteQueue",
      delete_messages: "DeleteMessageBatch",
      purge: "PurgeQueue",
      receive_messages: "ReceiveMessage",
      remove_permission: "RemovePermission",
      send_message: "SendMessage",
      send_messages: "SendMessageBatch",
      set_attributes: "SetQueueAttributes",
      dead_letter_source_queues: "ListDeadLetterSourceQueues",
      load: "GetQueueAttributes",
      reload: "GetQueueAttributes",
    },
  },
  {
    client: "sns",
    name: "Topic",
    identifiers: ["TopicArn"],
    methods: {
      add_permission: "AddPermission",
      confirm_subscription: "ConfirmSubscription",
      delete: "DeleteTopic",
      publish: "Publish",
      remove_permission: "RemovePermission",
      set_attributes: "SetTopicAttributes",
      subscribe: "Subscribe",
      subscriptions: "ListSubscriptionsByTopic",
      load: "GetTopicAttributes",
      reload: "GetTopicAttributes",
    },
  },
];
