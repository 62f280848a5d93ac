import { posix } from "node:path";

/**
 * Paths inside the engine are relative to the workspace root, parted by `/`, normalised, without a leading `./`. The root
 * itself is `""`.
 */

/** Joins and normalises; `undefined` when the result lies outside the root. */
export function joinPath(directory: string, relative: string): string | undefined {
  const joined = posix.normalize(posix.join(directory, relative));
  if (joined === ".." || joined.startsWith("../") || joined.startsWith("/")) return undefined;
  const trimmed = joined.endsWith("/") ? joined.slice(0, -1) : joined;
  return trimmed === "." ? "" : trimmed;
}

export function directoryOf(path: string): string {
  const slash = path.lastIndexOf("/");
  return slash < 0 ? "" : path.slice(0, slash);
}

export function baseNameOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

/** `directory` itself counts as within. */
export function isWithin(path: string, directory: string): boolean {
  return directory === "" || path === directory || path.startsWith(`${directory}/`);
}

/** What is left of `path` below `directory`, which holds it. */
export function relativeTo(path: string, directory: string): string {
  if (directory === "") return path;
  return path === directory ? "" : path.slice(directory.length + 1);
}

/** The directory and all above it, nearest first, the root last. */
export function* ancestorsOf(directory: string): Generator<string> {
  let current = directory;
  for (;;) {
    yield current;
    if (current === "") return;
    current = directoryOf(current);
  }
}

/** How many leading segments two paths share. */
export function sharedDepth(a: string, b: string): number {
  const left = a.split("/");
  const right = b.split("/");
  let depth = 0;
  while (depth < left.length && depth < right.length && left[depth] === right[depth]) depth++;
  return depth;
}

/** The path up to and with its last `node_modules` segment, or `""`: files on both sides of such a border are of different packages. */
export function installedTreeOf(path: string): string {
  const match = /^(?:.*\/)?node_modules(?=\/|$)/.exec(path);
  return match === null ? "" : match[0];
}
