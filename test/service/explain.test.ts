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
