import type { Log, Notification, Run } from "sarif";
import type { WorkspaceResult } from "../../model/result.ts";
import { summaryOf } from "../json.ts";
import type { ReportOptions } from "../json.ts";
import { notAnalysedLines } from "../last-line.ts";
import { Locations } from "../locations.ts";
import { select } from "../selection.ts";
import { SarifLocations } from "./locations.ts";
import { resultsOf } from "./results.ts";
import { ruleDescriptors } from "./rules.ts";
import { plainText } from "./text.ts";

const SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/** What `remit check --format sarif` prints: SARIF 2.1.0, as code scanning services read it. */
export function sarifLog(result: WorkspaceResult, options: ReportOptions): Log {
  const selected = select(result, options);
  const locations = new SarifLocations(new Locations(result, "."), options.root);
  const rules = ruleDescriptors();
  const run: Run = {
    tool: {
      driver: {
        name: "remit",
        version: options.version,
        semanticVersion: options.version,
        rules,
        properties: { facts: result.factsDate },
      },
    },
    columnKind: "utf16CodeUnits",
    newlineSequences: ["\r\n", "\n", "\r"],
    originalUriBaseIds: locations.bases(),
    invocations: [{ executionSuccessful: true, toolExecutionNotifications: notificationsOf(result, locations) }],
    results: resultsOf(result, selected, { locations, rules }),
    properties: { summary: summaryOf(result, selected, options.fixed) },
  };
  return { $schema: SCHEMA, version: "2.1.0", runs: [run] };
}

/** Files that could not be read or understood, and what is not analysed at all: silence is never ambiguous. */
function notificationsOf(result: WorkspaceResult, locations: SarifLocations): Notification[] {
  const problems = result.errors.map(({ file, message }): Notification => ({
    level: "warning",
    message: { text: plainText(`${file}: ${message}`) },
    locations: [{ physicalLocation: { artifactLocation: locations.file(file) } }],
  }));
  const uncounted = notAnalysedLines(result).map((text): Notification => ({ level: "note", message: { text } }));
  return [...problems, ...uncounted];
}
