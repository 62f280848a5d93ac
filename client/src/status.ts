import type { Disposable } from "vscode";
import { LanguageStatusSeverity, languages } from "vscode";
import { DOCUMENTS } from "./documents.ts";

/** What the server says with `remit/status` of one folder, whenever an analysis begins or ends. */
export interface StatusReport {
  readonly uri: string;
  readonly state: "analysing" | "idle" | "failed";
  /** How long the last analysis took. */
  readonly milliseconds: number | null;
  readonly counts: Counts | null;
  /** The line every run ends with; why it failed. */
  readonly text: string;
}

interface Counts {
  readonly errors: number;
  readonly warnings: number;
  readonly possible: number;
  readonly blindSpots: number;
}

/** The item behind `{}` in the status bar: how many findings in all folders, how many places were not understood, how long it took. */
export class Status implements Disposable {
  readonly #item = languages.createLanguageStatusItem("remit.status", DOCUMENTS);
  readonly #reports = new Map<string, StatusReport>();

  constructor() {
    this.#item.name = "Remit";
    this.showStarting();
  }

  showStarting(): void {
    this.#reports.clear();
    this.#set("Remit is starting", undefined, LanguageStatusSeverity.Information);
    this.#item.busy = true;
    this.#item.command = { command: "remit.showOutput", title: "Show Output" };
  }

  showStopped(): void {
    this.#reports.clear();
    this.#set("Remit is not running", undefined, LanguageStatusSeverity.Error);
    this.#item.busy = false;
    this.#item.command = { command: "remit.restart", title: "Restart" };
  }

  show(report: StatusReport): void {
    this.#reports.set(report.uri, report);
    const reports = [...this.#reports.values()];
    const failed = reports.find(({ state }) => state === "failed");
    this.#item.busy = reports.some(({ state }) => state === "analysing");
    if (failed) {
      this.#set("Remit could not analyse this folder", failed.text, LanguageStatusSeverity.Error);
      this.#item.command = { command: "remit.showOutput", title: "Show Output" };
      return;
    }
    const counts = reports.flatMap((each) => each.counts ?? []);
    const milliseconds = Math.max(...reports.map((each) => each.milliseconds ?? 0));
    if (counts.length === 0)
      this.#set(
        this.#item.busy ? "Remit is analysing" : "Remit is ready",
        undefined,
        LanguageStatusSeverity.Information,
      );
    else
      this.#set(`Remit: ${findingsText(counts)}`, detailText(counts, milliseconds), LanguageStatusSeverity.Information);
    this.#item.command = { command: "remit.lintWorkspace", title: "Lint Workspace" };
  }

  dispose(): void {
    this.#item.dispose();
  }

  #set(text: string, detail: string | undefined, severity: LanguageStatusSeverity): void {
    this.#item.text = text;
    this.#item.detail = detail;
    this.#item.severity = severity;
  }
}

function findingsText(counts: readonly Counts[]): string {
  const [errors, warnings] = [total(counts, "errors"), total(counts, "warnings")];
  if (errors + warnings === 0) return "0 errors, 0 warnings";
  return [
    ...(errors > 0 ? [counted(errors, "error")] : []),
    ...(warnings > 0 ? [counted(warnings, "warning")] : []),
  ].join(", ");
}

function detailText(counts: readonly Counts[], milliseconds: number): string {
  const possible = total(counts, "possible");
  return [
    ...(possible > 0 ? [`${possible} possible`] : []),
    counted(total(counts, "blindSpots"), "blind spot"),
    milliseconds < 1000 ? `${Math.round(milliseconds)} ms` : `${(milliseconds / 1000).toFixed(1)} s`,
  ].join(" · ");
}

function total(counts: readonly Counts[], name: keyof Counts): number {
  return counts.reduce((sum, each) => sum + each[name], 0);
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
