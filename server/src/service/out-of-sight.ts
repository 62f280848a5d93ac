import type { Facts } from "../facts/lookup.ts";
import type { ManifestReading } from "../manifests/index.ts";
import type { Access, BlindSpot, Deployable, DeployableAnalysis, Grant } from "../model/analysis.ts";
import { structuralId } from "../model/hash.ts";
import { compareText, type Place } from "../model/place.ts";

/** A manifest of a deployable, and the file it was read from. */
export interface OwnManifest {
  readonly file: string;
  readonly reading: ManifestReading;
}

/** Code that a manifest names, and the lists of it that are in force there; absent: all. */
export interface Started {
  readonly manifest: string;
  readonly file: string;
  readonly lists?: readonly string[];
}

/** What is known of the deployable beside its code. */
export interface Surroundings {
  readonly manifests: readonly OwnManifest[];
  /** Its files of languages that are not read. */
  readonly unread: readonly { readonly file: string; readonly language: string }[];
  /** What deployables do whose root lies below a manifest of this one. */
  readonly below: readonly DeployableAnalysis[];
  /** The code that manifests name. */
  readonly started: readonly Started[];
  /** Where manifests name code that is not among the files. */
  readonly elsewhere: readonly Place[];
  /** What the code imports, where a manifest grants what a package may use that nobody hands a client. */
  readonly imported: readonly Imported[];
}

/** A package that code imports. */
export interface Imported {
  readonly specifier: string;
  readonly place: Place;
}

/** What may use the permissions of manifests and is no call that was seen. */
export function outOfSight(
  around: Surroundings,
  grants: readonly Grant[],
  analysis: DeployableAnalysis,
  facts: Facts,
): BlindSpot[] {
  const accesses = [analysis, ...around.below].flatMap((one) => one.accesses);
  const { deployable } = analysis;
  return [
    ...unreadCode(around, grants, deployable),
    ...codeElsewhere(around, grants, deployable),
    ...speakersOfTheirOwn(around, grants, accesses, deployable, facts),
    ...callsOnBehalf(grants, accesses, deployable),
  ];
}

/** Code that is not read may do anything with what a manifest grants. */
function unreadCode({ unread }: Surroundings, grants: readonly Grant[], deployable: Deployable): BlindSpot[] {
  const [first] = unread;
  if (!first || grants.length === 0) return [];
  const languages = [...new Set(unread.map(({ language }) => language))].sort(compareText);
  const files =
    unread.length === 1 ? `one ${languages[0]} file is` : `${unread.length} ${languages.join(" and ")} files are`;
  return [
    {
      id: structuralId("blind", deployable.id, "unread", ...languages),
      place: { file: first.file, span: { start: 0, end: 0 } },
      reason: `${files} not read`,
      affects: [...new Set(grants.map(({ permission }) => permission.provider))].sort(compareText),
      reachedBy: [],
    },
  ];
}

/** Code that is named and not found may do anything with what its manifest grants. */
function codeElsewhere({ elsewhere }: Surroundings, grants: readonly Grant[], { id }: Deployable): BlindSpot[] {
  return elsewhere.flatMap((place, ordinal): BlindSpot[] => {
    const own = grants.filter((grant) => grant.place.file === place.file);
    const affects = [...new Set(own.map(({ permission }) => permission.provider))].sort(compareText);
    const reason = "the code that is started here was not found";
    return affects.length === 0
      ? []
      : [{ id: structuralId("blind", id, place.file, "code", String(ordinal)), place, reason, affects, reachedBy: [] }];
  });
}

/** Whether a package's name says that it speaks to AWS, or a text may hold such a name. */
export function speaksToAws(text: string): boolean {
  return SPEAKS_TO_AWS.test(text.toLowerCase());
}

const SPEAKS_TO_AWS =
  /aws|amazon|boto|secrets-?manager|appconfig|eventbridge|firehose|smart_open|fsspec|y?namo|(?:^|[^a-z\d])(?:s3|sqs|sns|ses|ssm|kms|bedrock|lambda|kinesis)(?:$|[^a-z\d])|s3fs/;
/** The kits themselves, whose calls are followed; what stands beside them and makes none; what deploys. */
const FOLLOWED =
  /^(?:@aws-sdk\/|aws-sdk(?:$|\/)|(?:aio)?boto(?:3|core)(?:$|\.)|aws-lambda$|@types\/|(?:@|aws-|aws_)(?:aws-)?cdk|langchain_aws|@langchain\/aws|@aws-lambda-powertools\/(?:logger|metrics|tracer|commons)|aws_lambda_powertools$|aws-xray|aws_xray|aws-sdk-client-mock|serverless-)/;

/**
 * Code in AWS needs to be handed nothing to speak to AWS: of a service that no call is of, a package may make some by itself.
 */
function speakersOfTheirOwn(
  { imported }: Surroundings,
  grants: readonly Grant[],
  accesses: readonly Access[],
  { id }: Deployable,
  facts: Facts,
): BlindSpot[] {
  const speakers = imported.filter(({ specifier }) => !FOLLOWED.test(specifier));
  const granted = grants.filter(({ permission }) => permission.provider === "aws");
  if (speakers.length === 0 || granted.length === 0) return [];
  const called = new Set(accesses.map(({ service }) => service));
  const services = granted.flatMap(({ permission }) => facts.permission("aws", permission.name)?.services?.[0] ?? []);
  const affects = [...new Set(services)].filter((service) => !called.has(service)).sort(compareText);
  return affects.length === 0
    ? []
    : speakers.map(({ specifier, place }) => ({
        id: structuralId("blind", id, place.file, "speaks", specifier),
        place,
        reason: `${specifier} may call AWS by itself`,
        affects,
        reachedBy: [],
      }));
}

/** Operations that touch nothing of the caller's in S3, nor need a key of the caller's that the facts do not name. */
const KEEPS_TO_ITSELF =
  /^(?:s3|kms|sqs|sns|ses|secretsmanager|kinesis|sts|cognito-idp|cognito-identity|cloudwatch|execute-api|states|xray|dynamodb:(?!Export|Import)|ssm:(?:Get|Put|Delete|Describe)Parameter|events:PutEvents|lambda:Invoke|logs:(?!CreateExport))/;

/**
 * Rekognition opens the picture, Transcribe writes the text, with the permissions of whoever calls it: which operations do no fact
 * says.
 */
function callsOnBehalf(grants: readonly Grant[], accesses: readonly Access[], { id }: Deployable): BlindSpot[] {
  if (!grants.some(({ permission }) => permission.provider === "aws")) return [];
  return accesses
    .filter(
      ({ service, operation, declared }) => service.startsWith("aws.") && !KEEPS_TO_ITSELF.test(operation) && !declared,
    )
    .map(({ operation, place, id: call }) => ({
      id: structuralId("blind", id, "behalf", call),
      place,
      reason: `${operation} may open or write objects of S3 for its caller`,
      affects: ["aws.kms", "aws.s3"],
      reachedBy: [],
    }));
}
