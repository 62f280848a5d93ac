import type { Place, Span } from "../model/place.ts";
import type { FunctionPositions, FunctionSummary, ModuleSummary, SummaryPositions } from "../model/summary.ts";
import type { Site } from "./traced.ts";

/** What is needed to say where things stand. */
export interface PlacingHost {
  summary(file: string): ModuleSummary | undefined;
  positions(file: string): SummaryPositions | undefined;
  text(file: string): string | undefined;
}

/** Looks places up, one index a file. */
export class Placer {
  readonly host: PlacingHost;
  private readonly indexes = new Map<string, ReadonlyMap<string, number>>();

  constructor(host: PlacingHost) {
    this.host = host;
  }

  function(file: string, path: string): { summary: FunctionSummary; positions: FunctionPositions } | undefined {
    const functions = this.host.summary(file)?.functions;
    let index = this.indexes.get(file);
    if (!index) this.indexes.set(file, (index = new Map(functions?.map((f, i) => [f.path, i]))));
    const at = index.get(path);
    const summary = at === undefined ? undefined : functions?.[at];
    const positions = at === undefined ? undefined : this.host.positions(file)?.functions[at];
    return summary && positions ? { summary, positions } : undefined;
  }

  span(site: Site): Span {
    const positions = this.function(site.file, site.function)?.positions;
    const start = positions?.nodes[site.node * 2];
    const end = positions?.nodes[site.node * 2 + 1];
    return start === undefined || end === undefined ? { start: 0, end: 0 } : { start, end };
  }

  place(site: Site): Place {
    return { file: site.file, span: this.span(site) };
  }

  /** Spans of the entries of an object or list node. */
  entries(site: Site): Span[] {
    const flat = this.function(site.file, site.function)?.positions.entries[site.node] ?? [];
    return Array.from({ length: flat.length / 2 }, (_, i) => ({ start: flat[i * 2]!, end: flat[i * 2 + 1]! }));
  }

  source(site: Site): string {
    const { start, end } = this.span(site);
    return this.host.text(site.file)?.slice(start, end) ?? "";
  }
}
