import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { Ajv } from "ajv";
import type { Log, Result, Run } from "sarif";
import { describe, expect, it } from "vitest";
import type { WorkspaceResult } from "../../server/src/model/result.ts";
import type { ReportOptions } from "../../server/src/report/json.ts";
import { sarifLog } from "../../server/src/report/sarif/log.ts";
import { descriptorOf } from "../../server/src/report/sarif/rules.ts";
import { RULES } from "../../server/src/rules/index.ts";
import { ResultBuilder, mailServer } from "./support.ts";

/** The official schema. It is of draft 4, of which it uses nothing that later drafts read otherwise but `id`. */
const schemaFile = createRequire(import.meta.url).resolve("@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json");
const { $schema: _draft, id: _id, ...schema } = JSON.parse(readFileSync(schemaFile, "utf8")) as Record<string, unknown>;
const ajv = new Ajv({
  strict: false,
  allErrors: true,
  // One of its patterns has a bracket too many, which expressions without the `u` flag overlook.
  unicodeRegExp: false,
  formats: {
    uri: (text: string) => URL.canParse(text),
    "uri-reference": (text: string) => /^[\w.~!$&'()*+,;=:@%/?#-]*$/.test(text) && URL.canParse(text, "file:///root/"),
    "date-time": true,
  },
});
const isSarif = ajv.compile(schema);

const options = { root: ".", version: "1.2.3" };

/** The one run of a log that is valid. */
function runOf(result: WorkspaceResult, more: Partial<ReportOptions> = {}): Run {
  const log = JSON.parse(JSON.stringify(sarifLog(result, { ...options, ...more }))) as Log;
  expect(isSarif(log) ? null : isSarif.errors).toBeNull();
  expect(log).toMatchObject({ version: "2.1.0", runs: [{}] });
  return log.runs[0]!;
}

function onlyResult(result: WorkspaceResult): Result {
  const { results } = runOf(result);
  expect(results).toHaveLength(1);
  return results![0]!;
}

describe("the schema", () => {
  it("refuses what is no SARIF", () => {
    expect(isSarif({ version: "2.1.0", runs: [{ tool: { driver: {} } }] })).toBe(false);
    expect(isSarif({ version: "2.1.0", runs: [{ tool: { driver: { name: "remit" } }, columns: "utf16" }] })).toBe(
      false,
    );
  });
});

describe("rules", () => {
  it("are all there, found something or not, each with its page", () => {
    const { rules } = runOf(mailServer().build.result({})).tool.driver;
    expect(rules!.map(({ id }) => id)).toEqual(RULES.map(({ meta }) => meta.id));
    for (const rule of rules!) {
      expect(rule.shortDescription!.text, rule.id).toMatch(/^Reports .*\.$/);
      expect(rule.fullDescription!.text.length, rule.id).toBeGreaterThan(40);
      expect(rule.help!.markdown, rule.id).toMatch(new RegExp(`^# ${rule.id}\n`));
      expect(rule.properties, rule.id).toMatchObject({ precision: expect.stringMatching(/^(high|medium)$/) as string });
    }
  });

  it("weigh as security where they are about power, and are off where they are off", () => {
    const meta = { id: "a-rule", says: "a permission too much", since: "0.1.0" };
    expect(descriptorOf({ ...meta, default: "error", fix: "narrows" }, undefined)).toMatchObject({
      shortDescription: { text: "Reports a permission too much." },
      defaultConfiguration: { enabled: true, level: "error" },
      properties: { "security-severity": "7.0", tags: ["permissions", "security", "external/cwe/cwe-250"] },
    });
    const tidy = descriptorOf({ ...meta, default: "info", fix: "tidies" }, undefined);
    expect(tidy).toMatchObject({ defaultConfiguration: { level: "note" }, properties: { tags: ["permissions"] } });
    expect(tidy.properties).not.toHaveProperty("security-severity");
    expect(descriptorOf({ ...meta, default: "off", fix: null }, undefined)).toMatchObject({
      defaultConfiguration: { enabled: false },
    });
  });

  it("take their description from the page", () => {
    const page = "# a-rule\n\n## What it says\n\n`No call needs X.` Without\nX nothing fails.\n\nMore.\n\n## Why\n";
    const meta = { id: "a-rule", says: "a permission too much", since: "0.1.0", default: "error", fix: null } as const;
    expect(descriptorOf(meta, page)).toMatchObject({
      fullDescription: {
        text: "No call needs X. Without X nothing fails.",
        markdown: "`No call needs X.` Without X nothing fails.",
      },
      help: { markdown: page },
    });
  });

  it("point to no folder of this machine", () => {
    expect(JSON.stringify(runOf(mailServer().result))).not.toMatch(/file:|"\/|[A-Z]:\\\\/);
  });
});

describe("results", () => {
  it("state place, message and rule, columns in UTF-16 code units", () => {
    const run = runOf(mailServer().result);
    expect(run.columnKind).toBe("utf16CodeUnits");
    const [result] = run.results!;
    expect(result).toMatchObject({
      ruleId: "unused-permission",
      level: "error",
      message: { text: "No call needs drive.readonly: gmail.readonly covers all 4 Google calls." },
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: "src/auth.ts", uriBaseId: "SRCROOT" },
            region: { startLine: 3, startColumn: 2, endLine: 3, endColumn: 50 },
          },
        },
      ],
    });
    expect(run.tool.driver.rules![result!.ruleIndex!]!.id).toBe("unused-permission");

    const build = new ResultBuilder({ "a.ts": "'👩‍💻𝒳', scope" });
    const { locations } = onlyResult(build.result({ findings: [build.finding("a.ts", "scope")] }));
    expect(locations![0]!.physicalLocation!.region).toMatchObject({ startColumn: 12, endColumn: 17 });
  });

  it("number the related places", () => {
    const { relatedLocations } = onlyResult(mailServer().result);
    expect(relatedLocations!.map(({ id, message }) => [id, message!.text])).toEqual([
      [1, "gmail.users.messages.list → gmail.readonly"],
      [2, "gmail.users.messages.get → gmail.readonly"],
      [3, "gmail.users.labels.list → gmail.readonly"],
      [4, "gmail.users.getProfile → gmail.readonly"],
    ]);
  });

  it("lead from the tool's handler through every function to the call", () => {
    const { result, build, deployable } = mailServer();
    const [call, ...others] = deployable.accesses;
    const [tool, ...tools] = deployable.tools;
    const handler = build.place("src/server.ts", "() => gmail.users.messages.list({ userId })");
    const trace = [
      { place: build.place("src/server.ts", "plugin.run"), label: "listAll" },
      { place: build.place("src/auth.ts", "SCOPES"), label: "<arrow>" },
      { place: call!.place, label: "page" },
    ];
    const reachedBy = [{ tool: tool!.id, agent: null, guard: "all is given", trace }];
    const analysis = {
      ...deployable,
      accesses: [{ ...call!, reachedBy }, ...others],
      tools: [{ ...tool!, handler }, ...tools],
    };
    const { codeFlows } = onlyResult(build.result({ ...result, deployables: [analysis] }));
    expect(codeFlows).toHaveLength(3);
    expect(codeFlows![0]!.message!.text).toBe("list_mail calls gmail.users.messages.list, when all is given");
    const steps = codeFlows![0]!.threadFlows[0]!.locations.map(({ location }) => [
      location!.physicalLocation!.artifactLocation!.uri,
      location!.physicalLocation!.region!.startLine,
      location!.message!.text,
    ]);
    expect(steps).toEqual([
      ["src/server.ts", 1, "tool list_mail"],
      ["src/server.ts", 5, "in listAll"],
      ["src/auth.ts", 1, "in a function without a name"],
      ["src/server.ts", 1, "gmail.users.messages.list"],
    ]);
  });

  it("offer fixes, but none that adds a permission: programs apply them unasked", () => {
    const { result, build, unused } = mailServer();
    const [narrowing] = unused.fixes;
    const [edit] = narrowing!.edits;
    const insertion = { file: "src/auth.ts", span: { start: 0, end: 0 }, newText: "// note\n" };
    const both = { ...narrowing!, edits: [insertion, edit!] };
    const widening = { ...narrowing!, kind: "widens" as const };
    const { fixes } = onlyResult(build.result({ ...result, findings: [{ ...unused, fixes: [both, widening] }] }));
    expect(fixes).toEqual([
      {
        description: { text: "Stop requesting drive.readonly (all 4 calls stay covered)" },
        artifactChanges: [
          {
            artifactLocation: { uri: "src/auth.ts", uriBaseId: "SRCROOT" },
            replacements: [
              {
                deletedRegion: { startLine: 1, startColumn: 1, endLine: 1, endColumn: 1 },
                insertedContent: { text: "// note\n" },
              },
              { deletedRegion: { startLine: 3, startColumn: 2, endLine: 3, endColumn: 51 } },
            ],
          },
        ],
        properties: { kind: "narrows", safe: true },
      },
    ]);
  });

  it("say who answers for what is ignored, and that nobody does for the rest", () => {
    const { result, build, unused } = mailServer();
    const suppressed = [
      { finding: unused, reason: "used by another program", file: "src/auth.ts" },
      { finding: { ...unused, fingerprint: "f" }, reason: "agreed with security", file: "remit.yaml" },
    ];
    const { results } = runOf(build.result({ ...result, suppressed }));
    expect(results!.map(({ suppressions }) => suppressions)).toEqual([
      [],
      [
        {
          kind: "inSource",
          status: "accepted",
          justification: "used by another program",
          location: { physicalLocation: { artifactLocation: { uri: "src/auth.ts", uriBaseId: "SRCROOT" } } },
        },
      ],
      [expect.objectContaining({ kind: "external", justification: "agreed with security" })],
    ]);
  });

  it("are known again by what they are about, not by their line", () => {
    const { build, unused } = mailServer();
    const again = { ...unused, place: build.place("src/auth.ts", "SCOPES") };
    const { results } = runOf(build.result({ findings: [unused, again] }));
    expect(results!.map(({ partialFingerprints }) => partialFingerprints)).toEqual([
      { primaryLocationLineHash: "0123456789abcdef:1", "remit/v1": "0123456789abcdef" },
      { primaryLocationLineHash: "0123456789abcdef:2", "remit/v1": "0123456789abcdef" },
    ]);
  });

  it("hold what severities and confidence there are", () => {
    const { build } = mailServer();
    const findings = (["error", "warning", "info"] as const).map((severity, index) =>
      build.finding("src/auth.ts", "SCOPES", { severity, ruleId: RULES[index]!.meta.id, confidence: "likely" }),
    );
    const { results } = runOf(build.result({ findings }));
    expect(results!.map(({ level, properties }) => [level, properties!["confidence"]])).toEqual([
      ["error", "likely"],
      ["warning", "likely"],
      ["note", "likely"],
    ]);
  });

  it("show nothing unprintable, and no link that was not meant", () => {
    const file = "src/odd #1 ä%20:.ts";
    const build = new ResultBuilder({ [file]: "scope" });
    const finding = build.finding(file, "scope", { message: "tool [click](https://example.com)\u001b[31m" });
    const { message, locations } = onlyResult(build.result({ findings: [finding] }));
    expect(message.text).toBe("tool [click] (https://example.com)\\x1b[31m");
    const { uri } = locations![0]!.physicalLocation!.artifactLocation!;
    expect(uri).toBe("src/odd%20%231%20%C3%A4%2520%3A.ts");
    expect(decodeURIComponent(uri!)).toBe(file);
  });
});

describe("the run", () => {
  it("names files that could not be analysed, and what is not analysed at all", () => {
    const { result, build } = mailServer();
    const broken = build.result({
      ...result,
      errors: [{ file: "src/odd.ts", message: "syntax error: ';' expected" }],
      notAnalysed: [{ reason: "Python", files: 14 }],
    });
    expect(runOf(broken).invocations).toEqual([
      {
        executionSuccessful: true,
        toolExecutionNotifications: [
          {
            level: "warning",
            message: { text: "src/odd.ts: syntax error: ';' expected" },
            locations: [{ physicalLocation: { artifactLocation: { uri: "src/odd.ts", uriBaseId: "SRCROOT" } } }],
          },
          { level: "note", message: { text: "14 Python files not analysed" } },
        ],
      },
    ]);
  });

  it("states files relative to the workspace, wherever that lies", () => {
    const run = runOf(mailServer().result, { root: "../mail" });
    expect(run.originalUriBaseIds).toMatchObject({
      SRCROOT: { uri: "../mail/", uriBaseId: "WORKINGDIR" },
      WORKINGDIR: {},
    });
    expect(run.results![0]!.locations![0]!.physicalLocation!.artifactLocation!.uri).toBe("src/auth.ts");
  });

  it("counts what was seen", () => {
    expect(runOf(mailServer().result).properties).toMatchObject({ summary: { tools: 3, accesses: 4, errors: 1 } });
  });

  it("is the same, byte for byte, in whatever order the engine found things", () => {
    const { build, unused } = mailServer();
    const second = build.finding("src/server.ts", "plugin", { ruleId: "unresolved-access" });
    const text = (findings: (typeof unused)[]) => JSON.stringify(sarifLog(build.result({ findings }), options));
    expect(text([second, unused])).toBe(text([unused, second]));
  });
});
