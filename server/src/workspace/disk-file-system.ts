import * as nodeFs from "node:fs";
import * as nodePath from "node:path";
import { compareText } from "../model/place.ts";
import { decodeBytes, encodeText } from "./decode.ts";
import { DEFAULT_SIZE_LIMIT, type DirectoryEntry, type FileSystem, type TextContent } from "./file-system.ts";

/** The calls of `node:fs` used here; a test may put failing ones in their place. */
export type DiskCalls = Pick<
  typeof nodeFs,
  "realpathSync" | "statSync" | "readFileSync" | "readdirSync" | "writeFileSync" | "chmodSync" | "renameSync" | "rmSync"
>;

const WRITE_BITS = 0o222;

export interface DiskFileSystem extends FileSystem {
  /** Absolute, links resolved. */
  readonly root: string;
  /** Replaces the text of a file, keeping its encoding and mode. Gives what went wrong, or nothing. */
  write(path: string, text: string, like: Pick<TextContent, "bom" | "encoding">): string | undefined;
}

/** Files below a directory of this machine. The directory must exist; whatever leads out of it is not followed. */
export function createDiskFileSystem(
  root: string,
  options: { readonly sizeLimit?: number; readonly calls?: DiskCalls } = {},
): DiskFileSystem {
  const calls = options.calls ?? nodeFs;
  const sizeLimit = options.sizeLimit ?? DEFAULT_SIZE_LIMIT;
  const realRoot = calls.realpathSync(nodePath.resolve(root));

  const locate = (path: string): Located => {
    try {
      const real = calls.realpathSync(nodePath.join(realRoot, path));
      return isInside(realRoot, real)
        ? { kind: "here", real }
        : { kind: "failed", why: "it is a link out of the workspace" };
    } catch (error) {
      return isAbsence(error) ? { kind: "absent" } : { kind: "failed", why: reasonFor(error) };
    }
  };

  return {
    root: realRoot,
    read(path) {
      const located = locate(path);
      if (located.kind !== "here")
        return located.kind === "absent" ? located : { kind: "unreadable", why: located.why };
      try {
        const status = calls.statSync(located.real);
        // A pipe would wait for ever for somebody to write into it.
        if (!status.isFile())
          return {
            kind: "unreadable",
            why: status.isDirectory() ? "it is a directory" : "it is not a regular file",
          };
        if (status.size > sizeLimit) return { kind: "too-large", size: status.size, limit: sizeLimit };
        return decodeBytes(calls.readFileSync(located.real));
      } catch (error) {
        return isAbsence(error) ? { kind: "absent" } : { kind: "unreadable", why: reasonFor(error) };
      }
    },
    list(directory) {
      const located = locate(directory);
      if (located.kind !== "here")
        return located.kind === "absent" ? located : { kind: "unreadable", why: located.why };
      try {
        const entries = calls
          .readdirSync(located.real, { withFileTypes: true })
          .map((entry): DirectoryEntry => ({ name: entry.name, kind: entryKind(entry) }));
        return { kind: "entries", entries: entries.sort((a, b) => compareText(a.name, b.name)) };
      } catch (error) {
        return isAbsence(error) ? { kind: "absent" } : { kind: "unreadable", why: reasonFor(error) };
      }
    },
    kind(path) {
      const located = locate(path);
      if (located.kind !== "here") return located.kind === "absent" ? "absent" : "other";
      const status = calls.statSync(located.real, { throwIfNoEntry: false });
      if (status === undefined) return "absent";
      return status.isFile() ? "file" : status.isDirectory() ? "directory" : "other";
    },
    realPath(path) {
      const located = locate(path);
      return located.kind === "here" ? toEnginePath(nodePath.relative(realRoot, located.real)) : undefined;
    },
    write(path, text, like) {
      const located = locate(path);
      if (located.kind === "failed") return `${path}: cannot be written (${located.why})`;
      if (located.kind === "absent") return `${path}: no such file`;
      const draft = `${located.real}.remit-${process.pid}.tmp`;
      try {
        const { mode } = calls.statSync(located.real);
        // To rename over it would need no leave; whoever made it read-only meant it.
        if ((mode & WRITE_BITS) === 0) return `${path}: cannot be written (it is read-only)`;
        calls.writeFileSync(draft, encodeText(text, like), { mode });
        // The mode above is cut down by the mask of the process.
        calls.chmodSync(draft, mode);
        calls.renameSync(draft, located.real);
        return undefined;
      } catch (error) {
        calls.rmSync(draft, { force: true });
        return `${path}: cannot be written (${reasonFor(error)})`;
      }
    },
  };
}

type Located = { kind: "here"; real: string } | { kind: "absent" } | { kind: "failed"; why: string };

/** Text of a file anywhere on this machine that the user named; empty where it cannot be read as text. */
export function readTextFile(path: string): string {
  const content = createDiskFileSystem(nodePath.dirname(path)).read(nodePath.basename(path));
  return content.kind === "text" ? content.text : "";
}

/**
 * Ignore files above a workspace that is a folder of a larger repository, outermost first: `git` would honour them.
 * `prefix` is the workspace's path as the ignore file sees it.
 */
export function ignoreFilesAbove(root: string): readonly { readonly prefix: string; readonly text: string }[] {
  const found: { prefix: string; text: string }[] = [];
  let directory = nodeFs.realpathSync(nodePath.resolve(root));
  const inner = directory;
  while (!nodeFs.existsSync(nodePath.join(directory, ".git"))) {
    const parent = nodePath.dirname(directory);
    // No repository around it: what lies above is somebody else's.
    if (parent === directory) return [];
    directory = parent;
    const content = createDiskFileSystem(directory).read(".gitignore");
    if (content.kind === "text")
      found.unshift({
        prefix: toEnginePath(nodePath.relative(directory, inner)),
        text: content.text,
      });
  }
  return found;
}

/**
 * The root for a run: the working directory, unless a named path lies outside it, then the nearest directory that holds all.
 * Paths are given back relative to the root; those that are not there as lines to show.
 */
export function placePaths(
  workingDirectory: string,
  named: readonly string[],
): { root: string; paths: readonly string[]; problems: readonly string[] } {
  const problems: string[] = [];
  const absolute = named.flatMap((path) => {
    try {
      return nodeFs.realpathSync(nodePath.resolve(workingDirectory, path));
    } catch (error) {
      problems.push(`${path}: ${isAbsence(error) ? "no such file or directory" : reasonFor(error)}`);
      return [];
    }
  });
  let root = nodeFs.realpathSync(workingDirectory);
  if (!absolute.every((path) => isInside(root, path))) {
    const directories = absolute.map((path) => (nodeFs.statSync(path).isDirectory() ? path : nodePath.dirname(path)));
    root = directories.reduce((common, directory) => commonDirectory(common, directory));
  }
  return {
    root,
    paths: absolute.map((path) => toEnginePath(nodePath.relative(root, path))),
    problems,
  };
}

function commonDirectory(a: string, b: string): string {
  let common = a;
  while (!isInside(common, b)) common = nodePath.dirname(common);
  return common;
}

function isInside(root: string, path: string): boolean {
  const relative = nodePath.relative(root, path);
  return (
    relative === "" ||
    (relative !== ".." && !relative.startsWith(`..${nodePath.sep}`) && !nodePath.isAbsolute(relative))
  );
}

function toEnginePath(path: string): string {
  return nodePath.sep === "/" ? path : path.replaceAll(nodePath.sep, "/");
}

function entryKind(entry: nodeFs.Dirent): DirectoryEntry["kind"] {
  if (entry.isSymbolicLink()) return "link";
  return entry.isFile() ? "file" : entry.isDirectory() ? "directory" : "other";
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : String(error);
}

function isAbsence(error: unknown): boolean {
  return ["ENOENT", "ENOTDIR"].includes(codeOf(error));
}

const REASONS: Readonly<Record<string, string>> = {
  EACCES: "permission denied",
  EPERM: "permission denied",
  EISDIR: "it is a directory",
  ELOOP: "it is a link that leads back to itself",
  EMFILE: "too many open files",
  ENAMETOOLONG: "its name is too long",
  EROFS: "the disk is read-only",
  ENOSPC: "the disk is full",
};

function reasonFor(error: unknown): string {
  const code = codeOf(error);
  return Object.hasOwn(REASONS, code) ? REASONS[code]! : code;
}
