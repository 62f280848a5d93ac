import { asObject } from "./json.ts";
import type { JsonSource } from "./host.ts";
import { mainTargets, nearestPackage } from "./package-manifest.ts";
import { baseNameOf, directoryOf, isWithin, joinPath } from "./paths.ts";
import { buildLayoutOf, mayBeOutput, outputFolderOf, sourceOfOutput } from "./source-of-output.ts";

/** Extensions tried for a name without one, in the order of TypeScript, then Node. */
const TRIED = [".ts", ".tsx", ".mts", ".cts", ".js", ".jsx", ".mjs", ".cjs", ".json"];

/** `./x.js` in TypeScript means the file that will become `x.js`. */
const WRITTEN_AS: readonly (readonly [written: string, meant: readonly string[]])[] = [
  [".js", [".ts", ".tsx", ".js", ".jsx"]],
  [".jsx", [".tsx", ".jsx"]],
  [".mjs", [".mts", ".mjs"]],
  [".cjs", [".cts", ".cjs"]],
];

export interface FindOptions {
  readonly from: string;
  /** The specifier ends in a slash or is only dots. */
  readonly directoryOnly?: boolean;
}

/** The file a path means when it is imported; its source where it names something built. */
export function findModuleFile(source: JsonSource, path: string, options: FindOptions): string | undefined {
  const found =
    (options.directoryOnly === true ? undefined : asFile(source, path)) ?? asDirectory(source, path, options);
  if (found !== undefined && (isTypeScript(found) || !mayBeOutput(found))) return found;
  return builtFrom(source, found ?? path, options) ?? found;
}

function asFile(source: JsonSource, path: string): string | undefined {
  const exists = (candidate: string): boolean => source.host.exists(candidate);
  for (const [written, meant] of WRITTEN_AS) {
    if (!path.endsWith(written)) continue;
    const stem = path.slice(0, -written.length);
    const file = meant.map((extension) => stem + extension).find(exists);
    if (file !== undefined) return file;
  }
  if (isDeclaration(path)) return undefined;
  if (path !== "" && exists(path)) return path;
  return path === "" ? undefined : TRIED.map((extension) => path + extension).find(exists);
}

function asDirectory(source: JsonSource, path: string, options: FindOptions): string | undefined {
  const manifest = joinPath(path, "package.json")!;
  const json = asObject(source.json(manifest)?.value);
  for (const target of json === undefined ? [] : mainTargets(json)) {
    const main = joinPath(path, target);
    // A main that names its own folder would lead back here.
    if (main === undefined || isWithin(path, main)) continue;
    const file = findModuleFile(source, main, { from: options.from });
    if (file !== undefined) return file;
  }
  return TRIED.map((extension) => joinPath(path, `index${extension}`)!).find((candidate) =>
    source.host.exists(candidate),
  );
}

function builtFrom(source: JsonSource, path: string, { from }: FindOptions): string | undefined {
  const home = nearestPackage(source, directoryOf(path));
  const layout = buildLayoutOf(source, home?.root ?? "");
  const folder = outputFolderOf(path, layout);
  // Files of one build that import each other are read as they are: whoever reads them found no source.
  if (folder === undefined || isWithin(from, folder)) return undefined;
  return sourceOfOutput(source, path, layout);
}

function isTypeScript(path: string): boolean {
  return /\.[cm]?tsx?$/.test(path) && !isDeclaration(path);
}

export function isDeclaration(path: string): boolean {
  return /\.d\.(?:[^./]+\.)?[cm]?ts$/.test(baseNameOf(path));
}
