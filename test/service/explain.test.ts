import { describe, expect, test } from "vitest";
import type { Card } from "../../server/src/model/card.ts";
import { explain } from "../../server/src/service/explain.ts";
import { facts } from "../facts/aws-facts.ts";

const answer = (subject: string) => explain(subject, facts);
const cardsOf = (subject: string): readonly Card[] => answer(subject).cards;

/** Lines of a section, `undefined` if the card has none of that name. */
function lines(card: Card | undefined, heading: string | null): readonly string[] | undefined {
  return card?.sections.find((section) => section.heading === heading)?.lines;
}

describe("an action of IAM", () => {
  const [action, operation] = cardsOf("s3:GetObject");

  test("says what needs it, on what and under which conditions it can be granted, and by which source", () => {
    expect(action!.title).toBe("s3:GetObject");
    expect(lines(action, null)![0]).toBe("tier: unknown · highest effect: read · accepted by 4 operations");
    expect(lines(action, "needed by")).toContain("s3:HeadObject");
    expect(lines(action, "on")).toContain("object  arn:${Partition}:s3:::${BucketName}/${ObjectName}");
    expect(lines(action, "under conditions on")).toContain("s3:ResourceAccount");
    expect(action!.sections.at(-1)!.lines[0]).toMatch(/^source: @cloud-copilot\/iam-data /);
  });

  test("is a command as well: what it needs, and what in some cases", () => {
    expect(operation!.title).toBe("s3:GetObject (Amazon S3)");
    expect(lines(operation, "needs")).toEqual(["s3:GetObject"]);
    expect(lines(operation, "depends on arguments")).toEqual([
      "VersionId absent: s3:GetObject",
      "otherwise: s3:GetObjectVersion",
    ]);
    expect(lines(operation, "may also need")).toContain("kms:Decrypt");
  });

  test("has one spelling for IAM and many in code", () => {
    for (const subject of ["S3:getobject", "S3.GetObject", "s3.getObject", "aws.s3.GetObject"])
      expect(cardsOf(subject).at(-1)?.title, subject).toBe("s3:GetObject (Amazon S3)");
    expect(cardsOf("StepFunctions.startExecution")[0]?.title).toMatch(/^states:StartExecution /);
  });

  test("that no command is called like is an action only", () => {
    expect(cardsOf("s3:ListAllMyBuckets").map(({ title }) => title)).toEqual(["s3:ListAllMyBuckets"]);
  });
});

test("a pattern says what it stands for", () => {
  const [card] = cardsOf("sqs:Send*");
  expect(card!.title).toBe("sqs:Send*");
  expect(lines(card, "includes")).toEqual(["sqs:SendMessage"]);
});

test("a slip is answered with what was perhaps meant", () => {
  expect(answer("s3:GetObjet")).toEqual({ cards: [], near: ["s3:GetObject"] });
});

test("long lists are cut", () => {
  expect(lines(cardsOf("iam:PassRole")[0], "in some cases by")!.at(-1)).toMatch(/^… \d+ more$/);
});

test("scopes and methods of Google read as before", () => {
  expect(cardsOf("gmail.modify")[0]!.title).toBe("https://www.googleapis.com/auth/gmail.modify");
  expect(lines(cardsOf("gmail.users.messages.send")[0], "needs one of")![0]).toBe("gmail.send");
});

describe("Microsoft Graph", () => {
  test("a permission: what it is enough for, over all packs of the service", () => {
    const [card, ...others] = cardsOf("Mail.Read");
    expect(others).toEqual([]);
    expect(lines(card, null)![0]).toBe("Read user mail.");
    expect(lines(card, "includes")).toEqual(["Mail.ReadBasic"]);
    expect(lines(card, "accepted by")).toContain("GET /me/mailFolders");
    expect(cardsOf("https://graph.microsoft.com/mail.read")).toEqual([card]);
  });

  test("a request: kinds of credentials that need the same are told together, what is only enough comes last", () => {
    const [card] = cardsOf("GET /me/messages");
    expect(card!.title).toBe("GET /me/messages (Microsoft Graph)");
    expect(lines(card, "needs one of")).toEqual([
      "delegated, personal: Mail.Read",
      "delegated, personal: Mail.ReadWrite",
      "delegated, personal: Mail.ReadBasic (enough if granted, not what it asks for)",
      "application: Mail.Read",
      "application: Mail.ReadWrite",
      "application: Mail.ReadBasic.All (enough if granted, not what it asks for)",
    ]);
    expect(lines(card, "depends on arguments")![0]).toMatch(
      /^\$select names nothing but id, subject, .* more: Mail\.ReadBasic \(delegated, personal\), Mail\.ReadBasic\.All \(application\)$/,
    );
    expect(cardsOf("get https://graph.microsoft.com/v1.0/Me/Messages")).toEqual([card]);
  });

  test("a flag of the source that was not believed is told by the name of the source", () => {
    const [card] = cardsOf("POST /me/messages/{id}/attachments/createUploadSession");
    expect(card!.sections.at(-1)!.lines[0]).toMatch(/, least permission corrected /);
  });
});

test("where what a call is about decides, none of several permissions is called lesser", () => {
  const [card] = cardsOf("conversations.history");
  expect(lines(card, "needs one of, by its channel")).toEqual([
    "bot, user: channels:history",
    "bot, user: groups:history",
    "bot, user: mpim:history",
    "bot, user: im:history",
  ]);
});

test("a path is a subject where operations are called by it, or with the host it is of", () => {
  expect(cardsOf("GET /v1/documents/{id}")).toEqual([]);
  expect(cardsOf("GET https://docs.googleapis.com/v1/documents/{id}")[0]?.title).toBe(
    "docs.documents.get (Google Docs API)",
  );
});

describe("an operation by the name that reports give it", () => {
  test("in packs that name their operations plainly, or by the service", () => {
    expect(cardsOf("Page.goto").map(({ title }) => title)).toEqual([
      "Page.goto (Playwright)",
      "Page.goto (Playwright for Python)",
      "Page.goto (Puppeteer)",
    ]);
    expect(cardsOf("redis.GET").map(({ title }) => title)).toEqual(["redis.GET (Redis)"]);
    expect(cardsOf("chat.postMessage").map(({ title }) => title)).toEqual(["chat.postMessage (Slack Web API)"]);
  });

  test("says how sure its effect is, and nothing of permissions where there are none", () => {
    const [post] = cardsOf("POST");
    expect(lines(post, null)).toEqual(["effect: update (possible: the source does not say for certain)"]);
    expect(lines(post, "needs one of")).toBeUndefined();
  });
});
