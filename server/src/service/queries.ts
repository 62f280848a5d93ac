import { FRAMEWORKS } from "../agents/index.ts";
import { BINDINGS } from "../bindings/index.ts";
import type { Facts } from "../facts/lookup.ts";
import type { ModuleResolver, ResolutionHost } from "../frontends/resolution/host.ts";
import { createJsonSource } from "../frontends/resolution/host.ts";
import { createTypeScriptResolver } from "../frontends/resolution/typescript.ts";
import { summariseTypeScript } from "../frontends/typescript/summarise.ts";
import type { Deployable, DeployableAnalysis } from "../model/analysis.ts";
import type { ModuleSummary, SummaryPositions } from "../model/summary.ts";
import type { Context, Query } from "../query/define.ts";
import { defineInput, defineQuery } from "../query/define.ts";
import type { Resolution } from "../trace/program.ts";
import type { Ownership } from "../workspace/deployables.ts";
import { findDeployables } from "../workspace/deployables.ts";
import type { WorkspaceFile } from "../workspace/discover.ts";
import { discover, isProductCode } from "../workspace/discover.ts";
import type { FileContent, FileKind, FileSystem } from "../workspace/file-system.ts";
import { findPackages } from "../workspace/packages.ts";
import { relevantFiles } from "../workspace/relevance.ts";
import type { Walk } from "../workspace/walk.ts";
import { walk } from "../workspace/walk.ts";
import { place } from "./placing.ts";
import { traceDeployable } from "./tracing.ts";
import type { TracedDeployable } from "./traced.ts";

/** Counts up when a file's text may have changed; what it says is read from the file system. */
export const fileStamp = defineInput<string, number>("fileStamp");
/** Counts up when files came or went. The only key is `""`. */
export const treeStamp = defineInput<string, number>("treeStamp");

export interface QueryOptions {
  readonly fileSystem: FileSystem;
  readonly facts: Facts;
  /** Named on the command line, relative to the root. */
  readonly paths: readonly string[];
  readonly ignoreFilesAbove: readonly { readonly prefix: string; readonly text: string }[];
  readonly isIncluded: (path: string) => boolean;
  /** Leave out files that cannot matter. Off only to prove that it makes no difference. */
  readonly prefilter: boolean;
}

export interface Project {
  readonly files: readonly WorkspaceFile[];
  readonly ownership: Ownership;
  readonly problems: readonly { readonly file: string; readonly message: string }[];
}

/** Which files a deployable's trace starts from. */
export interface Seeds {
  readonly seeds: readonly string[];
  readonly entries: readonly string[];
}

interface Parsed {
  readonly summary: ModuleSummary;
  readonly positions: SummaryPositions;
}

export interface Queries {
  readonly content: Query<string, FileContent>;
  readonly walk: Query<string, Walk>;
  readonly project: Query<string, Project>;
  readonly summary: Query<string, ModuleSummary | undefined>;
  readonly positions: Query<string, SummaryPositions | undefined>;
  readonly resolution: Query<string, Resolution>;
  readonly seeds: Query<string, Seeds>;
  readonly traced: Query<string, TracedDeployable>;
  readonly analysis: Query<string, DeployableAnalysis>;
}

/** Texts without which nothing in a deployable can matter. */
export const TRIGGERS: readonly string[] = [...new Set([...FRAMEWORKS.flatMap((f) => f.triggers), ...BINDINGS.flatMap((b) => b.triggers)])].sort();

/** Everything that follows from the files of a workspace, each step remembered with what it looked at. */
export function createQueries(options: QueryOptions): Queries {
  const { fileSystem, facts } = options;

  const content = defineQuery<string, FileContent>({
    name: "content",
    compute(context, path) {
      context.read(fileStamp, path);
      return fileSystem.read(path);
    },
  });

  const kind = defineQuery<string, FileKind>({
    name: "kind",
    compute(context, path) {
      context.read(treeStamp, "");
      return fileSystem.kind(path);
    },
  });

  const walked = defineQuery<string, Walk>({
    name: "walk",
    compute(context) {
      context.read(treeStamp, "");
      return walk(fileSystem, { paths: options.paths, ignoreFilesAbove: options.ignoreFilesAbove });
    },
  });

  const listed = defineQuery<string, ReadonlySet<string>>({
    name: "listed",
    compute: (context) => new Set(context.ask(walked, "").files),
  });

  const exists = defineQuery<string, boolean>({
    name: "exists",
    compute: (context, path) => context.ask(listed, "").has(path),
  });

  const packages = defineQuery<string, ReturnType<typeof findPackages>>({
    name: "packages",
    compute: (context) => findPackages(context.ask(walked, "").files, (path) => textIn(context, path)),
    equal: (a, b) => JSON.stringify(a.all) === JSON.stringify(b.all) && JSON.stringify(a.problems) === JSON.stringify(b.problems),
  });

  function textIn(context: Context, path: string): string | undefined {
    const found = context.ask(content, path);
    return found.kind === "text" ? found.text : undefined;
  }

  function resolutionHost(context: Context): ResolutionHost {
    return {
      exists: (path) => context.ask(exists, path),
      readText: (path) => textIn(context, path),
      packagesNamed: (name) => context.ask(packages, "").all.filter((p) => p.name === name).map((p) => p.root),
    };
  }

  const project = defineQuery<string, Project>({
    name: "project",
    compute(context) {
      const source = createJsonSource(resolutionHost(context));
      const found = context.ask(walked, "");
      const known = context.ask(packages, "");
      const files = discover(found.files, known, source, { named: options.paths, isIncluded: options.isIncluded });
      return { files, ownership: findDeployables(files, known, source, options.paths), problems: [...found.problems, ...known.problems] };
    },
  });

  const parsed = defineQuery<string, Parsed | undefined>({
    name: "parsed",
    compute(context, path) {
      const text = textIn(context, path);
      return text === undefined ? undefined : summariseTypeScript(path, text);
    },
    equal: () => false,
  });

  const summary = defineQuery<string, ModuleSummary | undefined>({
    name: "summary",
    compute: (context, path) => context.ask(parsed, path)?.summary,
  });

  const positions = defineQuery<string, SummaryPositions | undefined>({
    name: "positions",
    compute: (context, path) => context.ask(parsed, path)?.positions,
  });

  const resolution = defineQuery<string, Resolution>({
    name: "resolution",
    compute(context, key) {
      const [file, form, specifier] = JSON.parse(key) as [string, Parameters<ModuleResolver["resolve"]>[2], string];
      return createTypeScriptResolver(resolutionHost(context)).resolve(file, specifier, form);
    },
  });

  const seeds = defineQuery<string, Seeds>({
    name: "seeds",
    compute(context, id) {
      const { files, ownership } = context.ask(project, "");
      const owned = ownership.deployables.find((d) => d.deployable.id === id);
      const code = new Set(files.filter(isTraced).map((f) => f.path));
      const own = (owned?.files ?? []).filter((path) => code.has(path));
      const scanned = own.map((path) => ({ path, text: textIn(context, path) ?? "" }));
      const resolve = (from: string, specifier: string): string | undefined => {
        const target = context.ask(resolution, resolutionKey(from, "import", specifier));
        return target.kind === "file" ? target.file : undefined;
      };
      const relevant = relevantFiles(scanned, resolve, TRIGGERS);
      if (relevant.size === 0 && options.prefilter) return { seeds: [], entries: [] };
      const entries = [...new Set((owned?.entries ?? []).map((e) => e.file))].filter((path) => code.has(path)).sort();
      return { seeds: options.prefilter ? [...new Set([...relevant, ...entries])].sort() : own, entries };
    },
  });

  const traced = defineQuery<string, TracedDeployable>({
    name: "traced",
    compute(context, id) {
      const { files, ownership } = context.ask(project, "");
      const owned = ownership.deployables.find((d) => d.deployable.id === id);
      return traceDeployable({
        deployable: id,
        ...context.ask(seeds, id),
        own: new Set((owned?.files ?? []).filter((path) => files.some((f) => f.path === path && isTraced(f)))),
        host: {
          summary: (file) => context.ask(summary, file),
          resolve: (file, request) => context.ask(resolution, resolutionKey(file, request.form, request.specifier)),
        },
        frameworks: FRAMEWORKS,
        bindings: BINDINGS,
        facts,
      });
    },
  });

  const analysis = defineQuery<string, DeployableAnalysis>({
    name: "analysis",
    compute(context, id) {
      const deployable = deployableOf(context.ask(project, ""), id);
      return place(deployable, context.ask(traced, id), {
        summary: (file) => context.ask(summary, file),
        positions: (file) => context.ask(positions, file),
        text: (file) => textIn(context, file),
      }, facts);
    },
  });

  return { content, walk: walked, project, summary, positions, resolution, seeds, traced, analysis };
}

export function resolutionKey(file: string, form: string, specifier: string): string {
  return JSON.stringify([file, form, specifier]);
}

/** Product code in a language that is followed. */
export function isTraced(file: WorkspaceFile): boolean {
  return isProductCode(file) && (file.language === "typescript" || file.language === "javascript");
}

function deployableOf(project: Project, id: string): Deployable {
  const found = project.ownership.deployables.find((d) => d.deployable.id === id);
  return found?.deployable ?? { id, name: "", kind: "tree", root: "" };
}
