import { describe, expect, it } from "vitest";
import { cardsText } from "../../server/src/report/card-text.ts";
import { checkText } from "../../server/src/report/check-text.ts";
import { diffText } from "../../server/src/report/diff-text.ts";
import { inventoryText } from "../../server/src/report/inventory-text.ts";
import { ResultBuilder, googleScope, mailServer } from "./support.ts";

const plain = { root: ".", colour: false };

describe("text of check", () => {
  it("shows the place, the fact, the code, the calls, the fix and what was seen", () => {
    expect(checkText(mailServer().result, plain)).toBe(`\
src/auth.ts:3  error  unused-permission
  No call needs drive.readonly: gmail.readonly covers all 4 Google calls.
  > 3 │   'https://www.googleapis.com/auth/drive.readonly',
      │   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
    list_mail  src/server.ts:1  messages.list  ✓ gmail.readonly
    get_mail   src/server.ts:2  messages.get   ✓ gmail.readonly
    … 2 more
  fix: stop requesting drive.readonly (all 4 calls stay covered)

1 error · 3 tools, 2 scopes, 4 calls read · 0 blind spots
`);
  });

  it("ends a run without findings with what was seen, and what was not", () => {
    const { result, build } = mailServer();
    const clean = build.result({
      ...result,
      findings: [],
      notAnalysed: [
        { reason: "Python", files: 14 },
        { reason: "larger than 5 MB", files: 1 },
      ],
    });
    expect(checkText(clean, plain)).toBe(
      "0 findings · 3 tools, 2 scopes, 4 calls read · 0 blind spots · 14 Python files not analysed · 1 file not analysed (larger than 5 MB)\n",
    );
  });

  it("counts infos, what is only possible and what is ignored, and prints them when asked to", () => {
    const { result, build, unused } = mailServer();
    const info = build.finding("src/auth.ts", "SCOPES", {
      severity: "info",
      ruleId: "redundant-permission",
    });
    const possible = build.finding("src/server.ts", "plugin", {
      severity: "info",
      confidence: "possible",
    });
    const mixed = build.result({
      ...result,
      findings: [info, possible],
      suppressed: [{ finding: unused, reason: "used by another program", file: "src/auth.ts" }],
    });
    expect(checkText(mixed, plain)).toMatch(/^0 findings \(1 info, 1 possible not shown; 1 ignored\) · /);
    expect(checkText(mixed, { ...plain, all: true })).toMatch(
      /src\/server.ts:5 {2}info \(possible\) {2}unused-permission[^]*\n2 infos \(1 ignored\) · /,
    );
    expect(checkText(mixed, { ...plain, minConfidence: "likely" })).toMatch(
      /^0 findings \(1 info not shown; 1 less sure; 1 ignored\) · /,
    );
  });

  it("prints errors only when quiet", () => {
    const { result, build, unused } = mailServer();
    const warned = build.result({ ...result, findings: [{ ...unused, severity: "warning" }] });
    expect(checkText(warned, { ...plain, quiet: true })).toMatch(/^0 findings/);
  });

  it("says what a call needs where nothing covers it, and that a fix adds power", () => {
    const { result, build, unused } = mailServer();
    const missing = build.finding("src/auth.ts", "SCOPES", {
      ruleId: "missing-permission",
      permission: googleScope("gmail.labels"),
      evidence: {
        ...unused.evidence,
        used: ["access-gmail.users.labels.list"],
        narrowest: [[googleScope("gmail.labels")]],
      },
      fixes: [{ title: "Request gmail.labels", kind: "widens", safe: true, edits: [] }],
    });
    const text = checkText(build.result({ ...result, findings: [missing] }), plain);
    expect(text).toContain("    list_labels  src/server.ts:3  labels.list  needs gmail.labels\n");
    expect(text).toContain("  fix: request gmail.labels (adds a permission: yours to decide)\n");
  });

  it("says what a call does where no permission is at stake", () => {
    const { result, build, unused } = mailServer();
    const writes = { ...unused, ruleId: "read-only-tool-writes", permission: null };
    expect(checkText(build.result({ ...result, findings: [writes] }), plain)).toContain(
      "\n    list_mail  src/server.ts:1  messages.list  read\n",
    );
  });

  it("shows every other related place with its message", () => {
    const { result, build, unused } = mailServer();
    const related = [
      {
        place: build.place("src/server.ts", "plugin.run"),
        message: "gmail is handed to plugin.run()",
      },
    ];
    const blind = { ...unused, related, evidence: { ...unused.evidence, used: [] } };
    expect(checkText(build.result({ ...result, findings: [blind] }), plain)).toContain(
      "\n    src/server.ts:5  gmail is handed to plugin.run()\n",
    );
  });

  it("colours on demand, and nothing else changes", () => {
    const { result } = mailServer();
    const coloured = checkText(result, { ...plain, colour: true });
    expect(coloured).toContain("\u001b[31merror\u001b[39m");
    // oxlint-disable-next-line no-control-regex
    expect(coloured.replace(/\u001b\[\d+m/g, "")).toBe(checkText(result, plain));
  });

  it("lets nothing of the workspace reach the terminal as it is", () => {
    const file = "src/\u001b[2Jodd\n.ts";
    const build = new ResultBuilder({ [file]: "scope\u001b]0;title\u0007 \u202ereversed" });
    const finding = build.finding(file, "scope", {
      message: "a \u001b[31mred\u009b lie\r\n0 findings",
    });
    const text = checkText(build.result({ findings: [finding] }), { root: ".", colour: false });
    expect(text).toContain("src/\\x1b[2Jodd\\x0a.ts:1");
    expect(text).toContain("a \\x1b[31mred\\x9b lie\\x0d\\x0a0 findings");
    expect(text).toContain("scope\\x1b]0;title\\x07 \\u{202e}reversed");
    // oxlint-disable-next-line no-control-regex
    expect(text.replaceAll("\n", "")).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202e]/);
  });

  it("never prints a literal beside the permission that may be a secret", () => {
    const line =
      "new JWT({ key: 'GOCSPX-abcdefgh', scopes: ['https://www.googleapis.com/auth/drive'], subject: \"s3cr3t-value\" })";
    const build = new ResultBuilder({ "a.ts": line });
    const finding = build.finding("a.ts", "'https://www.googleapis.com/auth/drive'");
    const text = checkText(build.result({ findings: [finding] }), plain);
    expect(text).not.toContain("GOCSPX");
    expect(text).not.toContain("s3cr3t");
    expect(text).toContain("key: '•••••••••••••••', scopes: ['https://www.googleapis.com/auth/drive'], subject:");
    const [, , code, carets] = text.split("\n");
    expect(carets!.indexOf("^")).toBe(code!.indexOf("'https:"));
  });

  it("prints the name of the field that the permission is the value of", () => {
    const build = new ResultBuilder({ "a.ts": "  'drive-files': 'drive', 'secret-key': 'GOCSPX-abcdefgh'," });
    const text = checkText(build.result({ findings: [build.finding("a.ts", "'drive'")] }), plain);
    expect(text).toContain("'drive-files': 'drive', 'secret-key': '•••••••••••••••',");
  });

  it("cuts long lines around the finding", () => {
    const build = new ResultBuilder({
      "bundle.js": `${"a;".repeat(5000)}drive;${"b;".repeat(5000)}`,
    });
    const [, , code, carets] = checkText(
      build.result({ findings: [build.finding("bundle.js", "drive")] }),
      plain,
    ).split("\n");
    expect(code!.length).toBeLessThan(150);
    expect(code!.slice(carets!.indexOf("^"))).toMatch(/^drive;b;/);
  });
});

describe("text of inventory", () => {
  it("shows agents, tools, calls with what they need, and grants", () => {
    expect(inventoryText(mailServer().result, plain)).toBe(`\
mail-server  .
  server mail  src/server.ts:1
    tool list_mail  src/server.ts:1
      src/server.ts:1  gmail.users.messages.list  read  needs gmail.readonly (or 1 other)
    tool get_mail  src/server.ts:2
      src/server.ts:2  gmail.users.messages.get  read  needs gmail.readonly (or 1 other)
    tool list_labels  src/server.ts:3
      src/server.ts:3  gmail.users.labels.list  read  needs gmail.labels (or 1 other)
  outside any tool
    src/server.ts:4  gmail.users.getProfile  read  needs gmail.readonly
  granted
    gmail.readonly  src/auth.ts:2  requested by GoogleAuth
    drive.readonly  src/auth.ts:3  requested by GoogleAuth

3 tools, 2 scopes, 4 calls read · 0 blind spots
`);
  });

  it("states the least set where no grant is in sight", () => {
    const { result, build, deployable } = mailServer();
    const text = inventoryText(build.result({ ...result, deployables: [{ ...deployable, grants: [] }] }), plain);
    expect(text).toContain(`\
  no grant in sight for google; its calls need
    https://www.googleapis.com/auth/gmail.readonly
`);
    expect(text).toMatch(/\n3 tools, 0 scopes, 4 calls read/);
  });

  it("shows what lies inside the paths, and says that a tool has calls elsewhere", () => {
    const { result, build, deployable } = mailServer();
    const moved = { ...deployable.tools[0]!, place: build.place("src/auth.ts", "SCOPES") };
    const analysis = { ...deployable, tools: [moved, ...deployable.tools.slice(1)] };
    const text = inventoryText(build.result({ ...result, deployables: [analysis] }), {
      ...plain,
      paths: ["src/auth.ts"],
    });
    expect(text).toBe(`\
mail-server  .
  server mail  src/server.ts:1
    tool list_mail  src/auth.ts:1
      … 1 call elsewhere
  granted
    gmail.readonly  src/auth.ts:2  requested by GoogleAuth
    drive.readonly  src/auth.ts:3  requested by GoogleAuth

1 tool, 2 scopes, 0 calls read · 0 blind spots
`);
  });

  it("does not say that no grant is in sight where it lies outside the paths", () => {
    const { result } = mailServer();
    expect(inventoryText(result, { ...plain, paths: ["src/server.ts"] })).not.toContain("no grant in sight");
  });

  it("names blind spots", () => {
    const { result, build, deployable } = mailServer();
    const blindSpots = [build.blindSpot("src/server.ts", "plugin.run(gmail)", "gmail is handed to plugin.run()")];
    const text = inventoryText(build.result({ ...result, deployables: [{ ...deployable, blindSpots }] }), plain);
    expect(text).toContain("  blind spots\n    src/server.ts:5  gmail is handed to plugin.run()\n");
    expect(text).toContain("· 1 blind spot\n");
  });

  it("names assumptions, and counts them in the last line", () => {
    const { result, build, deployable } = mailServer();
    const spot = build.blindSpot("src/server.ts", "plugin.run(gmail)", "gmail is handed to plugin.run()");
    const assumptions = [
      { ...spot, by: "a remit-assume comment", own: true, statement: "it only counts" },
      { ...spot, by: "remit.yaml", own: true },
    ];
    const text = inventoryText(build.result({ ...result, deployables: [{ ...deployable, assumptions }] }), plain);
    expect(text).toContain(
      "  assumed\n    src/server.ts:5  gmail is handed to plugin.run()  it only counts\n    src/server.ts:5  gmail is handed to plugin.run()  remit.yaml\n",
    );
    expect(text).toContain("· 0 blind spots · 2 assumptions\n");
  });
});

describe("diffs", () => {
  const change = { file: "src/a b.ts", before: "one\ntwo\r\n\u001b[2Jthree\n", after: "one\n\u001b[2Jthree\n" };

  it("are byte for byte what tools apply", () => {
    const text = diffText([change], { colour: false, isForPeople: false });
    expect(text).toBe("--- a/src/a b.ts\n+++ b/src/a b.ts\n@@ -1,3 +1,2 @@\n one\n-two\r\n \u001b[2Jthree\n");
  });

  it("let nothing of the workspace reach a terminal as it is", () => {
    const text = diffText([change], { colour: false, isForPeople: true });
    expect(text).toContain("\n-two\n \\x1b[2Jthree\n");
    expect(diffText([change], { colour: true, isForPeople: true })).toContain("\u001b[31m-two\u001b[39m\n");
  });

  it("are nothing where nothing changes", () => {
    expect(diffText([], { colour: true, isForPeople: true })).toBe("");
  });
});

describe("cards", () => {
  it("lays out title and sections", () => {
    const card = {
      title: "gmail.readonly",
      sections: [
        { heading: null, lines: ["View your email messages and settings."] },
        { heading: "accepted by", lines: ["gmail.users.messages.list"] },
      ],
    };
    expect(cardsText([card], false)).toBe(
      "gmail.readonly\n  View your email messages and settings.\n\n  accepted by\n    gmail.users.messages.list\n",
    );
  });
});
