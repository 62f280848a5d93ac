import { describe, expect, it } from "vitest";
import type { Finding } from "../../server/src/model/finding.ts";
import { ResultBuilder, googleScope } from "../report/support.ts";
import { compare, mismatches } from "./compare.ts";
import { parseFixture, projectOf } from "./fixture.ts";
import type { FixtureCase } from "./fixture.ts";
import { observe } from "./observed.ts";
import { updateFixture } from "./update.ts";
import { verify } from "./verify.ts";
import type { Analyse } from "./verify.ts";

/** A fixture whose fences are written with `'''`, so that it can stand in a template literal. */
const fixtureText = (text: string) => text.replaceAll("'''", "```");
const only = (text: string): FixtureCase => parseFixture(fixtureText(text))[0]!;

const DRIVE = `"${googleScope("drive")}"`;
const MARKED = `\
# Scopes

## Drive is unused

Prose with \`code\` is prose.

\`src/auth.ts\`
'''ts
const scopes = [
  ${DRIVE},
//${"^".repeat(DRIVE.length)} error[unused-permission] 💡 No call needs drive
//${"^".repeat(DRIVE.length)} grant: drive
];
'''
'''ts fixed
const scopes = [
];
'''

\`\`\`sh
echo not a file
\`\`\`
`;

/** Stands in for the engine: requesting Drive is wrong, and deleting the line puts it right. */
function toyEngine(change: Partial<Finding> = {}): Analyse {
  return async (files) => {
    const build = new ResultBuilder(files);
    if (!files["src/auth.ts"]!.includes(DRIVE)) return build.result({});
    const edit = { ...build.place("src/auth.ts", `  ${DRIVE},\n`), newText: "" };
    const finding = build.finding("src/auth.ts", DRIVE, {
      message: "No call needs drive: nothing is called.",
      fixes: [{ title: "Stop requesting drive", kind: "narrows", safe: true, edits: [edit] }],
      ...change,
    });
    const grant = build.grant("src/auth.ts", "drive", { place: build.place("src/auth.ts", DRIVE) });
    return build.result({ findings: [finding], deployables: [build.deployable({ grants: [grant] })] });
  };
}

describe("reading", () => {
  it("takes markers out of the files and keeps what they say", () => {
    const fixture = only(MARKED);
    expect(fixture.name).toBe("Drive is unused");
    expect(projectOf(fixture)).toEqual({ "src/auth.ts": `const scopes = [\n  ${DRIVE},\n];\n` });
    expect(fixture.files[0]!.markers).toMatchObject([
      {
        kind: "finding",
        line: 2,
        from: 2,
        to: 2 + DRIVE.length,
        label: "error[unused-permission] 💡",
        message: "No call needs drive",
      },
      { kind: "grant", line: 2, label: "drive" },
    ]);
    expect(fixture.files[0]!.fixed?.lines).toEqual(["const scopes = [", "];"]);
  });

  it("starts at the beginning of the line after `//<`", () => {
    const [marker] = only("# a\n`a.ts`\n'''ts\nserver();\n//<^^^^^^ tool: x\n'''").files[0]!.markers;
    expect(marker).toMatchObject({ from: 0, to: 9, kind: "tool", label: "x" });
  });

  it("reads `?`, `~` and comments of other languages", () => {
    const { markers } = only("# a\n`a.yaml`\n'''yaml\na: bcdef\n#  ^^^^^ info[x-y]? z\n#  ^^^^^ warning[x-y]~\n'''")
      .files[0]!;
    expect(markers.map(({ label, from }) => [label, from])).toEqual([
      ["info[x-y]?", 3],
      ["warning[x-y]~", 3],
    ]);
  });

  it.each([
    ["# a\n`a.ts`\n'''ts\nx\n//<^ eror[x]\n'''", /cannot read the marker/],
    ["# a\n`a.ts`\n'''ts\n//<^ tool: x\n'''", /nothing stands above/],
    ["# a\n`a.ts`\n'''ts\nx", /not closed/],
    ["# a\nExpected: no thing.\n`a.ts`\n'''ts\nx\n'''", /cannot read: Expected/],
    ["# a\n`a.ts`\n'''ts\nx\n'''\n`a.ts`\n'''ts\nx\n'''", /stands twice/],
  ])("refuses %j", (text, why) => {
    expect(() => only(text)).toThrow(why);
  });
});

describe("comparing", () => {
  const build = new ResultBuilder({ "a.ts": "  call({\n  });\nother();\n" });
  const call = build.access("a.ts", "call({\n  })", "gmail.users.messages.list", ["gmail.readonly"]);
  const result = build.result({ deployables: [build.deployable({ accesses: [call] })] });
  const differences = (text: string) => mismatches(compare(only(text), observe(result)));

  it("marks what goes over several lines up to the end of the first", () => {
    expect(
      differences(
        "# a\n`a.ts`\n'''ts\n  call({\n//^^^^^^ call: gmail.users.messages.list (read)\n  });\nother();\n'''",
      ),
    ).toEqual([]);
  });

  it("tells of other columns, operations, effects and tools", () => {
    expect(
      differences(
        "# a\n`a.ts`\n'''ts\n  call({\n//^^^^ call: gmail.users.messages.list (read) <- x\n  });\nother();\n'''",
      ),
    ).toEqual([
      "- a.ts:1:3-6 call: gmail.users.messages.list (read) <- x",
      "+ a.ts:1:3-8 call: gmail.users.messages.list (read)",
    ]);
  });

  it("is exact about kinds that are marked or said to be absent, and always about findings", () => {
    expect(differences("# a\n`a.ts`\n'''ts\n  call({\n  });\nother();\n'''")).toEqual([]);
    expect(differences("# a\nExpected: no calls, no grants.\n`a.ts`\n'''ts\n  call({\n  });\nother();\n'''")).toEqual([
      "+ a.ts:1:3-8 call: gmail.users.messages.list (read)",
    ]);
    const found = build.result({ findings: [build.finding("a.ts", "other")] });
    expect(mismatches(compare(only("# a\n`a.ts`\n'''ts\n'''"), observe(found)))).toEqual([
      "+ a.ts:3:1-5 error[unused-permission] No call needs it.",
    ]);
  });
});

describe("verifying", () => {
  const faultsOf = async (analyse: Analyse) => (await verify(only(MARKED), analyse)).faults.join("\n");

  it("is content with a right case", async () => {
    expect(await verify(only(MARKED), toyEngine())).toMatchObject({ differences: [], faults: [] });
  });

  it("applies every fix and looks again", async () => {
    const place = (newText: string) => ({ file: "src/auth.ts", span: { start: 0, end: 0 }, newText });
    const fix = (newText: string) =>
      toyEngine({ fixes: [{ title: "Try", kind: "widens", safe: false, edits: [place(newText)] }] });
    expect(await faultsOf(fix(" "))).toMatch(/“Try”: the finding stays/);
    const breaking = { file: "src/auth.ts", span: { start: 0, end: 19 + DRIVE.length }, newText: "(" };
    expect(
      await faultsOf(toyEngine({ fixes: [{ title: "Break", kind: "narrows", safe: false, edits: [breaking] }] })),
    ).toMatch(/“Break”: src\/auth.ts does not parse any more/);
  });

  it("notices a finding that a fix brings", async () => {
    const analyse: Analyse = async (files) => {
      const result = await toyEngine()(files);
      const build = new ResultBuilder(files);
      return result.findings.length > 0
        ? result
        : build.result({ findings: [build.finding("src/auth.ts", "scopes", { ruleId: "other" })] });
    };
    expect(await faultsOf(analyse)).toMatch(/a new finding comes: other/);
  });

  it("notices dependence on the pre-filter and on the order of files", async () => {
    const filtered: Analyse = (files, options) =>
      toyEngine(options?.prefilter === false ? { message: "else" } : {})(files);
    expect(await faultsOf(filtered)).toBe("the report differs without the pre-filter");
    const two = only(`${MARKED}\n\`b.ts\`\n'''ts\n'''\n`);
    const ordered: Analyse = (files) => toyEngine({ message: Object.keys(files)[0]! })(files);
    expect((await verify(two, ordered)).faults).toContain("the report depends on the order of the files");
  });

  it("notices where all fixes at once differ from one by one", async () => {
    let round = 0;
    const fickle: Analyse = async (files) => {
      const result = await toyEngine()(files);
      // The first four runs: the case itself, reversed, unfiltered, with its only fix. From then on the fix writes something else.
      if (++round <= 4) return result;
      const [finding] = result.findings;
      if (finding === undefined) return result;
      const fixes = finding.fixes.map((fix) => ({
        ...fix,
        edits: fix.edits.map((edit) => ({ ...edit, newText: "\n" })),
      }));
      return { ...result, findings: [{ ...finding, fixes }] };
    };
    expect(await faultsOf(fickle)).toMatch(/^all fixes at once differ from one by one: src\/auth.ts/);
  });
});

describe("updating", () => {
  it("rewrites spans, messages and fixed texts, and leaves what was right as it was", async () => {
    const wrong = fixtureText(MARKED)
      .replace(/\^+ error.*/, "^^ error[unused-permission] 💡 Nobody needs drive")
      .replace("ts fixed\nconst scopes = [\n", "ts fixed\nconst scopes = [ // old\n");
    const fixture = parseFixture(wrong)[0]!;
    const { comparison, fixed, differences } = await verify(fixture, toyEngine());
    expect(differences).toHaveLength(3);
    const updated = updateFixture(wrong, [{ fixture, comparison, fixed }]);
    const [again] = parseFixture(updated);
    expect(await verify(again!, toyEngine())).toMatchObject({ differences: [], faults: [] });
    expect(updated).toContain(" grant: drive\n");
    expect(updated).toContain("error[unused-permission] 💡 No call needs drive: nothing is called.\n");
    expect(updated.split("\n").slice(0, 7)).toEqual(wrong.split("\n").slice(0, 7));
  });
});
