import { asObject, asTexts, readJson } from "../frontends/resolution/json.ts";
import type { JsonSource } from "../frontends/resolution/host.ts";
import { allTargets, mainTargets } from "../frontends/resolution/package-manifest.ts";
import {
  buildLayoutOf,
  outputFolderOf,
  sourceOfOutput,
  type BuildLayout,
} from "../frontends/resolution/source-of-output.ts";
import { directoryOf, installedTreeOf, joinPath } from "../frontends/resolution/paths.ts";
import type { Packages, WorkspacePackage } from "./packages.ts";

/**
 * Tells built files whose source is in the workspace. A built file without one is read as if it were written by hand:
 * that is how packages are published.
 */
export function createOutputTest(
  source: JsonSource,
  packages: Packages,
  files: readonly string[],
): (path: string) => boolean {
  const layouts = new Map<string, BuildLayout>();
  const hasSource = sourceCensus(packages, files, (path) => layoutOf(path));
  const layoutOf = (path: string): BuildLayout => {
    const root = packages.nearest(path)?.root ?? "";
    const layout = layouts.get(root) ?? buildLayoutOf(source, root);
    layouts.set(root, layout);
    return layout;
  };

  return (path) => {
    if (hasTypeScriptTwin(source, path)) return true;
    const layout = layoutOf(path);
    const folder = outputFolderOf(path, layout);
    if (folder === undefined) return false;
    const origin = sourceOfOutput(source, path, layout);
    const text = (): string => source.host.readText(path) ?? "";
    // `lib/x.js` beside `src/x.js` may both be written by hand, unless something says that one becomes the other.
    if (
      origin !== undefined &&
      (!/(?:^|\/)lib$/.test(folder) ||
        /\.[cm]?tsx?$/.test(origin) ||
        isDeclaredTarget(packages.nearest(path), path) ||
        isTranspiled(text()))
    )
      return true;
    if (hasMappedSource(source, path, text())) return true;
    return hasSource(path) && (isDeclared(layout, folder) || looksBundled(text()));
  };
}

/** `x.js` beside `x.ts`: compiled in place. */
function hasTypeScriptTwin(source: JsonSource, path: string): boolean {
  const stem = path.replace(/\.[cm]?jsx?$/, "");
  const extensions = path.endsWith(".mjs") ? [".mts"] : path.endsWith(".cjs") ? [".cts"] : [".ts", ".tsx"];
  return extensions.some((extension) => source.host.exists(stem + extension));
}

function isDeclared(layout: BuildLayout, folder: string): boolean {
  return layout.declared.some(({ outDir }) => outDir === folder);
}

function isDeclaredTarget(owner: WorkspacePackage | undefined, path: string): boolean {
  if (owner === undefined) return false;
  const targets = [...mainTargets(owner.json), ...allTargets(owner.json["exports"]).map(({ target }) => target)];
  return targets.some((target) => joinPath(owner.root, target) === path);
}

/** Whether a package also has code outside its folders of built files. */
function sourceCensus(
  packages: Packages,
  files: readonly string[],
  layoutOf: (path: string) => BuildLayout,
): (path: string) => boolean {
  let roots: Set<string> | undefined;
  return (path) => {
    roots ??= new Set(
      files
        .filter((file) => isSourceLike(file) && outputFolderOf(file, layoutOf(file)) === undefined)
        .map((file) => packages.nearest(file)?.root ?? ""),
    );
    return roots.has(packages.nearest(path)?.root ?? "");
  };
}

function isSourceLike(path: string): boolean {
  return /\.[cm]?[jt]sx?$/.test(path) && !/\.d\.[cm]?ts$/.test(path) && !isToolingFile(path);
}

/** Configuration of tools that happens to be code. */
export function isToolingFile(path: string): boolean {
  return /(?:^|\/)(?:[\w.-]+\.config\.[cm]?[jt]s|\.[\w-]+rc\.[cm]?js|\.pnp\.[cm]?js|(?:gulpfile|gruntfile|jakefile|dangerfile)\.[cm]?[jt]s|vitest\.workspace\.[cm]?ts)$/i.test(
    path,
  );
}

/** The source map, in the file or beside it, names a source that is in the workspace. */
function hasMappedSource(source: JsonSource, path: string, text: string): boolean {
  const comment = /\/[/*]# sourceMappingURL=(\S+)[^\n]*\s*$/.exec(text.slice(-4_000_000))?.[1];
  if (comment === undefined) return false;
  const inline = /^data:application\/json[^,]*;base64,(.*)$/.exec(comment)?.[1];
  const map =
    inline === undefined
      ? source.host.readText(joinPath(directoryOf(path), comment) ?? "")
      : Buffer.from(inline, "base64").toString("utf8");
  const json = asObject(readJson(map ?? "").value);
  return asTexts(json?.["sources"]).some((written) => {
    const target = joinPath(directoryOf(path), written.replace(/^[a-z-]+:\/\/[^/]*\//, ""));
    return (
      target !== undefined &&
      target !== path &&
      installedTreeOf(target) === installedTreeOf(path) &&
      source.host.exists(target)
    );
  });
}

/** TypeScript and Babel leave their mark on what they turn into CommonJS. */
function isTranspiled(text: string): boolean {
  return /Object\.defineProperty\(exports,\s*["']__esModule["']/.test(text);
}

const BUNDLER_MARKS =
  /__webpack_require__|__commonJS\b|__toESM\b|__toCommonJS\b|__esm\b|parcelRequire|\/\/ node_modules\/|\/\/#region |System\.register\(|__nccwpck_require__|__rolldown/;

/** Many modules in one file, or lines no person writes. */
export function looksBundled(text: string): boolean {
  if (BUNDLER_MARKS.test(text)) return true;
  let lines = 1;
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) lines++;
  return text.length > 5_000 && text.length / lines > 300;
}
