/** A resource of boto3: what its identifiers are called in requests, the operation of each method, and what lies below it. */
export interface Boto3Resource {
  readonly identifiers: readonly string[];
  readonly methods: Readonly<Record<string, string>>;
  /** Methods that give a resource, or a list of them. */
  readonly gives?: Readonly<Record<string, string>>;
  /** Members that are lists: the operation that fills them, and what is in them where it is known here. */
  readonly collections?: Readonly<Record<string, { readonly operation: string; readonly of?: string }>>;
  /** Members that make a resource, by what they make. */
  readonly parts?: Readonly<Record<string, string>>;
  /** Methods of a list of such resources. */
  readonly together?: Readonly<Record<string, string>>;
}

const OBJECT_METHODS = {
  copy: "CopyObject",
  copy_from: "CopyObject",
  delete: "DeleteObject",
  download_file: "GetObject",
  download_fileobj: "GetObject",
  get: "GetObject",
  initiate_multipart_upload: "CreateMultipartUpload",
  load: "HeadObject",
  put: "PutObject",
  restore_object: "RestoreObject",
  upload_file: "PutObject",
  upload_fileobj: "PutObject",
  wait_until_exists: "HeadObject",
  wait_until_not_exists: "HeadObject",
};
const ALL_DELETED = { delete: "DeleteObjects" };

/**
 * Resources that agents use, by service and class; what a service itself has is its `ServiceResource`. From
 * `boto3/data/<service>/<version>/resources-1.json` of boto3 1.26.27: `actions`, `batchActions`, `has`, `hasMany`, `load` and
 * `waiters`. What moves files is from `boto3/s3/inject.py`.
 */
export const BOTO3_RESOURCES: Readonly<Record<string, Readonly<Record<string, Boto3Resource>>>> = {
  dynamodb: {
    ServiceResource: {
      identifiers: [],
      methods: {
        batch_get_item: "BatchGetItem",
        batch_write_item: "BatchWriteItem",
        create_table: "CreateTable",
      },
      gives: { create_table: "Table" },
      collections: { tables: { operation: "ListTables", of: "Table" } },
      parts: { Table: "Table" },
    },
    Table: {
      identifiers: ["TableName"],
      methods: {
        delete: "DeleteTable",
        delete_item: "DeleteItem",
        get_item: "GetItem",
        load: "DescribeTable",
        put_item: "PutItem",
        query: "Query",
        reload: "DescribeTable",
        scan: "Scan",
        update: "UpdateTable",
        update_item: "UpdateItem",
        wait_until_exists: "DescribeTable",
        wait_until_not_exists: "DescribeTable",
      },
      gives: { update: "Table" },
    },
  },
  s3: {
    ServiceResource: {
      identifiers: [],
      methods: { create_bucket: "CreateBucket" },
      gives: { create_bucket: "Bucket" },
      collections: { buckets: { operation: "ListBuckets", of: "Bucket" } },
      parts: { Bucket: "Bucket", Object: "Object", ObjectSummary: "ObjectSummary" },
    },
    Bucket: {
      identifiers: ["Bucket"],
      methods: {
        copy: "CopyObject",
        create: "CreateBucket",
        delete: "DeleteBucket",
        delete_objects: "DeleteObjects",
        download_file: "GetObject",
        download_fileobj: "GetObject",
        load: "ListBuckets",
        put_object: "PutObject",
        upload_file: "PutObject",
        upload_fileobj: "PutObject",
        wait_until_exists: "HeadBucket",
        wait_until_not_exists: "HeadBucket",
      },
      gives: { put_object: "Object" },
      collections: {
        multipart_uploads: { operation: "ListMultipartUploads", of: "MultipartUpload" },
        object_versions: { operation: "ListObjectVersions", of: "ObjectVersion" },
        objects: { operation: "ListObjects", of: "ObjectSummary" },
      },
      parts: { Object: "Object" },
    },
    MultipartUpload: {
      identifiers: ["Bucket", "Key", "UploadId"],
      methods: { abort: "AbortMultipartUpload", complete: "CompleteMultipartUpload" },
      collections: { parts: { operation: "ListParts" } },
    },
    Object: {
      identifiers: ["Bucket", "Key"],
      methods: { ...OBJECT_METHODS, reload: "HeadObject" },
      gives: { initiate_multipart_upload: "MultipartUpload" },
      parts: { Version: "ObjectVersion" },
      together: ALL_DELETED,
    },
    ObjectSummary: {
      identifiers: ["Bucket", "Key"],
      methods: OBJECT_METHODS,
      gives: { initiate_multipart_upload: "MultipartUpload" },
      parts: { Object: "Object", Version: "ObjectVersion" },
      together: ALL_DELETED,
    },
    ObjectVersion: {
      identifiers: ["Bucket", "Key", "VersionId"],
      methods: { delete: "DeleteObject", get: "GetObject", head: "HeadObject" },
      parts: { Object: "Object" },
      together: ALL_DELETED,
    },
  },
  sns: {
    ServiceResource: {
      identifiers: [],
      methods: { create_platform_application: "CreatePlatformApplication", create_topic: "CreateTopic" },
      gives: { create_topic: "Topic" },
      collections: {
        platform_applications: { operation: "ListPlatformApplications" },
        subscriptions: { operation: "ListSubscriptions" },
        topics: { operation: "ListTopics", of: "Topic" },
      },
      parts: { Topic: "Topic" },
    },
    Topic: {
      identifiers: ["TopicArn"],
      methods: {
        add_permission: "AddPermission",
        confirm_subscription: "ConfirmSubscription",
        delete: "DeleteTopic",
        load: "GetTopicAttributes",
        publish: "Publish",
        reload: "GetTopicAttributes",
        remove_permission: "RemovePermission",
        set_attributes: "SetTopicAttributes",
        subscribe: "Subscribe",
      },
      collections: { subscriptions: { operation: "ListSubscriptionsByTopic" } },
    },
  },
  sqs: {
    ServiceResource: {
      identifiers: [],
      methods: { create_queue: "CreateQueue", get_queue_by_name: "GetQueueUrl" },
      gives: { create_queue: "Queue", get_queue_by_name: "Queue" },
      collections: { queues: { operation: "ListQueues", of: "Queue" } },
      parts: { Message: "Message", Queue: "Queue" },
    },
    Message: {
      identifiers: ["QueueUrl", "ReceiptHandle"],
      methods: { change_visibility: "ChangeMessageVisibility", delete: "DeleteMessage" },
      parts: { Queue: "Queue" },
      together: { delete: "DeleteMessageBatch" },
    },
    Queue: {
      identifiers: ["QueueUrl"],
      methods: {
        add_permission: "AddPermission",
        change_message_visibility_batch: "ChangeMessageVisibilityBatch",
        delete: "DeleteQueue",
        delete_messages: "DeleteMessageBatch",
        load: "GetQueueAttributes",
        purge: "PurgeQueue",
        receive_messages: "ReceiveMessage",
        reload: "GetQueueAttributes",
        remove_permission: "RemovePermission",
        send_message: "SendMessage",
        send_messages: "SendMessageBatch",
        set_attributes: "SetQueueAttributes",
      },
      gives: { receive_messages: "Message" },
      collections: { dead_letter_source_queues: { operation: "ListDeadLetterSourceQueues", of: "Queue" } },
      parts: { Message: "Message" },
    },
  },
};
