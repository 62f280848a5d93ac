import { compareText } from "../model/place.ts";
import type { JsonSource } from "../frontends/resolution/host.ts";
import { isAnalysedCode, languageOf, type FileLanguage } from "./languages.ts";
import { createOutputTest } from "./outputs.ts";
import type { Packages } from "./packages.ts";
import { isBackup, roleOfPath, type Role, type RoleContext } from "./roles.ts";

/** A file of the workspace and what it is. */
export interface WorkspaceFile {
  readonly path: string;
  readonly language: FileLanguage;
  readonly role: Role;
}

export interface DiscoverOptions {
  /** Named on the command line, relative to the root. */
  readonly named?: readonly string[];
  /** `lint.include` and `lint.exclude` of the configuration in force. */
  readonly isIncluded?: (path: string) => boolean;
}

/**
 * Gives each file of a walk its role and language. Files that the configuration excludes and old copies are left out; an
 * import can still lead to them, for leaving a file out must not make the calls in it disappear.
 */
export function discover(
  files: readonly string[],
  packages: Packages,
  source: JsonSource,
  options: DiscoverOptions = {},
): readonly WorkspaceFile[] {
  const named = options.named ?? [];
  const context = {
    named,
    packageRoots: new Set(packages.all.map(({ root }) => root).filter((root) => root !== "")),
  };
  const isOutput = createOutputTest(source, packages, files);
  return files
    .filter((path) => named.includes(path) || (!isBackup(path) && (options.isIncluded?.(path) ?? true)))
    .map((path): WorkspaceFile => {
      const language = languageOf(path);
      const role = roleOfPath(path, context);
      const built = language === "javascript" && role !== "test" && !named.includes(path) && isOutput(path);
      return { path, language, role: built ? "output" : role };
    })
    .sort((a, b) => compareText(a.path, b.path));
}

/** What the role of a path depends on. */
export function roleContextOf(packages: Packages, named: readonly string[]): RoleContext {
  return { named, packageRoots: new Set(packages.all.map(({ root }) => root).filter((root) => root !== "")) };
}

/** Code that has a say in what the product can do. */
export function isProductCode(file: WorkspaceFile): boolean {
  return isAnalysedCode(file.language) && isProduct(file);
}

/** What has a say in what the product is. */
export function isProduct(file: WorkspaceFile | undefined): boolean {
  return file?.role === "product" || file?.role === "generated" || file?.role === "vendored";
}
