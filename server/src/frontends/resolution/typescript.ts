import { asObject } from "./json.ts";
import { BUILTIN_MODULES } from "./builtins.ts";
import { findModuleFile } from "./module-file.ts";
import {
  createJsonSource,
  type JsonSource,
  type ModuleResolver,
  type RequestForm,
  type Resolution,
  type ResolutionHost,
} from "./host.ts";
import {
  conditionalTargets,
  dependencyRange,
  mainTargets,
  nearestPackage,
  splitPackageSpecifier,
  type PackageManifest,
} from "./package-manifest.ts";
import { directoryOf, installedTreeOf, joinPath, relativeTo, sharedDepth } from "./paths.ts";
import { mappedPaths, nearestConfiguration, readConfiguration, type TypeScriptConfiguration } from "./tsconfig.ts";

/**
 * Resolves what TypeScript and JavaScript files import. It never looks into `node_modules`, so that the answer is the same
 * before and after an installation, and prefers the source over what was built from it, so that it is the same before and
 * after a build. It keeps no answers: everything is asked of the host each time.
 */
export function createTypeScriptResolver(host: ResolutionHost): ModuleResolver {
  const source = createJsonSource(host);
  return {
    resolve(fromFile, specifier, form) {
      const resolution = resolve(source, fromFile, specifier, form);
      return resolution.kind === "file" && host.realPath !== undefined
        ? { kind: "file", file: host.realPath(resolution.file) }
        : resolution;
    },
  };
}

function resolve(source: JsonSource, fromFile: string, written: string, form: RequestForm): Resolution {
  const specifier = written.replace(/(?<=.)\?.*$/, "");
  if (specifier === "") return unresolved("the specifier is empty");
  const scheme = /^([a-z][a-z+.-]+):/.exec(specifier);
  if (scheme !== null) return resolveScheme(specifier, scheme[1]!);
  if (/^\.\.?(?:\/|$)/.test(specifier)) return resolveRelative(source, fromFile, specifier);
  if (specifier.startsWith("/")) return unresolved(`${specifier} is an absolute path`);
  return resolveName(source, fromFile, specifier, form);
}

function resolveScheme(specifier: string, scheme: string): Resolution {
  const rest = specifier.slice(scheme.length + 1);
  switch (scheme) {
    case "node":
    case "bun":
    case "cloudflare":
      return { kind: "builtin", name: scheme === "node" ? rest : specifier };
    case "npm": {
      const parts = splitPackageSpecifier(rest.replace(/^\/+/, ""));
      return parts === undefined
        ? unresolved(`${specifier} names no package`)
        : { kind: "package", name: withoutVersion(parts.name), subpath: parts.subpath };
    }
    default:
      return unresolved(`${scheme}: imports are not followed`);
  }
}

function resolveRelative(source: JsonSource, fromFile: string, specifier: string): Resolution {
  const target = joinPath(directoryOf(fromFile), specifier);
  if (target === undefined) return unresolved(`${specifier} leads out of the workspace`);
  const installed = installedTreeOf(target);
  if (installed !== installedTreeOf(fromFile)) return installedPackage(target, installed, specifier);
  return fileOr(
    findModuleFile(source, target, {
      from: fromFile,
      directoryOnly: /(?:^|\/)\.{0,2}\/?$/.test(specifier),
    }),
    () => missing(source, target, specifier),
  );
}

function installedPackage(target: string, installed: string, specifier: string): Resolution {
  const parts = installed === "" ? undefined : splitPackageSpecifier(relativeTo(target, installed));
  return parts === undefined ? unresolved(`${specifier} leads out of its package`) : { kind: "package", ...parts };
}

function missing(source: JsonSource, target: string, specifier: string): Resolution {
  const stem = target.replace(/\.[cm]?jsx?$/, "");
  const declared = [".d.ts", ".d.mts", ".d.cts"].some((extension) => source.host.exists(stem + extension));
  return unresolved(
    declared ? `${specifier} has only declarations in the workspace` : `${specifier} is not in the workspace`,
  );
}

/** In the order of TypeScript and the bundlers: `paths`, internal names, built-in modules, `baseUrl`, packages. */
function resolveName(source: JsonSource, fromFile: string, specifier: string, form: RequestForm): Resolution {
  const directory = directoryOf(fromFile);
  const configurations = applicableConfigurations(source, directory);
  for (const configuration of configurations) {
    for (const target of mappedPaths(configuration, specifier)) {
      const file = findModuleFile(source, target, { from: fromFile });
      if (file !== undefined && installedTreeOf(file) === installedTreeOf(fromFile)) return { kind: "file", file };
    }
  }
  const home = nearestPackage(source, directory);
  if (specifier.startsWith("#")) return resolveInternal(source, home, fromFile, specifier, form, configurations);
  if (BUILTIN_MODULES.has(specifier)) return { kind: "builtin", name: specifier };
  for (const { baseUrl } of configurations) {
    const target = baseUrl === undefined ? undefined : joinPath(baseUrl, specifier);
    const file = target === undefined ? undefined : findModuleFile(source, target, { from: fromFile });
    if (file !== undefined) return { kind: "file", file };
  }
  const parts = splitPackageSpecifier(specifier);
  if (parts === undefined) return resolveCustomaryAlias(source, home, fromFile, specifier, configurations);
  return resolvePackage(source, home, fromFile, parts, form);
}

/** The nearest configuration; for one that only lists references, those that say how names are mapped. */
function applicableConfigurations(source: JsonSource, directory: string): readonly TypeScriptConfiguration[] {
  const nearest = nearestConfiguration(source, directory);
  if (nearest === undefined) return [];
  if (nearest.paths !== undefined || nearest.baseUrl !== undefined) return [nearest];
  const referenced = nearest.references.filter(
    (file) => directoryOf(file) === directoryOf(nearest.file) && source.host.exists(file),
  );
  return [nearest, ...referenced.map((file) => readConfiguration(source, file))];
}

/** `#name`, by the `imports` field of the package the file belongs to. */
function resolveInternal(
  source: JsonSource,
  home: PackageManifest | undefined,
  fromFile: string,
  specifier: string,
  form: RequestForm,
  configurations: readonly TypeScriptConfiguration[],
): Resolution {
  for (const target of home === undefined ? [] : conditionalTargets(home.json["imports"], specifier, form)) {
    if (!target.startsWith("./")) {
      if (BUILTIN_MODULES.has(target) || target.startsWith("node:"))
        return { kind: "builtin", name: target.replace(/^node:/, "") };
      const parts = splitPackageSpecifier(target);
      if (parts !== undefined) return resolvePackage(source, home, fromFile, parts, form);
      continue;
    }
    const path = joinPath(home!.root, target);
    const file = path === undefined ? undefined : findModuleFile(source, path, { from: fromFile });
    if (file !== undefined) return { kind: "file", file };
  }
  return unresolved(`${specifier} is not among the imports of the package${missingConfiguration(configurations)}`);
}

/** `@/x` and `~/x` can be no package: by custom of the bundlers they start at the package's source. */
function resolveCustomaryAlias(
  source: JsonSource,
  home: PackageManifest | undefined,
  fromFile: string,
  specifier: string,
  configurations: readonly TypeScriptConfiguration[],
): Resolution {
  const rest = /^[@~]\/(.+)$/.exec(specifier)?.[1];
  if (rest !== undefined) {
    for (const folder of ["src", "app", ""]) {
      const target = joinPath(home?.root ?? "", folder === "" ? rest : `${folder}/${rest}`);
      const file = target === undefined ? undefined : findModuleFile(source, target, { from: fromFile });
      if (file !== undefined) return { kind: "file", file };
    }
  }
  return unresolved(`${specifier} is neither a file nor a package name${missingConfiguration(configurations)}`);
}

function missingConfiguration(configurations: readonly TypeScriptConfiguration[]): string {
  const first = configurations.find((configuration) => configuration.missing.length > 0);
  return first === undefined ? "" : ` (${first.file} extends ${first.missing[0]}, which is not there)`;
}

function resolvePackage(
  source: JsonSource,
  home: PackageManifest | undefined,
  fromFile: string,
  parts: { readonly name: string; readonly subpath: string },
  form: RequestForm,
): Resolution {
  if (home !== undefined && home.json["name"] === parts.name) return fromPackage(source, home, fromFile, parts, form);
  const directory = directoryOf(fromFile);
  const dependency = dependencyRange(source, directory, parts.name);
  const named = dependency === undefined ? undefined : aliasOf(dependency);
  if (named?.kind === "folder") {
    const json = asObject(source.json(joinPath(named.root, "package.json")!)?.value);
    if (json !== undefined) return fromPackage(source, { root: named.root, json }, fromFile, parts, form);
  }
  const name = named?.kind === "package" ? named.name : parts.name;
  const roots = named?.kind === "package" && !named.ownWorkspace ? [] : source.host.packagesNamed(name);
  const [root] = roots.toSorted((a, b) => sharedDepth(b, directory) - sharedDepth(a, directory));
  if (root === undefined) return { kind: "package", name, subpath: parts.subpath };
  const json = asObject(source.json(joinPath(root, "package.json")!)?.value);
  if (json === undefined) return { kind: "package", name, subpath: parts.subpath };
  return fromPackage(source, { root, json }, fromFile, parts, form);
}

type Alias = { kind: "package"; name: string; ownWorkspace: boolean } | { kind: "folder"; root: string };

/** A dependency that stands for another package, or for a folder. */
function aliasOf({ range, root }: { range: string; root: string }): Alias | undefined {
  const folder = /^(?:file|link|portal):(.+)$/.exec(range)?.[1] ?? (/^\.\.?\//.test(range) ? range : undefined);
  const target = folder === undefined ? undefined : joinPath(root, folder);
  if (target !== undefined) return { kind: "folder", root: target };
  const alias = /^(npm|workspace):((?:@[^/]+\/)?[^@/*^~\d][^@/]*)@/.exec(range);
  return alias === null ? undefined : { kind: "package", name: alias[2]!, ownWorkspace: alias[1] === "workspace" };
}

/** A module of a package whose source is in the workspace. */
function fromPackage(
  source: JsonSource,
  { root, json }: PackageManifest,
  fromFile: string,
  { name, subpath }: { readonly name: string; readonly subpath: string },
  form: RequestForm,
): Resolution {
  const find = (target: string): string | undefined => {
    const path = joinPath(root, target);
    return path === undefined ? undefined : findModuleFile(source, path, { from: fromFile });
  };
  const exported = json["exports"];
  const declared =
    exported === undefined ? undefined : conditionalTargets(exported, subpath === "" ? "." : `./${subpath}`, form);
  if (declared?.length === 0) return unresolved(`${name} of this workspace does not export ./${subpath}`);
  const customary = subpath === "" ? [...mainTargets(json), "index", "src/index"] : [subpath, `src/${subpath}`];
  for (const target of declared ?? customary) {
    const file = find(target);
    if (file !== undefined) return { kind: "file", file };
  }
  const path = subpath === "" ? name : `${name}/${subpath}`;
  return unresolved(`no source of ${path} is in the workspace`);
}

function fileOr(file: string | undefined, otherwise: () => Resolution): Resolution {
  return file === undefined ? otherwise() : { kind: "file", file };
}

function unresolved(reason: string): Resolution {
  return { kind: "unresolved", reason };
}

function withoutVersion(name: string): string {
  return name.replace(/(?<=.)@.*$/, "");
}
