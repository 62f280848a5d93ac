import { statSync } from "node:fs";
import path from "node:path";
import { UsageError } from "./usage-error.ts";

/** The workspace a command works on, worked out from its path arguments. */
export interface WorkspacePaths {
  /** Absolute. */
  readonly root: string;
  /** The root as reports state it: relative to the working directory, with `/`. */
  readonly shownRoot: string;
  /** The arguments relative to the root, with `/`; none = all of it. */
  readonly paths: readonly string[];
}

/** The working directory is the root, unless a path leads out of it: then the folder that holds everything asked about. */
export function workspacePaths(workingDirectory: string, given: readonly string[]): WorkspacePaths {
  const asked = given.map((each) => existing(workingDirectory, each));
  const isInside = asked.every(({ file }) => isWithin(workingDirectory, file));
  const root = isInside ? workingDirectory : commonFolder(asked.map(({ folder }) => folder));
  const paths = asked.map(({ file }) => withSlashes(path.relative(root, file)));
  const shownRoot = withSlashes(path.relative(workingDirectory, root)) || ".";
  return { root, shownRoot, paths: paths.includes("") ? [] : paths };
}

/** A path of the command line, absolute, and the folder it is or lies in. */
export function existing(workingDirectory: string, given: string): { readonly file: string; readonly folder: string } {
  const file = path.resolve(workingDirectory, given);
  const status = statSync(file, { throwIfNoEntry: false });
  if (status === undefined) throw new UsageError(`${given}: no such file or folder`);
  return { file, folder: status.isDirectory() ? file : path.dirname(file) };
}

/** `file` as the engine names it, whether or not it exists. */
export function fileInWorkspace(root: string, workingDirectory: string, file: string): string {
  const relative = withSlashes(path.relative(root, path.resolve(workingDirectory, file)));
  if (relative === "" || relative.startsWith("../") || path.isAbsolute(relative)) {
    throw new UsageError(`${file}: not a file of the workspace`);
  }
  return relative;
}

function isWithin(folder: string, file: string): boolean {
  const relative = path.relative(folder, file);
  return relative !== ".." && !relative.startsWith(`..${path.sep}`) && !path.isAbsolute(relative);
}

function commonFolder(folders: readonly string[]): string {
  let common = folders[0]!;
  while (!folders.every((folder) => isWithin(common, folder))) common = path.dirname(common);
  return common;
}

function withSlashes(file: string): string {
  return file.split(path.sep).join("/");
}
