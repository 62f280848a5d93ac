import type { Access, Agent, DeployableAnalysis, Grant, Tool } from "../model/analysis.ts";
import { compareText } from "../model/place.ts";
import type { Place } from "../model/place.ts";
import type { WorkspaceResult } from "../model/result.ts";
import { coloursFor } from "./colours.ts";
import type { Colours } from "./colours.ts";
import { lastLine } from "./last-line.ts";
import { leastSets } from "./least-sets.ts";
import { Locations } from "./locations.ts";
import { limitTo, ownAssumptions } from "./selection.ts";
import type { Selection } from "./selection.ts";
import { visible } from "./visible.ts";
import { columns, counted, shortPermission } from "./words.ts";

/** What `remit inventory` prints: per deployable its agents, their tools and calls, what is granted, what cannot be seen. */
export function inventoryText(
  result: WorkspaceResult,
  options: Pick<Selection, "paths"> & { readonly root: string; readonly colour: boolean },
): string {
  const page = new InventoryPage(new Locations(result, options.root), coloursFor(options.colour));
  const deployables = result.deployables.map((whole) => ({ whole, shown: limitTo(whole, options.paths) }));
  return [
    ...deployables
      .filter(({ shown }) => !isEmpty(shown))
      .map(({ whole, shown }) => `${page.of(shown, whole).join("\n")}\n`),
    visible(lastLine({ ...result, deployables: deployables.map(({ shown }) => shown) }, null)),
    "",
  ].join("\n");
}

function isEmpty({ agents, tools, accesses, grants, blindSpots }: DeployableAnalysis): boolean {
  return [agents, tools, accesses, grants, blindSpots].every((list) => list.length === 0);
}

/** Lays deployables out. Everything that stems from the workspace is made visible here. */
class InventoryPage {
  readonly #locations: Locations;
  readonly #colours: Colours;

  constructor(locations: Locations, colours: Colours) {
    this.#locations = locations;
    this.#colours = colours;
  }

  /** `whole`: with what lies outside the paths asked about, where a statement is about all of it. */
  of(analysis: DeployableAnalysis, whole: DeployableAnalysis): string[] {
    const { bold, dim } = this.#colours;
    const { deployable, agents, tools } = analysis;
    const orphans = tools.filter((tool) => !agents.some((agent) => agent.id === tool.agent));
    return [
      `${bold(visible(deployable.name))}  ${dim(visible(this.#locations.file(deployable.root)))}`,
      ...agents.flatMap((agent) => this.#agent(agent, analysis)),
      ...orphans.flatMap((tool) => this.#tool(tool, analysis)),
      ...this.#outsideTools(analysis),
      ...this.#grants(analysis),
      ...this.#leastSets(analysis, whole),
      ...this.#blindSpots(analysis),
      ...this.#assumptions(analysis),
    ];
  }

  #agent(agent: Agent, analysis: DeployableAnalysis): string[] {
    const { bold, dim } = this.#colours;
    const coverage = agent.coverage === "seen" ? "" : `  (${agent.coverage})`;
    return [
      `  ${agent.kind} ${bold(visible(agent.name))}  ${dim(this.#where(agent.place))}${coverage}`,
      ...(agent.purpose === null ? [] : [`    purpose: ${visible(agent.purpose)}`]),
      ...analysis.tools
        .filter((tool) => tool.agent === agent.id)
        .flatMap((tool) => this.#tool(tool, analysis))
        .map((line) => `  ${line}`),
    ];
  }

  #tool(tool: Tool, analysis: DeployableAnalysis): string[] {
    const { cyan, dim } = this.#colours;
    const hints = (["readOnlyHint", "destructiveHint", "idempotentHint", "openWorldHint"] as const)
      .filter((hint) => tool.annotations[hint] !== undefined)
      .map((hint) => `${hint}: ${tool.annotations[hint]}`);
    const called = new Set(tool.accesses);
    const calls = analysis.accesses.filter((access) => called.has(access.id));
    const telling = calls.filter(({ ownState, mayBeOwnState }) => !ownState && !mayBeOwnState);
    const kept = calls.length - telling.length;
    const elsewhere = tool.accesses.length - calls.length;
    const blind = tool.blindSpots.length > 0 ? "  (not everything it does can be seen)" : "";
    return [
      `  tool ${cyan(visible(tool.name))}  ${dim(this.#where(tool.place))}${hints.length > 0 ? `  ${hints.join(", ")}` : ""}${blind}`,
      ...this.#calls(telling).map((line) => `    ${line}`),
      ...(kept > 0
        ? [
            dim(
              `    ${telling.length > 0 ? "… " : ""}${counted(kept, "call")} for the program's own state, as far as can be told`,
            ),
          ]
        : []),
      ...(elsewhere > 0 ? [dim(`    … ${counted(elsewhere, calls.length > 0 ? "more call" : "call")} elsewhere`)] : []),
      ...(tool.accesses.length === 0 && blind === "" ? [dim("    no calls")] : []),
    ];
  }

  #outsideTools({ accesses, tools }: DeployableAnalysis): string[] {
    const inTools = new Set(tools.flatMap((tool) => tool.accesses));
    const calls = accesses.filter((access) => !inTools.has(access.id));
    return calls.length === 0 ? [] : ["  outside any tool", ...this.#calls(calls).map((line) => `    ${line}`)];
  }

  #calls(accesses: readonly Access[]): string[] {
    return columns(
      accesses.map((access) => [
        this.#where(access.place),
        visible(access.operation),
        access.ownState ? `${access.effect}, own state` : access.effect,
        this.#needs(access),
      ]),
    );
  }

  #needs({ requires, resource }: Access): string {
    if (requires.length === 0) return "needs: unknown";
    const [least, ...others] = requires.map((alternative) => visible(alternative.map(shortPermission).join(" + ")));
    if (least === "") return "needs nothing";
    return others.length === 0
      ? `needs ${least}${resource === null ? "" : ` on ${visible(resource)}`}`
      : this.#colours.dim(`needs ${least} (or ${others.length} other${others.length === 1 ? "" : "s"})`);
  }

  #grants({ grants }: DeployableAnalysis): string[] {
    if (grants.length === 0) return [];
    const rows = grants.map((grant) => [
      visible(shortPermission(grant.written)),
      this.#where(grant.place),
      visible(`${grant.verb} by ${grant.form}`) + asides(grant),
    ]);
    return ["  granted", ...columns(rows).map((line) => `    ${line}`)];
  }

  /** Where no grant is in sight there is no verdict; the least set is what one would ask for. */
  #leastSets(shown: DeployableAnalysis, { accesses, grants }: DeployableAnalysis): string[] {
    const granted = new Set(grants.map(({ credential }) => credential));
    const credentials = [...new Set(shown.accesses.map(({ credential }) => credential))].sort(compareText);
    return credentials
      .filter(
        (credential) =>
          ![...granted].some(
            (key) => key === credential || isProviderOf(key, credential) || isProviderOf(credential, key),
          ),
      )
      .flatMap((credential) => {
        const [least] = leastSets(accesses.filter((access) => access.credential === credential));
        if (least === undefined || least.length === 0) return [];
        return [
          `  no grant in sight for ${visible(credential)}; its calls need`,
          ...least.map((name) => `    ${visible(name)}`),
        ];
      });
  }

  #blindSpots({ blindSpots }: DeployableAnalysis): string[] {
    if (blindSpots.length === 0) return [];
    const rows = blindSpots.map((spot) => [this.#where(spot.place), visible(spot.reason)]);
    return [this.#colours.yellow("  blind spots"), ...columns(rows).map((line) => `    ${line}`)];
  }

  #assumptions(analysis: DeployableAnalysis): string[] {
    const assumptions = ownAssumptions(analysis);
    if (assumptions.length === 0) return [];
    const rows = assumptions.map(({ place, reason, by, statement }) => [
      this.#where(place),
      visible(reason),
      this.#colours.dim(visible(statement ?? by)),
    ]);
    return ["  assumed", ...columns(rows).map((line) => `    ${line}`)];
  }

  #where(place: Place): string {
    return `${visible(this.#locations.file(place.file))}:${this.#locations.line(place)}`;
  }
}

function asides(grant: Grant): string {
  return [
    grant.mode === undefined ? "" : `, when ${visible(grant.mode)}`,
    grant.open ? ", list partly unknown" : "",
  ].join("");
}

/** `google` stands for every client of Google: a grant without a known client may be that of any. */
function isProviderOf(provider: string, credential: string): boolean {
  return credential.startsWith(`${provider}:`);
}
