import type { JsonSource } from "./host.ts";
import { readConfiguration } from "./tsconfig.ts";
import { isWithin, joinPath, relativeTo } from "./paths.ts";

/**
 * From a built file to the source it was built from. A package names its files as they are after the build
 * (`dist/index.js`); the build is often ignored or not there yet, and the source is what is read.
 */
export interface BuildLayout {
  readonly packageRoot: string;
  /** Declared by configuration: what is built goes there, from here. */
  readonly declared: readonly { readonly outDir: string; readonly rootDir: string | undefined }[];
}

/** Folders that by custom hold what a build puts out. */
const OUTPUT_FOLDERS = [
  "dist",
  "build",
  "out",
  "lib",
  "esm",
  "cjs",
  "es",
  "umd",
  "output",
  "bundle",
  "dist-cjs",
  "dist-esm",
  "dist-es",
  "_build",
  "built",
];
const OUTPUT_FOLDER = new RegExp(`(?:^|/)(?:${OUTPUT_FOLDERS.join("|")})(?=/|$)`);
const MODULE_FORMAT = /^(?:esm|cjs|es|node|commonjs|module|types|mjs|umd)\//;

const PROJECT_FILES = [
  "tsconfig.json",
  "tsconfig.build.json",
  "tsconfig.lib.json",
  "tsconfig.app.json",
  "tsconfig.node.json",
  "tsconfig.server.json",
  "tsconfig.esm.json",
  "tsconfig.cjs.json",
  "tsconfig.prod.json",
];

/** Reads how a package is built from the `tsconfig` files at its root. */
export function buildLayoutOf(source: JsonSource, packageRoot: string): BuildLayout {
  const declared: { outDir: string; rootDir: string | undefined }[] = [];
  for (const name of PROJECT_FILES) {
    const file = joinPath(packageRoot, name)!;
    if (!source.host.exists(file)) continue;
    const { outDir, rootDir } = readConfiguration(source, file);
    if (outDir === undefined || outDir === packageRoot || !isWithin(outDir, packageRoot)) continue;
    if (!declared.some((other) => other.outDir === outDir && other.rootDir === rootDir))
      declared.push({ outDir, rootDir });
  }
  return { packageRoot, declared };
}

/** The folder of built files a path lies in: declared, else by its name. */
export function outputFolderOf(path: string, layout: BuildLayout): string | undefined {
  const declared = layout.declared.find(({ outDir }) => isWithin(path, outDir) && path !== outDir);
  if (declared !== undefined) return declared.outDir;
  const match = OUTPUT_FOLDER.exec(relativeTo(path, layout.packageRoot));
  if (match === null) return undefined;
  return joinPath(layout.packageRoot, relativeTo(path, layout.packageRoot).slice(0, match.index + match[0].length));
}

/** A cheap look, before anything is read. */
export function mayBeOutput(path: string): boolean {
  return OUTPUT_FOLDER.test(path);
}

/** Where the source of a built file (or, with a trailing star, of a family of them) may be, without extension changes; best first. */
export function sourceLocations(path: string, layout: BuildLayout): readonly string[] {
  const folder = outputFolderOf(path, layout);
  if (folder === undefined) return [];
  const rest = relativeTo(path, folder);
  const rests = MODULE_FORMAT.test(rest) ? [rest, rest.replace(MODULE_FORMAT, "")] : [rest];
  const declaredRoots = layout.declared
    .filter(({ outDir }) => outDir === folder)
    .flatMap(({ rootDir }) => rootDir ?? []);
  const parent = folder.includes("/") ? folder.slice(0, folder.lastIndexOf("/")) : "";
  const besides = isWithin(parent, layout.packageRoot) ? parent : layout.packageRoot;
  const roots = [...declaredRoots, joinPath(besides, "src")!, joinPath(layout.packageRoot, "src")!];
  // `lib/auth.js` beside an `auth.ts` is mostly two files of one program; `dist/auth.js` is not.
  if (!/(?:^|\/)lib$/.test(folder) || layout.declared.some(({ outDir }) => outDir === folder))
    roots.push(besides, layout.packageRoot);
  const locations = roots.flatMap((root) => rests.map((remainder) => joinPath(root, remainder)!));
  return [...new Set(locations)].filter((location) => location !== path && !isWithin(location, folder));
}

/** Spellings a source file may have when the built one has this extension. */
const SOURCE_EXTENSIONS: readonly (readonly [built: RegExp, sources: readonly string[]])[] = [
  [/\.d\.[cm]?ts$/, [".ts", ".tsx", ".mts", ".cts"]],
  [/\.(?:min\.)?js$/, [".ts", ".tsx", ".js", ".jsx", ".mts", ".mjs"]],
  [/\.mjs$/, [".mts", ".ts", ".tsx", ".mjs", ".js", ".jsx"]],
  [/\.cjs$/, [".cts", ".ts", ".tsx", ".cjs", ".js", ".jsx"]],
  [/\.jsx$/, [".tsx", ".jsx"]],
];

/** The source file a built one comes from, if it is in the workspace. */
export function sourceOfOutput(source: JsonSource, path: string, layout: BuildLayout): string | undefined {
  for (const location of sourceLocations(path, layout)) {
    for (const candidate of spellings(location)) {
      if (candidate !== path && source.host.exists(candidate)) return candidate;
    }
  }
  return undefined;
}

function spellings(location: string): readonly string[] {
  for (const [built, extensions] of SOURCE_EXTENSIONS) {
    if (built.test(location)) return extensions.map((extension) => location.replace(built, extension));
  }
  if (/\.[cm]?tsx?$/.test(location)) return [location];
  const extensions = [".ts", ".tsx", ".mts", ".js", ".mjs", ".cjs"];
  return [
    ...extensions.map((extension) => location + extension),
    ...extensions.map((extension) => `${location}/index${extension}`),
  ];
}
