import type { Access, DeployableAnalysis } from "../model/analysis.ts";
import type { Finding, Fix, Severity } from "../model/finding.ts";
import type { WorkspaceResult } from "../model/result.ts";
import { codeFrame } from "./code-frame.ts";
import { coloursFor } from "./colours.ts";
import type { Colours } from "./colours.ts";
import { lastLine } from "./last-line.ts";
import { coveringAlternative } from "./least-sets.ts";
import { Locations } from "./locations.ts";
import { isPrinted, select } from "./selection.ts";
import type { Selection, Verbosity } from "./selection.ts";
import { visible } from "./visible.ts";
import { columns, shortOperation, shortPermission } from "./words.ts";

export interface TextOptions extends Selection, Verbosity {
  readonly root: string;
  readonly colour: boolean;
  /** How many findings `--fix` has fixed; undefined without it. */
  readonly fixed?: number | undefined;
}

/** More calls than this are counted: the first ones make the point. */
const MOST_CALLS = 3;

/** What `remit check` prints: findings by file, each with its code, its calls and its fix; then the line on what was seen. */
export function checkText(result: WorkspaceResult, options: TextOptions): string {
  const selected = select(result, options);
  const printed = selected.findings.filter((finding) => isPrinted(finding, options));
  const hidden = selected.findings.filter((finding) => !isPrinted(finding, options));
  const page = new FindingPage(result, new Locations(result, options.root), coloursFor(options.colour));
  const counts = {
    printed,
    hidden,
    lessSure: selected.lessSure,
    suppressed: selected.suppressed.length,
    baselined: result.baselined,
    fixed: options.fixed,
  };
  return [...printed.map((finding) => `${page.of(finding).join("\n")}\n`), visible(lastLine(result, counts)), ""].join(
    "\n",
  );
}

/** Lays findings out. Everything that stems from the workspace is made visible here. */
class FindingPage {
  readonly #result: WorkspaceResult;
  readonly #locations: Locations;
  readonly #colours: Colours;

  constructor(result: WorkspaceResult, locations: Locations, colours: Colours) {
    this.#result = result;
    this.#locations = locations;
    this.#colours = colours;
  }

  of(finding: Finding): string[] {
    return [
      this.#heading(finding),
      `  ${visible(finding.message)}`,
      ...this.#frame(finding).map((line) => `  ${line}`),
      ...this.#related(finding).map((line) => `    ${line}`),
      ...finding.fixes.map((fix) => `  ${this.#fix(fix)}`),
    ];
  }

  #heading(finding: Finding): string {
    const { bold, dim } = this.#colours;
    const sure = finding.confidence === "certain" ? "" : dim(` (${finding.confidence})`);
    return `${bold(this.#where(finding.place))}  ${this.#severity(finding.severity)}${sure}  ${finding.ruleId}`;
  }

  #severity(severity: Severity): string {
    const { red, yellow, blue } = this.#colours;
    return { error: red, warning: yellow, info: blue }[severity](severity);
  }

  #frame(finding: Finding): string[] {
    const text = this.#result.textOf(finding.place.file);
    if (text === undefined) return [];
    const { file, span } = finding.place;
    const grants = this.#result.deployables.flatMap((analysis) => analysis.grants);
    const known = grants.filter(({ place }) => place.file === file).map(({ place }) => place.span);
    return codeFrame(text, span, known, this.#colours);
  }

  /** The calls that speak for or against first, then every other related place. */
  #related(finding: Finding): string[] {
    const analysis = this.#result.deployables.find(({ deployable }) => deployable.id === finding.deployable);
    const used = new Set(finding.evidence.used);
    const calls = analysis?.accesses.filter((access) => used.has(access.id)) ?? [];
    const isCall = new Set(calls.map((access) => this.#where(access.place)));
    const others = finding.related.filter(({ place }) => !isCall.has(this.#where(place)));
    return [
      ...this.#shortened(calls.map((access) => this.#call(access, finding, analysis!))),
      ...this.#shortened(others.map(({ place, message }) => [this.#where(place), visible(message)])),
    ];
  }

  #call(access: Access, finding: Finding, analysis: DeployableAnalysis): string[] {
    const tools = access.reachedBy.map(({ tool }) => analysis.tools.find(({ id }) => id === tool)?.name);
    const names = [...new Set(tools.filter((name) => name !== undefined))];
    const caller =
      names.length === 0 ? "(no tool)" : names.length === 1 ? names[0]! : `${names[0]!} +${names.length - 1}`;
    return [
      visible(caller),
      this.#where(access.place),
      visible(shortOperation(access.operation)),
      this.#cover(access, finding, analysis),
    ];
  }

  /** What lets the call through once the advice is followed: the narrower set, or what stays granted. Else what it does. */
  #cover(access: Access, finding: Finding, analysis: DeployableAnalysis): string {
    if (finding.permission === null) return access.effect;
    const staying = analysis.grants
      .map(({ permission }) => permission.name)
      .filter((name) => name !== finding.permission);
    const cover = coveringAlternative(access, new Set([...finding.evidence.narrowest.flat(), ...staying]));
    const { green, dim } = this.#colours;
    if (finding.ruleId !== "missing-permission" && cover !== undefined && cover.length > 0)
      return green(`✓ ${visible(cover.map(shortPermission).join(" + "))}`);
    const least = access.requires[0];
    return least === undefined || least.length === 0
      ? ""
      : dim(`needs ${visible(least.map(shortPermission).join(" + "))}`);
  }

  #shortened(rows: string[][]): string[] {
    if (rows.length <= MOST_CALLS) return columns(rows);
    const shown = rows.slice(0, MOST_CALLS - 1);
    return [...columns(shown), this.#colours.dim(`… ${rows.length - shown.length} more`)];
  }

  #fix(fix: Fix): string {
    const title = visible(fix.title).replace(/^[A-Z](?=[a-z])/, (initial) => initial.toLowerCase());
    const note = fix.kind === "widens" ? " (adds a permission: yours to decide)" : "";
    return `${this.#colours.green("fix:")} ${title}${note}`;
  }

  #where(place: Finding["place"]): string {
    return `${visible(this.#locations.file(place.file))}:${this.#locations.line(place)}`;
  }
}
