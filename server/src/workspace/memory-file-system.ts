import { compareText } from "../model/place.ts";
import { ancestorsOf, directoryOf, joinPath } from "../frontends/resolution/paths.ts";
import {
  textContent,
  type DirectoryEntry,
  type FileContent,
  type FileKind,
  type FileSystem,
  type Listing,
} from "./file-system.ts";

/** Files that stand in a table: path → text, or a content that says why there is none. Fixtures and tests run on it. */
export function createMemoryFileSystem(
  files:
    | Iterable<readonly [path: string, content: string | FileContent]>
    | Readonly<Record<string, string | FileContent>>,
): FileSystem {
  const table = new Map<string, FileContent>();
  const entries =
    Symbol.iterator in files ? (files as Iterable<readonly [string, string | FileContent]>) : Object.entries(files);
  for (const [path, content] of entries) {
    const normal = joinPath("", path);
    if (normal === undefined || normal === "") throw new Error(`not a path below the root: ${path}`);
    table.set(normal, typeof content === "string" ? textContent(content) : content);
  }
  const directories = directoriesOf(table.keys());
  const kind = (path: string): FileKind => (table.has(path) ? "file" : directories.has(path) ? "directory" : "absent");
  return {
    read: (path) =>
      table.get(path) ??
      (directories.has(path) ? { kind: "unreadable", why: "it is a directory" } : { kind: "absent" }),
    list: (directory) => listingOf(directories, directory),
    kind,
    realPath: (path) => (kind(path) === "absent" ? undefined : path),
  };
}

type Directories = ReadonlyMap<string, ReadonlyMap<string, DirectoryEntry["kind"]>>;

/** All directories that files imply, with what is in them. */
export function directoriesOf(files: Iterable<string>): Directories {
  const directories = new Map<string, Map<string, DirectoryEntry["kind"]>>([["", new Map()]]);
  const add = (path: string, kind: DirectoryEntry["kind"]): void => {
    const directory = directoryOf(path);
    const entries = directories.get(directory) ?? new Map<string, DirectoryEntry["kind"]>();
    directories.set(directory, entries.set(path.slice(directory === "" ? 0 : directory.length + 1), kind));
  };
  for (const file of files) {
    add(file, "file");
    for (const directory of ancestorsOf(directoryOf(file))) if (directory !== "") add(directory, "directory");
  }
  return directories;
}

export function listingOf(directories: Directories, directory: string): Listing {
  const entries = directories.get(directory);
  if (entries === undefined) return { kind: "absent" };
  return {
    kind: "entries",
    entries: [...entries].map(([name, kind]) => ({ name, kind })).sort((a, b) => compareText(a.name, b.name)),
  };
}
