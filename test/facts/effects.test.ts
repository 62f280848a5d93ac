import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { facts } from "./google-facts.ts";

/* Facts that say what an operation does and nothing else: HTTP, browsers. */

const KNOWN: readonly (readonly [pack: string, operation: string, effect: string, confidence?: string])[] = [
  ["http/http", "GET", "read"],
  ["http/http", "POST", "update", "possible"],
  ["http/http", "DELETE", "delete", "likely"],
  ["http/http", "GraphQL query", "read"],
  ["http/http", "GraphQL mutation", "update"],
  ["db/sql", "SELECT", "read"],
  ["db/sql", "SELECT INTO", "create"],
  ["db/sql", "TRUNCATE", "delete"],
  ["db/sql", "GRANT", "administer"],
  ["db/sql", "sql", "execute"],
  ["db/redis", "GET", "read"],
  ["db/redis", "SETEX", "update"],
  ["db/redis", "FLUSHALL", "delete"],
  ["db/redis", "CONFIG SET", "administer"],
  ["db/redis", "EVAL", "execute"],
  ["db/mongodb", "Collection.insertMany", "create"],
  ["db/mongodb", "Db.dropDatabase", "delete"],
  ["db/prisma", "upsert", "update"],
  ["db/supabase", "PostgrestQueryBuilder.select", "read"],
  ["db/supabase", "GoTrueAdminApi.deleteUser", "administer"],
  ["db/knex", "del", "delete"],
  ["linear/api", "LinearSdk.issues", "read"],
  ["linear/api", "LinearSdk.createIssue", "create"],
  ["linear/api", "LinearSdk.commentResolve", "update"],
  ["linear/api", "Issue.update", "update"],
  ["linear/api", "Team.delete", "delete"],
  ["mail/nodemailer", "sendMail", "send"],
  ["mail/resend", "contacts.remove", "delete"],
  ["mail/twilio", "messages.list", "read"],
  ["apps-script/gmail", "GmailApp.search", "read", "likely"],
  ["apps-script/gmail", "GmailMessage.forward", "send", "likely"],
  ["apps-script/spreadsheet", "Range.clearContent", "delete", "likely"],
  ["apps-script/document", "Body.appendParagraph", "create", "likely"],
  ["apps-script/script", "ClockTriggerBuilder.create", "create"],
  ["browser/playwright", "Page.goto", "execute", "possible"],
  ["browser/playwright", "Page.evaluate", "execute"],
  ["browser/playwright", "Locator.fill", "update", "likely"],
  ["browser/playwright", "Locator.setInputFiles", "send", "likely"],
  ["browser/playwright", "Page.screenshot", "read"],
  ["browser/playwright", "BrowserContext.cookies", "read"],
  ["browser/playwright", "CDPSession.send", "execute"],
  ["browser/puppeteer", "Page.select", "update", "likely"],
  ["browser/puppeteer", "Page.content", "read"],
  ["browser/puppeteer", "Browser.setPermission", "administer", "likely"],
];

test.each(KNOWN.map((row) => [`${row[0]} ${row[1]}`, row] as const))(
  "%s",
  (_, [pack, operation, effect, confidence]) => {
    const row = facts.operation(pack, operation);
    expect([row?.effect, row?.effectConfidence]).toEqual([effect, confidence]);
    expect(facts.pack(pack)!.sources[row!.source]!.version).not.toBe("");
  },
);

test.each([
  ["browser/playwright", "Locator.getByRole"],
  ["browser/playwright", "BrowserType.launch"],
  ["browser/puppeteer", "Page.waitForSelector"],
])("%s %s touches nothing outside: it is known, and no operation", (pack, name) => {
  const [type, method] = name.split(".") as [string, string];
  expect(facts.operation(pack, name)).toBeUndefined();
  expect(facts.pack(pack)!.types!.types[type]!.harmless!.split(" ")).toContain(method);
});

describe.each(["http", "browser", "db", "mail", "linear"])("the page of %s", (provider) => {
  const page = readFileSync(fileURLToPath(new URL(`../../docs/facts/${provider}.md`, import.meta.url)), "utf8");
  const packs = facts.packIds(provider).map((id) => facts.pack(id)!);

  test("names its sources by version, and counts what there is", () => {
    const operations = packs.reduce((sum, pack) => sum + pack.operations.length, 0);
    expect(page).toContain(`: ${packs.length} ${packs.length === 1 ? "pack" : "packs"}, ${operations} operations.`);
    for (const { name, version } of packs.flatMap(({ sources }) => sources))
      expect(page).toContain(`| ${name} | ${version} |`);
  });

  test("justifies every operation", () => {
    const methods = new Set(
      packs.flatMap(({ operations }) => operations.map(({ name }) => name.slice(name.lastIndexOf(".") + 1))),
    );
    for (const method of methods) expect(page).toContain(`\`${method}\``);
  });
});
