import { readFileSync } from "node:fs";
import { Ajv } from "ajv";
import { describe, expect, it } from "vitest";
import { checkReport, inventoryReport, serialiseReport } from "../../server/src/report/json.ts";
import { mailServer } from "./support.ts";

const schemaUrl = new URL("../../server/src/report/report.schema.json", import.meta.url);
const schema = JSON.parse(readFileSync(schemaUrl, "utf8")) as object;
const ajv = new Ajv({ strict: true, allowUnionTypes: true });
const isReport = ajv.compile(schema);
const options = { root: ".", version: "1.2.3" };

function expectValid(report: unknown): void {
  expect(isReport(report) ? null : isReport.errors).toBeNull();
}

describe("report of check", () => {
  it("states findings with lines and columns from 1, in UTF-16 code units", () => {
    const report = checkReport(mailServer().result, options);
    expectValid(report);
    expect(report.findings).toHaveLength(1);
    expect(report.findings[0]).toMatchObject({
      ruleId: "unused-permission",
      severity: "error",
      confidence: "certain",
      file: "src/auth.ts",
      range: { start: { line: 3, column: 2 }, end: { line: 3, column: 50 } },
      permission: "https://www.googleapis.com/auth/drive.readonly",
      evidence: { narrowest: [["https://www.googleapis.com/auth/gmail.readonly"]] },
      fixes: [{ kind: "narrows", safe: true, edits: [{ file: "src/auth.ts", newText: "" }] }],
    });
    expect(report.findings[0]!.related[1]).toEqual({
      file: "src/server.ts",
      range: { start: { line: 2, column: 43 }, end: { line: 2, column: 67 } },
      message: "gmail.users.messages.get → gmail.readonly",
    });
  });

  it("counts what was seen", () => {
    const { summary } = checkReport(mailServer().result, options);
    expect(summary).toEqual({
      files: 2,
      notAnalysed: [],
      deployables: 1,
      agents: 1,
      tools: 3,
      grants: 2,
      accesses: 4,
      blindSpots: 0,
      assumptions: 0,
      errors: 1,
      warnings: 0,
      infos: 0,
      suppressed: 0,
      baselined: 0,
    });
  });

  it("states files relative to the working directory", () => {
    const { result, build } = mailServer();
    const broken = build.result({
      ...result,
      errors: [{ file: "src/odd.ts", message: "is not text" }],
    });
    const report = checkReport(broken, { ...options, root: "../mail" });
    expectValid(report);
    expect(report.root).toBe("../mail");
    expect(report.findings[0]!.file).toBe("../mail/src/auth.ts");
    expect(report.findings[0]!.fixes[0]!.edits[0]!.file).toBe("../mail/src/auth.ts");
    expect(report.errors).toEqual([{ file: "../mail/src/odd.ts", message: "is not text" }]);
  });

  it("reports only on the paths that were given, and counts all that was seen", () => {
    const { result } = mailServer();
    const elsewhere = checkReport(result, { ...options, paths: ["src/server.ts"] });
    expect(elsewhere.findings).toEqual([]);
    expect(elsewhere.summary).toMatchObject({ errors: 0, accesses: 4 });
    expect(checkReport(result, { ...options, paths: ["src"] }).findings).toHaveLength(1);
    expect(checkReport(result, { ...options, paths: ["sr"] }).findings).toHaveLength(0);
  });

  it("leaves out what is less sure than asked for", () => {
    const { result, build, unused } = mailServer();
    const possible = build.result({
      ...result,
      findings: [{ ...unused, severity: "info", confidence: "possible" }],
    });
    expect(checkReport(possible, options).findings).toHaveLength(1);
    expect(checkReport(possible, { ...options, minConfidence: "likely" })).toMatchObject({
      findings: [],
      summary: { infos: 0 },
    });
  });

  it("is the same, byte for byte, in whatever order the engine found things", () => {
    const { result, build, unused } = mailServer();
    const second = build.finding("src/server.ts", "plugin", {
      severity: "warning",
      ruleId: "unresolved-access",
    });
    const forward = build.result({ ...result, findings: [unused, second] });
    const backward = build.result({ ...result, findings: [second, unused] });
    expect(serialiseReport(checkReport(backward, options))).toBe(serialiseReport(checkReport(forward, options)));
  });
});

describe("report of inventory", () => {
  it("lists deployables, agents, tools, accesses, grants and blind spots", () => {
    const { result, build, deployable } = mailServer();
    const spot = build.blindSpot("src/server.ts", "plugin.run(gmail)", "gmail is handed to plugin.run()");
    const report = inventoryReport(
      build.result({ ...result, deployables: [{ ...deployable, blindSpots: [spot] }] }),
      options,
    );
    expectValid(report);
    expect(report.deployables).toEqual([{ id: "deployable-1", name: "mail-server", kind: "package", root: "." }]);
    expect(report.agents.map(({ name, tools }) => ({ name, tools: tools.length }))).toEqual([
      { name: "mail", tools: 3 },
    ]);
    expect(report.tools[0]).toMatchObject({
      name: "list_mail",
      accesses: ["access-gmail.users.messages.list"],
      requires: [["https://www.googleapis.com/auth/gmail.readonly"]],
    });
    expect(report.accesses[0]).toMatchObject({
      operation: "gmail.users.messages.list",
      range: { start: { line: 1, column: 44 } },
      reachedBy: [{ tool: "tool-list_mail", trace: [{ file: "src/server.ts", label: "list_mail" }] }],
    });
    expect(report.grants.map((grant) => grant.permission)).toEqual([
      "https://www.googleapis.com/auth/gmail.readonly",
      "https://www.googleapis.com/auth/drive.readonly",
    ]);
    expect(report.blindSpots).toMatchObject([{ reason: "gmail is handed to plugin.run()", affects: ["google"] }]);
  });

  it("lists and counts what is assumed, and not what is known of libraries", () => {
    const { result, build, deployable } = mailServer();
    const spot = build.blindSpot("src/server.ts", "plugin.run(gmail)", "gmail is handed to plugin.run()");
    const assumptions = [
      { ...spot, by: "a remit-assume comment", own: true, statement: "it only counts" },
      { ...spot, id: "known", by: "the library model of pino 10.4.0", own: false },
    ];
    const report = inventoryReport(build.result({ ...result, deployables: [{ ...deployable, assumptions }] }), options);
    expectValid(report);
    expect(report.summary.assumptions).toBe(1);
    expect(report.assumptions).toMatchObject([
      { id: spot.id, reason: spot.reason, by: "a remit-assume comment", statement: "it only counts" },
    ]);
  });

  it("sorts entries by file and place, whatever the order of deployables", () => {
    const { result, build, deployable } = mailServer();
    const other = {
      ...deployable,
      deployable: { ...deployable.deployable, id: "deployable-0", root: "other" },
      grants: [],
    };
    const forward = inventoryReport(build.result({ ...result, deployables: [deployable, other] }), options);
    const backward = inventoryReport(build.result({ ...result, deployables: [other, deployable] }), options);
    expect(serialiseReport(backward)).toBe(serialiseReport(forward));
  });
});

describe("the schema", () => {
  it("refuses absolute files and unknown severities", () => {
    const report = checkReport(mailServer().result, options);
    expect(isReport({ ...report, findings: [{ ...report.findings[0], file: "/home/me/auth.ts" }] })).toBe(false);
    expect(isReport({ ...report, findings: [{ ...report.findings[0], file: "C:\\me\\auth.ts" }] })).toBe(false);
    expect(isReport({ ...report, findings: [{ ...report.findings[0], severity: "fatal" }] })).toBe(false);
  });

  it("lets later versions add fields", () => {
    expect(isReport({ ...checkReport(mailServer().result, options), later: true })).toBe(true);
  });

  it("is limited to the paths: what lies there, and the tools whose calls do", () => {
    const { result, build, deployable } = mailServer();
    const spot = build.blindSpot("src/server.ts", "plugin.run(gmail)", "gmail is handed to plugin.run()");
    const elsewhere = { ...deployable.tools[0]!, place: build.place("src/auth.ts", "SCOPES") };
    const tools = [elsewhere, ...deployable.tools.slice(1)];
    const whole = build.result({ ...result, deployables: [{ ...deployable, tools, blindSpots: [spot] }] });

    const server = inventoryReport(whole, { ...options, paths: ["src/server.ts"] });
    expectValid(server);
    expect(server).toMatchObject({ grants: [], agents: [{ name: "mail" }], blindSpots: [{ id: spot.id }] });
    expect(server.tools.map(({ name }) => name).sort()).toEqual(["get_mail", "list_labels", "list_mail"]);
    expect(server.summary).toMatchObject({ tools: 3, grants: 0, accesses: 4, blindSpots: 1 });

    const auth = inventoryReport(whole, { ...options, paths: ["src/auth.ts"] });
    expectValid(auth);
    expect(auth).toMatchObject({ accesses: [], blindSpots: [], summary: { tools: 1, grants: 2, accesses: 0 } });
    // What a tool calls and requires is true of all of it.
    const requires = [["https://www.googleapis.com/auth/gmail.readonly"]];
    expect(auth.tools).toMatchObject([{ name: "list_mail", accesses: elsewhere.accesses, requires }]);
  });
});
