import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { plainText } from "../../scripts/facts/plain-text.ts";
import { checkQuotes } from "../../scripts/facts/quoted.ts";
import { placeOf, type Quote, type Recorded } from "../../scripts/facts/recorded.ts";

/* Sentences that facts rest on: where they stand, and that they are compared as they read. */

const folder = fileURLToPath(new URL("../../scripts/facts/sources/", import.meta.url));
const files = readdirSync(folder, { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".json"))
  .map((file) => [file, JSON.parse(readFileSync(`${folder}${file}`, "utf8")) as Partial<Recorded<Quote>>] as const)
  .filter((entry): entry is readonly [string, Recorded<Quote>] => entry[1].documents !== undefined);

test("some sources are quoted from documents", () => {
  expect(files.map(([file]) => file)).toEqual(
    expect.arrayContaining(["db/statements.json", "http/standards.json", "python/library.json"]),
  );
});

describe.each(files)("%s", (_, { documents, rows }) => {
  test("every document has a version, and every file of it a hash or a commit", () => {
    for (const { version, date, licence, files: hashes } of Object.values(documents)) {
      expect(version).not.toBe("");
      expect(licence).not.toBe("");
      expect(date).toMatch(/^\d{4}-\d\d-\d\d$/);
      for (const hash of Object.values(hashes)) expect(hash).toMatch(/^(?:[\da-f]{64}|[\da-f]{40})$/);
    }
  });

  test("every quote stands in a file of a document, and every file is quoted", () => {
    const quoted = new Set(
      Object.values(rows).map((row) => {
        const [document, file] = placeOf(row);
        expect(documents[document]?.files[file], row.in).toBeDefined();
        expect(row.says.trim()).not.toBe("");
        return row.in;
      }),
    );
    const all = Object.entries(documents).flatMap(([id, one]) => Object.keys(one.files).map((file) => `${id}/${file}`));
    expect([...quoted].sort()).toEqual(all.sort());
  });
});

test("markup, line ends and entities are no part of a text", () => {
  expect(plainText("a.html", "<p>The <code>GET</code>\n  method&#8217;s &lt;b&gt;&nbsp;x</p>")).toBe(
    "The GET method’s <b> x",
  );
  expect(plainText("a.sql", String.raw`'it''s\nso'`)).toBe("'it's so'");
});

test("what is quoted and not there is an error that names it", () => {
  const text = "/**\n * Sends an email\n * to people.\n */\nsend(): void;";
  expect(() => checkQuotes(["“Sends an email to people”, as it says"], [text], "a")).not.toThrow();
  expect(() => checkQuotes(["“Sends a letter”"], [text], "a package")).toThrow(
    "a package does not say “Sends a letter”",
  );
});
