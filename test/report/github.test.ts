import { describe, expect, it } from "vitest";
import { githubAnnotations } from "../../server/src/report/github.ts";
import { ResultBuilder, mailServer } from "./support.ts";

const plain = { root: "." };

describe("annotations for GitHub", () => {
  it("state place, rule, fact and fix in one line", () => {
    expect(githubAnnotations(mailServer().result, plain)).toBe(
      "::error file=src/auth.ts,line=3,endLine=3,col=2,endColumn=50,title=Remit%3A unused-permission::" +
        "No call needs drive.readonly: gmail.readonly covers all 4 Google calls." +
        "%0Afix: Stop requesting drive.readonly (all 4 calls stay covered)\n",
    );
  });

  it("come back from the runner as they were meant, whatever the names", () => {
    const file = "src/50%, odd: name,line=1.ts";
    const build = new ResultBuilder({ [file]: "scope" });
    const message = "100% of a::b, c\r\n::error::not this\u001b[31m";
    const line = githubAnnotations(build.result({ findings: [build.finding(file, "scope", { message })] }), plain);
    expect(line.trimEnd().split("\n")).toHaveLength(1);
    expect(asTheRunnerReads(line)).toMatchObject({
      command: "error",
      properties: { file, line: "1", title: "Remit: unused-permission" },
      message: "100% of a::b, c\\x0d\\x0a::error::not this\\x1b[31m",
    });
  });

  it("state columns only of one line, for GitHub takes no others", () => {
    const build = new ResultBuilder({ "a.ts": "one\ntwo" });
    const text = githubAnnotations(build.result({ findings: [build.finding("a.ts", "one\ntwo")] }), plain);
    expect(text).toMatch(/^::error file=a\.ts,line=1,endLine=2,title=/);
  });

  it("tell severities apart, and leave out what text does not print", () => {
    const { build } = mailServer();
    const findings = [
      build.finding("src/auth.ts", "SCOPES", { severity: "info", message: "a tidy one" }),
      build.finding("src/auth.ts", "gmail", { severity: "warning" }),
      build.finding("src/auth.ts", "drive", { severity: "info", confidence: "possible" }),
    ];
    const commands = (options: object) =>
      [...githubAnnotations(build.result({ findings }), { ...plain, ...options }).matchAll(/^::(\w+) /gm)].map(
        ([, command]) => command,
      );
    expect(commands({})).toEqual(["warning"]);
    expect(commands({ all: true })).toEqual(["notice", "warning", "notice"]);
    expect(commands({ quiet: true })).toEqual([]);
  });

  it("are nothing where nothing is found", () => {
    expect(githubAnnotations(mailServer().build.result({}), plain)).toBe("");
  });
});

/** The runner's own way: `ActionCommand.TryParseV2`. */
function asTheRunnerReads(line: string) {
  const { command, list, data } = /^::(?<command>\w+) (?<list>.*?)::(?<data>.*)$/m.exec(line)!.groups!;
  const unescapeData = (text: string) => text.replaceAll("%0D", "\r").replaceAll("%0A", "\n").replaceAll("%25", "%");
  const unescapeProperty = (text: string) => unescapeData(text.replaceAll("%3A", ":").replaceAll("%2C", ","));
  const properties = list!
    .split(",")
    .map((each) => [each.split("=")[0]!, unescapeProperty(each.slice(each.indexOf("=") + 1))]);
  return {
    command,
    properties: Object.fromEntries(properties) as Record<string, string>,
    message: unescapeData(data!),
  };
}
