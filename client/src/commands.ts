import type { Disposable, LogOutputChannel } from "vscode";
import { commands, window, workspace } from "vscode";
import type { Answers } from "./answers.ts";
import type { Server } from "./server.ts";

interface Surroundings {
  readonly server: Promise<Server>;
  readonly output: LogOutputChannel;
  readonly answers: Answers;
}

export function registerCommands(surroundings: Surroundings): Disposable[] {
  const { server, output } = surroundings;
  const handlers: Readonly<Record<string, (...args: never[]) => unknown>> = {
    "remit.lintWorkspace": () => lintWorkspace(server),
    "remit.explain": (subject?: unknown) => explain(surroundings, subject),
    "remit.traceHere": () => traceHere(surroundings),
    "remit.ignoreWithReason": (request: IgnoreRequest) => ignoreWithReason(server, request),
    "remit.showOutput": () => output.show(),
    "remit.restart": async () => (await server).restart(),
  };
  return Object.entries(handlers).map(([id, handler]) => commands.registerCommand(id, handler));
}

async function lintWorkspace(server: Promise<Server>): Promise<void> {
  await commands.executeCommand("workbench.actions.view.problems");
  await (await server).execute("remit.server.refresh");
}

/** Asks what to explain, unless that is given; what stands under the cursor is the suggestion. */
async function explain({ server, answers }: Surroundings, given: unknown): Promise<void> {
  const subject =
    typeof given === "string"
      ? given
      : await window.showInputBox({
          title: "Remit: Explain",
          prompt: "A rule, a permission or an API method",
          placeHolder: "unused-permission, gmail.readonly, gmail.users.messages.list",
          value: subjectAtCursor(),
        });
  if (!subject?.trim()) return;
  const markdown = await (await server).execute<string>("remit.server.explain", subject.trim());
  await answers.show(subject.trim(), markdown);
}

/** Permissions and methods hold dots, dashes, colons and slashes: more than a word. */
const SUBJECT = /[\w-]+(?:[.:/]+[\w-]+)*/;

function subjectAtCursor(): string {
  const editor = window.activeTextEditor;
  if (editor === undefined) return "";
  if (!editor.selection.isEmpty) return editor.document.getText(editor.selection);
  const range = editor.document.getWordRangeAtPosition(editor.selection.active, SUBJECT);
  return range === undefined ? "" : editor.document.getText(range);
}

/** What the calls of the line under the cursor are, with what, and who reaches them. */
async function traceHere({ server, answers }: Surroundings): Promise<void> {
  const editor = window.activeTextEditor;
  if (editor === undefined) {
    void window.showInformationMessage("Remit: open a file, and put the cursor on a call.");
    return;
  }
  const line = editor.selection.active.line + 1;
  const name = workspace.asRelativePath(editor.document.uri);
  const markdown = await (await server).execute<string>("remit.server.trace", editor.document.uri.toString(), line);
  await answers.show(`${name}:${line}`, markdown);
}

/** What the code action of the server hands over: a finding, which goes back with the reason. */
interface IgnoreRequest {
  readonly uri: string;
  readonly ruleId: string;
  readonly fingerprint: string;
}

async function ignoreWithReason(server: Promise<Server>, request: IgnoreRequest): Promise<void> {
  const reason = await window.showInputBox({
    title: `Remit: Ignore ${request.ruleId}`,
    prompt: "Why is this acceptable? The reason is written beside what it excuses.",
    placeHolder: "the sign-in page of another team asks for it",
    validateInput: (text) => (text.trim() === "" ? "Without a reason nothing is ignored." : undefined),
  });
  if (reason === undefined || reason.trim() === "") return;
  const isWritten = await (await server).execute<boolean>("remit.server.ignore", request, reason);
  if (!isWritten) void window.showWarningMessage("Remit: the text has changed since. Open the menu again, please.");
}
