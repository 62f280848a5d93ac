import { FRAMEWORKS } from "../agents/index.ts";
import { BINDINGS } from "../bindings/index.ts";
import type { Facts } from "../facts/lookup.ts";
import type { ModuleResolver, ResolutionHost } from "../frontends/resolution/host.ts";
import { readManifest, type ManifestReading } from "../manifests/index.ts";
import type { ManifestEntry } from "../manifests/manifest.ts";
import { mayBeManifest } from "../manifests/names.ts";
import { createPythonResolver } from "../frontends/resolution/python.ts";
import { createTypeScriptResolver } from "../frontends/resolution/typescript.ts";
import { summarise } from "../frontends/summarise.ts";
import type { Summarised } from "../frontends/summarise.ts";
import { declarationsOf, resolveInstalled } from "../frontends/resolution/installed.ts";
import { directoryOf, installedTreeOf, isWithin, joinPath } from "../frontends/resolution/paths.ts";
import type { Declared } from "../libraries/declared.ts";
import { CONFIGURATION_FILE } from "../workspace/configuration.ts";
import { declaredRelevance, spokenBy, type Spoken } from "./spoken.ts";
import type { DeployableAnalysis } from "../model/analysis.ts";
import { compareText, type Place } from "../model/place.ts";
import type { ModuleSummary, SummaryPositions } from "../model/summary.ts";
import type { Context, Query } from "../query/define.ts";
import { defineInput, defineQuery } from "../query/define.ts";
import type { ProgramHost, Resolution } from "../trace/program.ts";
import type { DeployableFiles } from "../workspace/deployables.ts";
import type { WorkspaceFile } from "../workspace/discover.ts";
import { isProduct, isProductCode } from "../workspace/discover.ts";
import type { FileContent } from "../workspace/file-system.ts";
import { createRelevanceTest, createTriggerTest, relevantFiles } from "../workspace/relevance.ts";
import type { Entry } from "../workspace/entries.ts";
import type { WorkspaceSnapshot } from "../workspace/workspace.ts";
import { unreadLanguageOf } from "../workspace/languages.ts";
import { withManifests } from "./manifests.ts";
import { speaksToAws, type Imported, type OwnManifest, type Started } from "./out-of-sight.ts";
import { place } from "./placing.ts";
import type { TracedDeployable } from "./traced.ts";
import { traceDeployable } from "./tracing.ts";
import type { EntryPoint } from "./tracing.ts";

/** Counts up when a file's text may have changed; what it says is read from the snapshot. */
export const fileStamp = defineInput<string, number>("fileStamp");
/** The workspace's files, roles and deployables. The only key is `""`; every structural change gives a new one. */
export const snapshotInput = defineInput<string, WorkspaceSnapshot>("snapshot", (a, b) => a === b);

export interface QueryOptions {
  readonly facts: Facts;
  /** Leave out files that cannot matter. Off only to prove that it makes no difference. */
  readonly prefilter: boolean;
  /** Looked at while a trace runs. */
  isCancelled?(): boolean;
}

/** Which files a deployable's trace starts from. */
export interface Seeds {
  readonly seeds: readonly string[];
  readonly entries: readonly EntryPoint[];
  /** Its own traced files. */
  readonly own: readonly string[];
}

interface Owned extends Pick<DeployableFiles, "deployable" | "files" | "entries"> {
  readonly manifests: readonly string[];
  readonly unread: readonly string[];
}

export interface Queries {
  readonly content: Query<string, FileContent>;
  readonly summary: Query<string, ModuleSummary | undefined>;
  readonly positions: Query<string, SummaryPositions | undefined>;
  readonly resolution: Query<string, Resolution>;
  readonly seeds: Query<string, Seeds>;
  /** What is said of functions that are not traced, for a deployable. */
  readonly spoken: Query<string, Spoken>;
  readonly traced: Query<string, TracedDeployable>;
  /** What a file says as a manifest. */
  readonly manifest: Query<string, ManifestReading | undefined>;
  readonly analysis: Query<string, DeployableAnalysis>;
  /** Where the trace of a deployable gets summaries from. */
  programHost(ask: <V>(query: Query<string, V>, key: string) => V, id: string): ProgramHost;
  /** The file is gone: its text need not be kept. */
  forget(path: string): void;
}

/** Texts of which a deployable must hold one to be looked at. */
const PRIMARY: readonly string[] = [
  "remit-ignore",
  "remit-assume",
  ...FRAMEWORKS.flatMap((f) => f.triggers),
  ...BINDINGS.flatMap((b) => b.triggers),
];
const LIBRARIES: readonly string[] = FRAMEWORKS.flatMap((framework) => framework.libraries ?? []);

const isReasonToLook = createTriggerTest(PRIMARY);
const matters = createRelevanceTest({
  primary: PRIMARY,
  secondary: BINDINGS.flatMap((b) => b.secondary?.texts ?? []),
  modules: BINDINGS.flatMap((b) => b.secondary?.modules ?? []),
});

/** Everything that follows from the files of a workspace, each step remembered with what it looked at. */
export function createQueries(options: QueryOptions): Queries {
  const { facts } = options;

  const content = defineQuery<string, FileContent>({
    name: "content",
    compute(context, path) {
      context.read(fileStamp, path);
      return context.read(snapshotInput, "")?.read(path) ?? { kind: "absent" };
    },
  });

  const exists = defineQuery<string, boolean>({
    name: "exists",
    compute: (context, path) => context.read(snapshotInput, "")?.exists(path) === true,
  });

  const realPath = defineQuery<string, string>({
    name: "realPath",
    compute: (context, path) => context.read(snapshotInput, "")?.realPath(path) ?? path,
  });

  const packagesNamed = defineQuery<string, readonly string[]>({
    name: "packagesNamed",
    compute: (context, name) => context.read(snapshotInput, "")?.packagesNamed(name) ?? [],
  });

  /** The traced files of each deployable, those that may be manifests, and those in languages that are not read. */
  const owned = defineQuery<string, Owned | undefined>({
    name: "owned",
    compute(context, id) {
      const snapshot = context.read(snapshotInput, "");
      const found = snapshot?.deployables.find((d) => d.deployable.id === id);
      if (!snapshot || !found) return undefined;
      const files = found.files.filter((path) => isTraced(snapshot.fileAt(path)));
      return {
        deployable: found.deployable,
        files,
        entries: found.entries.filter((e) => e.kind !== "customary" && files.includes(e.file)),
        manifests: found.files.filter((path) => mayBeManifest(path) && isProduct(snapshot.fileAt(path))),
        unread: found.files.filter((path) => unreadLanguageOf(path) !== undefined && isProduct(snapshot.fileAt(path))),
      };
    },
  });

  function textIn(context: Context, path: string): string | undefined {
    const found = context.ask(content, path);
    return found.kind === "text" ? found.text : undefined;
  }

  function resolutionHost(context: Context): ResolutionHost {
    return {
      exists: (path) => context.ask(exists, path),
      readText: (path) => (context.ask(exists, path) ? textIn(context, path) : undefined),
      packagesNamed: (name) => context.ask(packagesNamed, name),
      realPath: (path) => context.ask(realPath, path),
    };
  }

  // Texts are parsed once, also where fixes are tried on a copy of the workspace.
  const latest = new Map<string, { readonly text: string; readonly parsed: Summarised }>();
  function parse(path: string, text: string): Summarised {
    const known = latest.get(path);
    if (known?.text === text) return known.parsed;
    const made = summarise(path, text);
    latest.set(path, { text, parsed: made });
    return made;
  }

  const parsed = defineQuery<string, Summarised | undefined>({
    name: "parsed",
    compute(context, path) {
      const text = textIn(context, path);
      return text === undefined ? undefined : parse(path, text);
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
      if (installedTreeOf(file) !== "") return resolveInstalled(file, specifier, (path) => textIn(context, path));
      const create = file.endsWith(".py") ? createPythonResolver : createTypeScriptResolver;
      const found = create(resolutionHost(context)).resolve(file, specifier, form);
      return found.kind === "file" ? (spokenFor(context, file, specifier, found.file) ?? found) : found;
    },
  });

  /** A framework that is written in this very workspace is the same to its examples as to everybody else. */
  function spokenFor(context: Context, from: string, specifier: string, to: string): Resolution | undefined {
    const name = LIBRARIES.find((library) => specifier === library || specifier.startsWith(`${library}/`));
    if (name === undefined) return undefined;
    const holds = (library: string, file: string) =>
      context.ask(packagesNamed, library).some((root) => isWithin(file, root));
    if (!holds(name, to) || LIBRARIES.some((library) => holds(library, from))) return undefined;
    return { kind: "package", name, subpath: specifier.slice(name.length + 1) };
  }

  /** The types of an installed package, as a deployable finds it. */
  const installedTypes = defineQuery<string, string | undefined>({
    name: "installedTypes",
    compute(context, key) {
      const [packagePath, root] = JSON.parse(key) as [string, string];
      return declarationsOf(packagePath, root, (path) => textIn(context, path));
    },
  });

  /** What `remit.yaml` says of the trace of a deployable. */
  const configured = defineQuery<string, { readonly models: readonly Declared[]; readonly types: boolean }>({
    name: "configured",
    compute(context, id) {
      const root = context.ask(owned, id)?.deployable.root ?? "";
      const configuration = context.read(snapshotInput, "")?.configurationFor(joinPath(root, CONFIGURATION_FILE)!);
      return { models: configuration?.models ?? [], types: configuration?.types ?? false };
    },
  });

  const spoken = defineQuery<string, Spoken>({
    name: "spoken",
    compute: (context, id) => spokenBy(context.ask(configured, id).models, facts),
    equal: (a, b) => a === b,
  });

  const manifest = defineQuery<string, ManifestReading | undefined>({
    name: "manifest",
    compute(context, path) {
      const text = textIn(context, path);
      return text === undefined ? undefined : readManifest(path, text);
    },
  });

  function manifestsOf(context: Context, id: string): OwnManifest[] {
    return (context.ask(owned, id)?.manifests ?? []).flatMap((file) => {
      const reading = context.ask(manifest, file);
      return reading ? [{ file, reading }] : [];
    });
  }

  /** Packages that files import which may speak to AWS, each where it is first. */
  function importedBy(context: Context, files: readonly string[]): Imported[] {
    const first = new Map<string, Imported>();
    for (const file of [...files].sort(compareText)) {
      if (!speaksToAws(textIn(context, file) ?? "")) continue;
      const requests = context.ask(summary, file)?.requests ?? [];
      for (const [index, { specifier, typeOnly }] of requests.entries()) {
        const span = context.ask(positions, file)?.requests[index];
        if (typeOnly || specifier.startsWith(".") || first.has(specifier) || !span || !speaksToAws(specifier)) continue;
        first.set(specifier, { specifier, place: { file, span } });
      }
    }
    return [...first.values()];
  }

  /** Deployables whose code lies below a manifest of this one. */
  const below = defineQuery<string, readonly string[]>({
    name: "below",
    compute(context, id) {
      const folders = manifestsOf(context, id).map(({ file }) => directoryOf(file));
      const all = folders.length === 0 ? [] : (context.read(snapshotInput, "")?.deployables ?? []);
      return all
        .filter(
          ({ deployable: { id: other, root } }) => other !== id && folders.some((folder) => isWithin(root, folder)),
        )
        .map(({ deployable }) => deployable.id);
    },
  });

  const seeds = defineQuery<string, Seeds>({
    name: "seeds",
    compute(context, id) {
      const found = context.ask(owned, id);
      const own = found?.files ?? [];
      const scanned = own.map((path) => ({ path, text: textIn(context, path) ?? "" }));
      const resolve = (from: string, specifier: string): string | undefined => {
        const target = context.ask(resolution, resolutionKey(from, "import", specifier));
        return target.kind === "file" ? target.file : undefined;
      };
      // What any program does makes no deployable worth a look: a plain command line tool is left alone.
      const { models, types } = context.ask(configured, id);
      const ownMatters = declaredRelevance(models);
      // A type of an installed package may be a client, whatever the code itself names.
      if (!types && !scanned.some(({ text, path }) => isReasonToLook(text) || ownMatters(text, path)))
        return { seeds: [], entries: [], own };
      const entries = entryPoints([...(found?.entries ?? []), ...startedByManifests(manifestsOf(context, id), own)]);
      if (!options.prefilter || types) return { seeds: own, entries, own };
      const relevant = relevantFiles(scanned, resolve, (text, path) => matters(text) || ownMatters(text, path));
      return { seeds: [...new Set([...relevant, ...entries.map(({ file }) => file)])].sort(), entries, own };
    },
  });

  function programHost(ask: <V>(query: Query<string, V>, key: string) => V, id: string): ProgramHost {
    const root = ask(owned, id)?.deployable.root ?? "";
    return {
      summary: (file) => ask(summary, file),
      resolve: (file, request) => ask(resolution, resolutionKey(file, request.form, request.specifier)),
      ...(ask(configured, id).types && {
        declarations: (name) => ask(installedTypes, JSON.stringify([name, root])),
      }),
    };
  }

  const traced = defineQuery<string, TracedDeployable>({
    name: "traced",
    compute(context, id) {
      const from = context.ask(seeds, id);
      const said = context.ask(spoken, id);
      return traceDeployable({
        deployable: id,
        seeds: from.seeds,
        entries: from.entries,
        own: new Set(from.own),
        host: programHost((query, key) => context.ask(query, key), id),
        frameworks: FRAMEWORKS,
        bindings: said.bindings,
        models: said.models,
        facts: said.facts,
        isCancelled: () => options.isCancelled?.() === true,
      });
    },
  });

  const analysis: Query<string, DeployableAnalysis> = defineQuery<string, DeployableAnalysis>({
    name: "analysis",
    compute(context, id) {
      const deployable = context.ask(owned, id)?.deployable ?? { id, name: "", kind: "tree", root: "" };
      const host = {
        summary: (file: string) => context.ask(summary, file),
        positions: (file: string) => context.ask(positions, file),
        text: (file: string) => textIn(context, file),
      };
      const said = context.ask(spoken, id).facts;
      const { unread = [], files = [] } = context.ask(owned, id) ?? {};
      const manifests = manifestsOf(context, id);
      const lower = context.ask(below, id);
      const code = [...files, ...lower.flatMap((other) => context.ask(owned, other)?.files ?? [])];
      const around = {
        manifests,
        started: manifests.flatMap((own) => codeStartedBy(own, code)),
        elsewhere: startedElsewhere(manifests, code),
        imported: manifests.some(({ reading }) => reading.content.grants.some(({ provider }) => provider === "aws"))
          ? importedBy(context, code)
          : [],
        unread: unread.map((file) => ({ file, language: unreadLanguageOf(file)! })),
        below: lower.map((other) => context.ask(analysis, other)),
      };
      return withManifests(place(deployable, context.ask(traced, id), host, said), around, said);
    },
  });

  return {
    content,
    summary,
    positions,
    resolution,
    seeds,
    spoken,
    traced,
    manifest,
    analysis,
    programHost,
    forget: (path) => void latest.delete(path),
  };
}

/** The code that manifests name as what is started, among the files of a deployable; of a folder nobody knows what is. */
function startedByManifests(manifests: readonly OwnManifest[], own: readonly string[]): EntryPoint[] {
  return manifests.flatMap(({ file, reading }) =>
    reading.content.entries.flatMap((entry) =>
      codeOf({ ...entry, folder: undefined }, file, own).map((path) => ({
        file: path,
        ...(entry.function !== undefined && { function: entry.function }),
      })),
    ),
  );
}

/** The files that a manifest names, with the lists in force there. */
function codeStartedBy({ file: manifest, reading }: OwnManifest, files: readonly string[]): Started[] {
  return reading.content.entries.flatMap((entry) =>
    codeOf(entry, manifest, files).map((file) => ({ manifest, file, ...(entry.lists && { lists: entry.lists }) })),
  );
}

/** Where manifests name code that is none of these files. */
function startedElsewhere(manifests: readonly OwnManifest[], files: readonly string[]): Place[] {
  return manifests.flatMap(({ file, reading }) =>
    reading.content.entries
      .filter((entry) => entry.span !== undefined && codeOf(entry, file, files).length === 0)
      .map(({ span }) => ({ file, span: span! })),
  );
}

/** The files that an entry stands for. */
function codeOf({ file, folder }: ManifestEntry, manifest: string, files: readonly string[]): string[] {
  const [wanted, within] = [file, folder].map((path) =>
    path === undefined ? undefined : joinPath(directoryOf(manifest), path),
  );
  if (within !== undefined) return files.filter((path) => isWithin(path, within));
  return files.filter((path) => path === wanted || path.replace(/\.[cm]?[jt]sx?$|\.py$/, "") === wanted);
}

export function resolutionKey(file: string, form: string, specifier: string): string {
  return JSON.stringify([file, form, specifier]);
}

/** Product code in a language that is followed. */
export function isTraced(file: WorkspaceFile | undefined): boolean {
  return file !== undefined && isProductCode(file);
}

/** Whether a text says anything for which its deployable is looked at. */
export function mentionsTrigger(text: string): boolean {
  return isReasonToLook(text);
}

/** Each file once, as a whole if anything calls for that; sorted. */
function entryPoints(entries: readonly Pick<Entry, "file" | "function">[]): EntryPoint[] {
  const files = [...new Set(entries.map(({ file }) => file))].sort();
  return files.flatMap((file): EntryPoint[] => {
    const called = entries.filter((entry) => entry.file === file).map((entry) => entry.function);
    if (called.includes(undefined)) return [{ file }];
    return [...new Set(called.filter((name) => name !== undefined))]
      .sort(compareText)
      .map((name) => ({ file, function: name }));
  });
}
