import { strict as assert } from "node:assert";
import { readFileSync } from "node:fs";
import process from "node:process";
import type { CodeAction, Diagnostic, TextDocument } from "vscode";
import {
  DiagnosticSeverity,
  Position,
  Range,
  Selection,
  Uri,
  WorkspaceEdit,
  commands,
  extensions,
  languages,
  version,
  window,
  workspace,
} from "vscode";
import { until } from "../harness/until.ts";
import { languageServerPids } from "./processes.ts";

/*
 * Runs in VS Code's extension host, on a copy of the bundled example: what the editor's own interfaces see of Remit.
 * REMIT_EXPECTED names the report of `remit check` on the same files.
 */

const AUTH = "src/auth.ts";
const CALENDAR = "src/tools/calendar.ts";

const tests: Readonly<Record<string, () => Promise<void>>> = {
  async "the extension starts by itself in a workspace with a package.json"() {
    const extension = extensions.getExtension("remit.remit-lint");
    assert.ok(extension);
    await until("the extension", () => extension.isActive);
  },

  async "says of every file exactly what the command line says, of files that are not open too"() {
    const expected = JSON.parse(readFileSync(process.env["REMIT_EXPECTED"]!, "utf8")) as Report;
    assert.ok(expected.findings.length >= 3);
    const wanted = expected.findings.map(findingLine).sort();
    await until(
      () => `what the command line says; so far: ${seen().join("\n")}`,
      () => JSON.stringify(seen()) === JSON.stringify(wanted),
    );
  },

  async "a finding links to its rule, fades what is superfluous and names the calls"() {
    const finding = (await findings(AUTH)).find(({ code }) => ruleOf(code) === "unused-permission");
    assert.ok(finding);
    assert.ok(
      typeof finding.code === "object" && finding.code.target.path.endsWith("/docs/rules/unused-permission.md"),
    );
    assert.equal(finding.tags?.length, 1);
    assert.deepEqual(
      finding.relatedInformation?.map(({ location }) => workspace.asRelativePath(location.uri)),
      [CALENDAR, CALENDAR, "src/tools/mail.ts", "src/tools/mail.ts", "src/tools/mail.ts"],
    );
  },

  async "a hover says what the permission allows, who needs it and what is certain"() {
    const { uri } = await show(AUTH);
    const text = await hoverText(uri, new Position(7, 40));
    assert.match(text, /drive\.readonly/);
    assert.match(text, /needed by 0 of 5 calls/);
    assert.match(text, /0 blind spots/);
  },

  async "what is typed counts before it is saved"() {
    const document = await show(AUTH);
    const line = document.lineAt(7);
    await edit((change) => change.delete(document.uri, line.rangeIncludingLineBreak));
    await noLonger(AUTH, "unused-permission");
    assert.ok(document.isDirty);
    await commands.executeCommand("undo");
    await findings(AUTH, "unused-permission");
    await commands.executeCommand("workbench.action.files.revert");
  },

  async "fix-all narrows and corrects, in one edit that the next analysis agrees with"() {
    const document = await show(AUTH);
    await findings(AUTH, "unused-permission");
    const [action] = await actions(document, document.validateRange(WHOLE), "source.fixAll.remit");
    assert.ok(action?.edit);
    assert.ok(await workspace.applyEdit(action.edit));
    await noLonger(AUTH, "unused-permission");
    await noLonger(AUTH, "broad-permission");
    assert.ok(document.getText().includes('"https://www.googleapis.com/auth/calendar.events",'));
    assert.ok(!document.getText().includes("drive.readonly"));
    await commands.executeCommand("workbench.action.files.revert");
    await findings(AUTH, "unused-permission");
  },

  async "explains a rule in a read-only document"() {
    await commands.executeCommand("remit.explain", "unused-permission");
    const page = await until("the answer", () => workspace.textDocuments.find(({ uri }) => uri.scheme === "remit"));
    assert.equal(page.languageId, "markdown");
    assert.match(page.getText(), /unused-permission/);
    assert.match(page.getText(), /default/i);
  },

  async "traces the calls of a line"() {
    await show(CALENDAR);
    window.activeTextEditor!.selection = selectionAt(32, 40);
    await commands.executeCommand("remit.traceHere");
    const page = await until("the answer", () =>
      workspace.textDocuments.find(({ uri }) => uri.scheme === "remit" && uri.path.includes("calendar.ts:33")),
    );
    assert.match(plain(page.getText()), /events\.insert/);
  },

  async "lints the workspace when told to"() {
    await commands.executeCommand("remit.lintWorkspace");
    await findings(CALENDAR, "read-only-tool-writes");
  },

  async "says nothing where it is switched off, and everything again where it is switched on"() {
    const settings = workspace.getConfiguration("remit");
    await settings.update("enable", false);
    await until("silence", () => seen().length === 0);
    await settings.update("enable", undefined);
    await findings(AUTH, "unused-permission");
    await findings(CALENDAR, "read-only-tool-writes");
  },

  async "starts again when told to"() {
    await commands.executeCommand("remit.restart");
    await findings(AUTH, "unused-permission");
    await findings(CALENDAR, "read-only-tool-writes");
  },

  async "comes back when its server is killed"() {
    const [before] = languageServerPids();
    if (process.platform !== "linux") return;
    assert.ok(before);
    process.kill(before, "SIGKILL");
    await until("another server", () => languageServerPids().some((pid) => pid !== before));
    const document = await show(AUTH);
    const line = document.lineAt(7);
    await edit((change) => change.delete(document.uri, line.rangeIncludingLineBreak));
    await noLonger(AUTH, "unused-permission");
    await findings(AUTH, "broad-permission");
    await commands.executeCommand("workbench.action.files.revert");
  },
};

/** As `extensionTestsPath` has it. */
export async function run(): Promise<void> {
  console.log(`in the extension host of VS Code ${version}`);
  let failing = 0;
  for (const [name, test] of Object.entries(tests)) {
    const start = Date.now();
    try {
      await test();
      console.log(`  ✓ ${name} (${Date.now() - start} ms)`);
    } catch (error) {
      failing++;
      console.log(`  ✗ ${name}\n${error instanceof Error ? error.stack : String(error)}`);
    }
  }
  console.log(`${Object.keys(tests).length - failing} passing, ${failing} failing`);
  if (failing > 0) throw new Error(`${failing} failing`);
}

interface Report {
  readonly findings: readonly {
    readonly ruleId: string;
    readonly severity: "error" | "warning" | "info";
    readonly message: string;
    readonly file: string;
    readonly range: { readonly start: Place; readonly end: Place };
  }[];
}

interface Place {
  readonly line: number;
  readonly column: number;
}

const WHOLE = new Range(0, 0, 10_000, 0);
const SEVERITIES = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  info: DiagnosticSeverity.Information,
};

/** A finding of the command line, and a diagnostic of the editor, in the same words. */
function findingLine({ file, range: { start, end }, severity, ruleId, message }: Report["findings"][number]): string {
  const at = [start.line, start.column, end.line, end.column].map((count) => count - 1);
  return [file, ...at, SEVERITIES[severity], ruleId, message].join(" ");
}

function diagnosticLine(uri: Uri, { range: { start, end }, severity, code, message }: Diagnostic): string {
  const at = [start.line, start.character, end.line, end.character];
  return [workspace.asRelativePath(uri), ...at, severity, ruleOf(code), message].join(" ");
}

function ruleOf(code: Diagnostic["code"]): string {
  return String(typeof code === "object" ? code.value : code);
}

function isOurs({ source }: Diagnostic): boolean {
  return source === "remit";
}

/** All that Remit says, of all files. */
function seen(): string[] {
  return languages
    .getDiagnostics()
    .flatMap(([uri, found]) => found.filter(isOurs).map((each) => diagnosticLine(uri, each)))
    .sort();
}

function uriOf(file: string): Uri {
  return Uri.joinPath(workspace.workspaceFolders![0]!.uri, file);
}

function current(file: string): Diagnostic[] {
  return languages.getDiagnostics(uriOf(file)).filter(isOurs);
}

/** What is said of a file, once there is something; a finding of a rule, if one is named. */
function findings(file: string, ruleId?: string): Promise<Diagnostic[]> {
  return until(`${ruleId ?? "findings"} in ${file}`, () => {
    const found = current(file);
    return found.some(({ code }) => ruleId === undefined || ruleOf(code) === ruleId) && found;
  });
}

async function noLonger(file: string, ruleId: string): Promise<void> {
  await until(`no ${ruleId} in ${file}`, () => current(file).every(({ code }) => ruleOf(code) !== ruleId));
}

async function show(file: string): Promise<TextDocument> {
  const document = await workspace.openTextDocument(uriOf(file));
  await window.showTextDocument(document);
  return document;
}

async function edit(change: (edits: WorkspaceEdit) => void): Promise<void> {
  const edits = new WorkspaceEdit();
  change(edits);
  assert.ok(await workspace.applyEdit(edits));
}

function selectionAt(line: number, character: number): Selection {
  const position = new Position(line, character);
  return new Selection(position, position);
}

async function hoverText(uri: Uri, at: Position): Promise<string> {
  const hovers = await commands.executeCommand<{ contents: { value: string }[] }[]>(
    "vscode.executeHoverProvider",
    uri,
    at,
  );
  return plain(hovers.flatMap(({ contents }) => contents.map(({ value }) => value)).join("\n"));
}

/** Markdown escapes what could be markup. */
function plain(markdown: string): string {
  return markdown.replace(/\\(?=[^\w\s])/g, "");
}

/** The text may have changed a moment ago: until the server has seen that, there is nothing to offer. */
function actions(document: TextDocument, range: Range, kind: string): Promise<CodeAction[]> {
  return until(`an action of kind ${kind}`, async () => {
    const given = await commands.executeCommand<CodeAction[]>(
      "vscode.executeCodeActionProvider",
      document.uri,
      range,
      kind,
      10, // so many with their edits
    );
    const ours = given.filter((action) => action.kind && action.kind.value === kind);
    return ours.length > 0 && ours;
  });
}
