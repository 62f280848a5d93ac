import type { Engine, EngineOptions } from "./engine.ts";
import type { Surroundings } from "./surroundings.ts";
import { UsageError } from "./usage-error.ts";
import { existing, fileInWorkspace, workspacePaths } from "./workspace-paths.ts";
import type { WorkspacePaths } from "./workspace-paths.ts";

/** Options of every command that reads a workspace. */
export interface WorkspaceOptions {
  readonly config?: string;
  readonly stdinFilename?: string;
}

export interface Workspace extends WorkspacePaths {
  readonly engine: Engine;
  /** Text from stdin. */
  readonly input?: Input | undefined;
}

export interface Input {
  readonly file: string;
  readonly text: string;
  /** The byte order mark it came with, or nothing. */
  readonly mark: string;
}

/** Opens the workspace the path arguments speak of. Text from stdin stands in for the file it is said to be. */
export async function openWorkspace(
  given: readonly string[],
  options: WorkspaceOptions,
  around: Surroundings,
  onProgress?: EngineOptions["onProgress"],
): Promise<Workspace> {
  const { workingDirectory } = around;
  const named = workspacePaths(workingDirectory, given);
  const input = await inputOf(options, named, around);
  const paths = given.length === 0 && input !== undefined ? [input.file] : named.paths;
  const engine = await around.createEngine({
    root: named.root,
    paths,
    ...(input === undefined ? {} : { overlay: { [input.file]: input.text } }),
    ...(options.config === undefined ? {} : { configurationFile: configurationFile(options.config, around) }),
    ...(onProgress === undefined ? {} : { onProgress }),
  });
  return { ...named, paths, engine, input };
}

async function inputOf(
  { stdinFilename }: WorkspaceOptions,
  { root }: WorkspacePaths,
  around: Surroundings,
): Promise<Input | undefined> {
  if (stdinFilename === undefined) return undefined;
  const file = fileInWorkspace(root, around.workingDirectory, stdinFilename);
  const text = await around.readInput();
  const mark = text.startsWith("\ufeff") ? "\ufeff" : "";
  return { file, text: text.slice(mark.length), mark };
}

function configurationFile(given: string, { workingDirectory }: Surroundings): string {
  const { file, folder } = existing(workingDirectory, given);
  if (file === folder) throw new UsageError(`${given}: is a folder; --config takes a file`);
  return file;
}
