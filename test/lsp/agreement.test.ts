import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import type { ClientCapabilities, Diagnostic, Range } from "vscode-languageserver/node";
import { describe, expect, it } from "vitest";
import { clientOf } from "../../server/src/lsp/client.ts";
import { readData } from "../../server/src/lsp/convert/diagnostic-data.ts";
import { reportOf } from "../../server/src/lsp/convert/diagnostic.ts";
import { Project } from "../../server/src/lsp/project.ts";
import { Snapshot } from "../../server/src/lsp/snapshot.ts";
import { analysed } from "../../server/src/lsp/thread/service-engine.ts";
import { pathOfUri, relativeBelow } from "../../server/src/lsp/uris.ts";
import type { Range as ReportRange } from "../../server/src/model/place.ts";
import { checkReport } from "../../server/src/report/json.ts";
import type { ReportedFinding } from "../../server/src/report/shape.ts";
import { parseFixture, projectOf } from "../support/fixture.ts";
import { runCase } from "../support/run-case.ts";
import { PULL } from "./support/session.ts";

/*
 * What the editor shows and what the command line prints is one thing: every finding of every fixture goes through the
 * converter of the language server and back, and must be the same bytes as in the report.
 */
const root = fileURLToPath(new URL("../..", import.meta.url));
const client = clientOf({ processId: null, rootUri: null, capabilities: PULL as ClientCapabilities });
const project = new Project(
  { uri: "file:///w", path: "/w", name: "w", loose: false },
  () => {
    throw new Error("nothing is analysed here");
  },
  {
    started: () => undefined,
    progress: () => undefined,
    ended: () => undefined,
  },
);

const fixtures = ["test/fixtures", "docs/rules"].flatMap((folder) =>
  readdirSync(path.join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".md"))
    .map((file) => `${folder}/${file.split(path.sep).join("/")}`)
    .sort()
    .map((file) => ({ file, cases: parseFixture(readFileSync(path.join(root, file), "utf8")) }))
    .filter(({ cases }) => cases.length > 0),
);

let compared = 0;

describe.each(fixtures)("$file", ({ cases }) => {
  it.each(cases.map((fixture) => [fixture.name, fixture] as const))("%s", async (_name, fixture) => {
    const result = await runCase(projectOf(fixture));
    const printed = checkReport(result, { version: "0", root: "." }).findings.map(comparable);
    // As it comes out of the thread that analyses.
    const told = structuredClone(analysed(result, () => undefined));
    const snapshot = new Snapshot({ ...told, milliseconds: 0, versions: new Map() });
    const shown = [...snapshot.files].sort().flatMap((each) =>
      reportOf(project, snapshot, each, client)
        .items.filter(({ code }) => code !== "configuration")
        .map((item) => back(item, each)),
    );
    expect(JSON.stringify(shown, null, 1)).toBe(JSON.stringify(printed, null, 1));
    compared += shown.length;
  });
});

it("compared a good many", () => expect(compared).toBeGreaterThan(50));

/** What both say. Severity and confidence are one word in an editor. */
function comparable({
  ruleId,
  severity,
  confidence,
  message,
  file,
  range,
  related,
  fixes,
  fingerprint,
}: ReportedFinding) {
  return {
    ruleId,
    severity: confidence === "possible" ? "hint" : severity,
    message,
    file,
    range,
    related: related.map((each) => ({ file: each.file, range: each.range, message: each.message })),
    fixes: fixes.map(({ title, kind, safe, edits }) => ({
      title,
      kind,
      safe,
      edits: edits.map((edit) => ({ file: edit.file, range: edit.range, newText: edit.newText })),
    })),
    fingerprint,
  };
}

function back(diagnostic: Diagnostic, file: string): ReturnType<typeof comparable> {
  const data = readData(diagnostic.data)!;
  return {
    ruleId: String(diagnostic.code),
    severity: (["", "error", "warning", "info", "hint"] as const)[diagnostic.severity!],
    message: diagnostic.message as string,
    file,
    range: reportRange(diagnostic.range),
    related: (diagnostic.relatedInformation ?? []).map(({ location, message }) => ({
      file: fileOf(location.uri),
      range: reportRange(location.range),
      message,
    })),
    fixes: data.fixes.map(({ title, kind, safe, edits }) => ({
      title,
      kind,
      safe,
      edits: edits.map(({ uri, range, newText }) => ({ file: fileOf(uri), range: reportRange(range), newText })),
    })),
    fingerprint: data.fingerprint,
  };
}

function fileOf(uri: string): string {
  return relativeBelow("/w", pathOfUri(uri)!)!;
}

function reportRange({ start, end }: Range): ReportRange {
  return {
    start: { line: start.line + 1, column: start.character + 1 },
    end: { line: end.line + 1, column: end.character + 1 },
  };
}
