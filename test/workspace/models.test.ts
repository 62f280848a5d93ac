import { describe, expect, test } from "vitest";
import { LIBRARIES } from "../../server/src/libraries/tables/index.ts";
import { readConfigurations } from "../../server/src/workspace/configuration.ts";
import { readConfigurationFile } from "../../server/src/workspace/configuration-file.ts";

/** What is wrong with `models:` of a `remit.yaml` beside `src/log.ts`. */
async function complaints(models: string): Promise<string[]> {
  const text = `models:\n${models.replace(/^/gm, "  ")}`;
  const files = ["remit.yaml", "src/log.ts"];
  const { problems } = await readConfigurations(files, (path) => (path === "remit.yaml" ? text : undefined), []);
  return problems.map(({ message }) => message.replace("remit.yaml:", "").replace("models.", ""));
}

describe("what is wrong is said on its line, with what to write", () => {
  test.each([
    ["harmles: []", "2: harmles is not a setting; did you mean harmless"],
    ["harmless: ['@acme/log']", "2: harmless[0] is @acme/log; write the way to it: @acme/log#info, ./src/log.ts#info"],
    [
      "harmless: ['@acme/log#a..b']",
      "2: harmless[0] is @acme/log#a..b; write the way to it: @acme/log#info, ./src/log.ts#info",
    ],
    [
      "harmless: ['./src/lig.ts#x']",
      "2: harmless[0] leads to src/lig.ts, which is no file here; name it from this remit.yaml",
    ],
    ["wrappers:\n  - calls: 0", "3: wrappers[0] has no call"],
    ["wrappers:\n  - call: a#b", "3: wrappers[0] says nothing of what is called, kept or returned"],
    [
      "wrappers:\n  - call: a#b\n    calls: -1",
      "4: wrappers[0].calls must be the number of an argument (0), this, result, kept, or a list or table of these",
    ],
    [
      "wrappers:\n  - call: a#b\n    calls: first",
      `4: wrappers[0].calls is "first"; write 0, 0.name, 0[], 1..., this, result or kept`,
    ],
    [
      "wrappers:\n  - call: a#b\n    calls: 0\n    with: [0, 1..]",
      `5: wrappers[0].with is "1.."; write 0, 0.name, 0[], 1..., this, result or kept`,
    ],
    ["wrappers:\n  - call: a#b\n    calls: 0\n    gives: 0", "5: wrappers[0].gives is not a setting"],
    ["clients:\n  - way: a#b", "3: clients[0] has no is"],
    [
      "clients:\n  - { way: a#b, is: googleapis }",
      "3: clients[0].is is googleapis; write the way to it: @acme/log#info, ./src/log.ts#info",
    ],
    [
      "sanitizers:\n  - { call: a#b, for: [html] }",
      "3: sanitizers[0].for[0] is html; it must be one of path, command, url, query",
    ],
    [
      "facts:\n  - { operation: a#b, service: acme, effect: read, requires: [[]] }",
      "3: facts[0].service is acme; write provider and service: acme.crm",
    ],
    [
      "facts:\n  - { operation: a#b, service: acme.crm, effect: reads, requires: [[]] }",
      "3: facts[0].effect is reads; it must be one of read, create, update, delete, send, execute, administer",
    ],
    [
      "facts:\n  - { operation: GET api.acme.com/x, service: acme.crm, effect: read, requires: [[]] }",
      "3: facts[0].operation is GET api.acme.com/x; write a request as GET https://api.acme.com/contacts/{}",
    ],
    [
      "facts:\n  - { operation: a#b, service: acme.crm, effect: read, requires: [x] }",
      "3: facts[0].requires[0] must be a list",
    ],
    [
      "facts:\n  - { operation: a#b, service: acme.crm, effect: read, requires: [[]], date: today }",
      "3: facts[0].date is today; write a day as 2026-12-31",
    ],
  ])("%s", async (models, message) => expect(await complaints(models)).toEqual([message]));

  test("what is right beside it counts", async () => {
    const text = "models:\n  harmless: [nothing, '@acme/log#*', './src/log.ts#info']\n";
    const files = { "app/remit.yaml": text, "app/src/log.ts": "" };
    const { configurationFor } = await readConfigurations(
      Object.keys(files),
      (path) => (files as Record<string, string>)[path],
      [],
    );
    expect(configurationFor("app/a.ts").models).toEqual([
      { file: "app/remit.yaml", models: { harmless: ["@acme/log#*", "./app/src/log.ts#info"] } },
    ]);
  });
});

test("the tables of libraries are written in the form of `models:`", async () => {
  for (const { package: name, wrappers = [], stores = [], harmless = [] } of LIBRARIES) {
    const text = JSON.stringify({ models: { wrappers, stores, harmless } });
    expect((await readConfigurationFile("remit.yaml", text, [], () => false)).problems, name).toEqual([]);
  }
});
