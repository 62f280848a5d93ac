import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { checkFacts } from "../../scripts/facts/check-facts.ts";
import { pageOf } from "../../scripts/facts/google/page.ts";
import { readSources } from "../../scripts/facts/google/sources.ts";
import { PACK_FORMAT } from "../../server/src/model/pack.ts";
import { facts, readFactFile } from "./google-facts.ts";

const folder = fileURLToPath(new URL("../../server/facts/", import.meta.url));
const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((file) => /\.(?:br|json)$/.test(file));
const read = (file: string) => readFileSync(folder + file);

test("the fact files are whole: hashes, counts, ordinals, vocabulary, sources", () => {
  expect(checkFacts(files, read).problems).toEqual([]);
});

test("the check notices a pack that is missing, foreign or changed", () => {
  const gmail = "google/gmail.v1.json.br";
  expect(
    checkFacts(
      files.filter((file) => file !== gmail),
      read,
    ).problems,
  ).toEqual([`${gmail}: missing`]);
  expect(checkFacts([...files, "google/other.v1.json.br"], read).problems).toEqual([
    "google/other.v1.json.br: not in the index",
  ]);
  const swapped = (file: string) => read(file === gmail ? "google/tasks.v1.json.br" : file);
  expect(checkFacts(files, swapped).problems).toContain(`${gmail}: not the file the index was made with`);
});

test("docs/facts/google.md is what `npm run facts` writes", () => {
  const packs = facts.packIds("google").map((id) => facts.pack(id)!);
  const vocabulary = {
    format: PACK_FORMAT,
    provider: "google",
    sources: [],
    permissions: facts.permissions("google"),
  } as const;
  const page = readFileSync(fileURLToPath(new URL("../../docs/facts/google.md", import.meta.url)), "utf8");
  expect(page).toBe(pageOf(packs, vocabulary, readSources()));
});

test("a pack is read when it is first asked for, and once", async () => {
  const { createFacts } = await import("../../server/src/facts/lookup.ts");
  const asked: string[] = [];
  const counting = createFacts((path) => {
    asked.push(path);
    return readFactFile(path);
  });
  expect(asked).toEqual(["index.json"]);
  counting.operation("google/gmail.v1", "users.messages.list");
  counting.operation("google/gmail.v1", "users.messages.send");
  counting.permission("google", "openid");
  counting.permission("google", "email");
  expect(asked).toEqual(["index.json", "google/gmail.v1.json.br", "google/permissions.json.br"]);
});

test("an installation without facts says so in one line", async () => {
  const { createFacts } = await import("../../server/src/facts/lookup.ts");
  expect(() => createFacts(() => undefined)).toThrow(
    "The fact base has no index.json: the installation is incomplete.",
  );
});
