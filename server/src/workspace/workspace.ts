import { compareText } from "../model/place.ts";
import { createJsonSource, type ModuleResolver, type ResolutionHost } from "../frontends/resolution/host.ts";
import { readConfiguration } from "../frontends/resolution/tsconfig.ts";
import { createTypeScriptResolver } from "../frontends/resolution/typescript.ts";
import { ancestorsOf, baseNameOf, directoryOf, joinPath, relativeTo } from "../frontends/resolution/paths.ts";
import { CONFIGURATION_FILE, readConfigurations, type Configuration } from "./configuration.ts";
import { findDeployables, type DeployableFiles } from "./deployables.ts";
import { discover, roleContextOf, type WorkspaceFile } from "./discover.ts";
import { describeContent, reasonOf, type FileContent, type FileSystem } from "./file-system.ts";
import { isAnalysedCode, languageOf, unreadLanguageOf } from "./languages.ts";
import { createOverlayFileSystem, type OverlayFileSystem } from "./overlay-file-system.ts";
import { findPackages } from "./packages.ts";
import { isAnalysedRole, roleOfPath } from "./roles.ts";
import { walk, type WalkOptions } from "./walk.ts";

export interface Problem {
  readonly file: string;
  readonly message: string;
}

/** The workspace at one moment. Everything in it is sorted, and the same however the workspace came to be so. */
export interface WorkspaceSnapshot {
  /** Files to consider, with roles. Files that `lint.exclude` leaves out are not among them, but `exists` knows them. */
  readonly files: readonly WorkspaceFile[];
  fileAt(path: string): WorkspaceFile | undefined;
  /** Whether a file is there that an import may lead to, perhaps through a link. */
  exists(path: string): boolean;
  /** Where a file is once the links on its path are followed. */
  realPath(path: string): string;
  read(path: string): FileContent;
  readonly deployables: readonly DeployableFiles[];
  /** Id of the deployable a file belongs to. */
  ownerOf(path: string): string | undefined;
  configurationFor(path: string): Configuration;
  /** Roots of the packages of this workspace that go by a name. */
  packagesNamed(name: string): readonly string[];
  /** Resolves imports as of this moment. A query core that records what was asked makes its own from `createTypeScriptResolver`. */
  readonly resolver: ModuleResolver;
  /** Wrong configuration, directories that cannot be read, named paths that are not there. */
  readonly problems: readonly Problem[];
}

/** What changed from one snapshot to the next. */
export interface WorkspaceChange {
  readonly snapshot: WorkspaceSnapshot;
  /** Files that came, went, or whose text may differ. */
  readonly changed: ReadonlySet<string>;
  /** Files, roles, deployables or configuration may differ too, not just texts. */
  readonly structural: boolean;
}

export interface WorkspaceOptions extends WalkOptions {
  /** Ids that `remit.yaml` may name. */
  readonly knownRules?: readonly string[];
  /** Text of a configuration that counts for the whole workspace, in place of its own. */
  readonly configuration?: string;
}

/**
 * A workspace that is looked at again and again while its files change: on the disk, and in the open documents of an
 * editor. Contents are kept until somebody says that they changed.
 */
export class Workspace {
  readonly #saved: CachedFileSystem;
  readonly #overlay: OverlayFileSystem;
  readonly #options: WorkspaceOptions;
  readonly #changed = new Set<string>();
  #rescan = true;
  #structure: Structure | undefined;
  /** Changed files that are there and ignored: to change them again shapes nothing. */
  #ignored = new Set<string>();

  constructor(fileSystem: FileSystem, options: WorkspaceOptions = {}) {
    this.#saved = createCachedFileSystem(fileSystem);
    this.#overlay = createOverlayFileSystem(this.#saved);
    this.#options = options;
  }

  /** A document was opened in an editor, or its unsaved text changed. */
  setDocument(path: string, text: string): void {
    this.#overlay.set(path, text);
    this.#changed.add(path);
  }

  /** A document was closed: what is saved counts again. */
  closeDocument(path: string): void {
    this.#overlay.remove(path);
    this.#saved.forget(path);
    this.#changed.add(path);
  }

  /** Files came, went or changed on the disk. Without paths: anything may have. */
  filesChanged(paths?: Iterable<string>): void {
    if (paths === undefined) {
      this.#saved.forget();
      this.#rescan = true;
      return;
    }
    for (const path of paths) {
      this.#saved.forget(path);
      this.#changed.add(path);
    }
  }

  /** The workspace as it is now, and what changed since this was last asked. */
  async refresh(): Promise<WorkspaceChange> {
    const before = this.#structure;
    const structural =
      before === undefined || this.#rescan || [...this.#changed].some((path) => this.#shapes(before, path));
    const changed = new Set(this.#changed);
    // After a rescan any text may differ.
    const doubtful = this.#rescan ? (before?.walked ?? []) : [];
    this.#changed.clear();
    this.#rescan = false;
    if (!structural) return { snapshot: before.snapshot, changed, structural };

    const now = await readStructure(this.#overlay, this.#options);
    this.#structure = now;
    const unlisted = [...this.#ignored, ...changed].filter(
      (path) => !now.walked.has(path) && this.#overlay.kind(path) === "file",
    );
    this.#ignored = new Set(unlisted);
    for (const path of [...doubtful, ...differences(before?.walked ?? new Set(), now.walked)]) changed.add(path);
    return { snapshot: now.snapshot, changed, structural };
  }

  /** Whether a change of this file can change more than its text: it came or went, or roles and configuration were read from it. */
  #shapes(structure: Structure, path: string): boolean {
    if (structure.decidedBy.has(path)) return true;
    const isThere = this.#overlay.kind(path) === "file";
    return isThere !== (structure.walked.has(path) || this.#ignored.has(path));
  }
}

interface Structure {
  readonly snapshot: WorkspaceSnapshot;
  /** All files that are not ignored. */
  readonly walked: ReadonlySet<string>;
  /** Files whose texts had a say in anything but their own analysis. */
  readonly decidedBy: ReadonlySet<string>;
}

async function readStructure(fileSystem: FileSystem, options: WorkspaceOptions): Promise<Structure> {
  const found = walk(fileSystem, options);
  const walked = new Set(found.files);
  const decidedBy = new Set(found.ignoreFiles);
  const unreadable: Problem[] = [];
  const realPath = createLinkFollower(found.links);
  const exists = (path: string): boolean => walked.has(realPath(path));
  const readText = (path: string): string | undefined => {
    const content = exists(path) ? fileSystem.read(realPath(path)) : undefined;
    return content?.kind === "text" ? content.text : undefined;
  };
  const decide = (path: string): string | undefined => {
    const place = realPath(path);
    decidedBy.add(place);
    const content = walked.has(place) ? fileSystem.read(place) : undefined;
    // Of code it is said where it is analysed; a source map may be as large as it likes.
    if (
      content !== undefined &&
      content.kind !== "text" &&
      !isAnalysedCode(languageOf(place)) &&
      !place.endsWith(".map")
    ) {
      unreadable.push({ file: place, message: describeContent(place, content) });
    }
    return content?.kind === "text" ? content.text : undefined;
  };

  const packages = findPackages(found.files, decide);
  const rootsByName = new Map<string, string[]>();
  const host = (read: (path: string) => string | undefined): ResolutionHost => ({
    exists,
    readText: read,
    packagesNamed: (name) => rootsByName.get(name) ?? [],
    realPath,
  });
  const source = createJsonSource(host(decide));
  const given = options.configuration;
  const configurations = await readConfigurations(
    given === undefined ? found.files : [CONFIGURATION_FILE],
    given === undefined ? decide : () => given,
    options.knownRules ?? [],
  );
  const files = discover(found.files, packages, source, {
    named: options.paths,
    isIncluded: (path) => configurations.configurationFor(path).isIncluded,
  });
  const byPath = new Map(files.map((file) => [file.path, file]));
  const roles = roleContextOf(packages, options.paths ?? []);
  for (const { name, root, manifest } of packages.all) {
    const role = roleOfPath(manifest, roles);
    // The packages of tests are dummies: nothing of the product means them.
    if (name !== undefined && role !== "test" && role !== "vendored")
      rootsByName.set(name, [...(rootsByName.get(name) ?? []), root]);
  }
  const ownership = findDeployables(files, packages, source, options.paths);
  const circles = found.files
    .filter((path) => /^[jt]sconfig(?:\.[\w-]+)*\.json$/.test(baseNameOf(path)) && roleOfPath(path, roles) !== "test")
    .flatMap((path) => readConfiguration(source, path).problems);

  const snapshot: WorkspaceSnapshot = {
    files,
    fileAt: (path) => byPath.get(path),
    exists,
    realPath,
    read: (path) => fileSystem.read(realPath(path)),
    deployables: ownership.deployables,
    ownerOf: (path) => ownership.ownerOf.get(path),
    configurationFor: (path) => configurations.configurationFor(path),
    packagesNamed: (name) => rootsByName.get(name) ?? [],
    resolver: createTypeScriptResolver(host(readText)),
    problems: distinct([
      ...found.problems,
      ...unreadable,
      ...packages.problems,
      ...circles,
      ...configurations.problems,
    ]),
  };
  return { snapshot, walked, decidedBy };
}

/** Why files were not analysed: as lines to show, and as counts by reason: "14 Python files not analysed". */
export function notAnalysed(snapshot: WorkspaceSnapshot): {
  readonly problems: readonly Problem[];
  readonly counts: readonly { readonly reason: string; readonly files: number }[];
} {
  const problems: Problem[] = [];
  const counts = new Map<string, number>();
  const count = (reason: string): void => void counts.set(reason, (counts.get(reason) ?? 0) + 1);
  for (const { path, role, language } of snapshot.files) {
    if (!isAnalysedRole(role)) continue;
    const unread = unreadLanguageOf(path);
    if (unread !== undefined) count(unread);
    if (!isAnalysedCode(language)) continue;
    const content = snapshot.read(path);
    if (content.kind === "text") continue;
    problems.push({ file: path, message: describeContent(path, content) });
    count(reasonOf(content));
  }
  return {
    problems,
    counts: [...counts].map(([reason, files]) => ({ reason, files })).sort((a, b) => compareText(a.reason, b.reason)),
  };
}

/** Replaces the parts of a path that are links. Links are few, mostly none. */
function createLinkFollower(links: ReadonlyMap<string, string>): (path: string) => string {
  if (links.size === 0) return (path) => path;
  return (path) => {
    for (const directory of [path, ...ancestorsOf(directoryOf(path))]) {
      const target = links.get(directory);
      if (target !== undefined) return joinPath(target, relativeTo(path, directory)) ?? path;
    }
    return path;
  };
}

function distinct(problems: readonly Problem[]): readonly Problem[] {
  const seen = new Map(problems.map((problem) => [problem.message, problem]));
  return [...seen.values()].sort((a, b) => compareText(a.file, b.file) || compareText(a.message, b.message));
}

function differences(before: ReadonlySet<string>, after: ReadonlySet<string>): readonly string[] {
  return [...[...before].filter((path) => !after.has(path)), ...[...after].filter((path) => !before.has(path))];
}

interface CachedFileSystem extends FileSystem {
  /** Without a path: everything. */
  forget(path?: string): void;
}

/** Keeps contents in memory. Directories are listed anew each time: that is what a rescan is for. */
function createCachedFileSystem(below: FileSystem): CachedFileSystem {
  const contents = new Map<string, FileContent>();
  return {
    read(path) {
      const known = contents.get(path);
      if (known !== undefined) return known;
      const content = below.read(path);
      contents.set(path, content);
      return content;
    },
    list: (directory) => below.list(directory),
    kind: (path) => below.kind(path),
    realPath: (path) => below.realPath(path),
    forget(path) {
      if (path === undefined) contents.clear();
      else contents.delete(path);
    },
  };
}
