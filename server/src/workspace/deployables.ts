import { compareText } from "../model/place.ts";
import { structuralId } from "../model/hash.ts";
import type { Deployable } from "../model/analysis.ts";
import { asObject } from "../frontends/resolution/json.ts";
import type { JsonSource } from "../frontends/resolution/host.ts";
import { baseNameOf, directoryOf, isWithin } from "../frontends/resolution/paths.ts";
import { isProduct, isProductCode, type WorkspaceFile } from "./discover.ts";
import { mayBeManifest } from "../manifests/names.ts";
import { entriesOf, type Entry } from "./entries.ts";
import { isAnalysedCode } from "./languages.ts";
import { isToolingFile } from "./outputs.ts";
import type { Packages, WorkspacePackage } from "./packages.ts";

/** A deployable with what belongs to it. */
export interface DeployableFiles {
  readonly deployable: Deployable;
  /** `package.json` or `pyproject.toml`; absent for a tree without one. */
  readonly manifest?: string;
  /** No code of its own: it is one only if a manifest among its files grants something. */
  readonly isData?: true;
  /** Sorted. */
  readonly files: readonly string[];
  readonly entries: readonly Entry[];
  /** Ids of the deployables of this workspace that its manifest depends on. */
  readonly dependencies: readonly string[];
}

export interface Ownership {
  /** By root. */
  readonly deployables: readonly DeployableFiles[];
  /** Id of the deployable a file belongs to; files that belong to none are those of a root that only holds tools. */
  readonly ownerOf: ReadonlyMap<string, string>;
}

/**
 * Parts the files of a workspace into deployables: each file belongs to the nearest manifest above it, else to the given
 * path it lies in, else to the root.
 */
export function findDeployables(
  files: readonly WorkspaceFile[],
  packages: Packages,
  source: JsonSource,
  named: readonly string[] = [],
): Ownership {
  const trees = treeRoots(files, named);
  const groups = new Map<string, { owner: WorkspacePackage | undefined; root: string; files: WorkspaceFile[] }>();
  for (const file of files) {
    const owner = packages.nearest(file.path);
    const root = owner?.root ?? trees.find((tree) => isWithin(file.path, tree)) ?? "";
    const key = `${owner === undefined ? "tree" : "package"}:${root}`;
    const group = groups.get(key) ?? { owner, root, files: [] };
    group.files.push(file);
    groups.set(key, group);
  }

  const kept = [...groups.values()]
    .filter(({ owner, files: own }) => isDeployable(owner, own) || own.some(isManifest))
    .sort((a, b) => compareText(a.root, b.root));
  const described = kept.map((group) => ({
    ...group,
    deployable: describe(group.owner, group.root),
  }));
  const idsByName = new Map(
    described.flatMap(({ owner, deployable }) =>
      owner?.name === undefined ? [] : [[owner.name, deployable.id] as const],
    ),
  );
  const ownerOf = new Map(
    described.flatMap(({ files: own, deployable }) => own.map(({ path }) => [path, deployable.id] as const)),
  );

  const deployables = described.map(({ owner, deployable, files: own }): DeployableFiles => {
    const paths = own.map(({ path }) => path);
    const entries = owner === undefined ? [] : entriesOf(owner, paths, source);
    return {
      deployable,
      manifest: owner?.manifest,
      ...(!isDeployable(owner, own) && { isData: true }),
      files: paths,
      entries,
      dependencies: dependenciesOf(owner, deployable.id, idsByName),
    };
  });
  return { deployables, ownerOf };
}

/** Folders named on the command line (for a file, its folder), deepest first. */
function treeRoots(files: readonly WorkspaceFile[], named: readonly string[]): readonly string[] {
  const paths = new Set(files.map(({ path }) => path));
  const roots = new Set(named.map((path) => (paths.has(path) ? directoryOf(path) : path)));
  return [...roots].sort((a, b) => b.length - a.length || compareText(a, b));
}

/** A folder of data deploys nothing; a workspace root that only holds the tools of its members neither. */
function isDeployable(owner: WorkspacePackage | undefined, files: readonly WorkspaceFile[]): boolean {
  if (owner?.holdsWorkspaces === true) return files.some((file) => isProductCode(file) && !isToolingFile(file.path));
  if (owner !== undefined) return true;
  return files.some(({ language }) => isAnalysedCode(language));
}

function isManifest(file: WorkspaceFile): boolean {
  return isProduct(file) && mayBeManifest(file.path);
}

function describe(owner: WorkspacePackage | undefined, root: string): Deployable {
  const kind = owner === undefined ? "tree" : "package";
  const name = owner?.name ?? (root === "" ? "." : owner === undefined ? root : baseNameOf(root));
  return { id: structuralId("deployable", kind, root), name, kind, root };
}

function dependenciesOf(
  owner: WorkspacePackage | undefined,
  self: string,
  idsByName: ReadonlyMap<string, string>,
): readonly string[] {
  if (owner === undefined) return [];
  const tables = ["dependencies", "devDependencies", "optionalDependencies", "peerDependencies"];
  const names = tables.flatMap((table) => Object.keys(asObject(owner.json[table]) ?? {}));
  const ids = names.flatMap((name) => idsByName.get(name) ?? []).filter((id) => id !== self);
  return [...new Set(ids)].sort(compareText);
}
