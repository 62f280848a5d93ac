import type { Resolution } from "./host.ts";
import { asObject, asText, readJson, type JsonObject } from "./json.ts";
import { isDeclaration } from "./module-file.ts";
import { conditionalTargets, splitPackageSpecifier } from "./package-manifest.ts";
import { ancestorsOf, directoryOf, joinPath } from "./paths.ts";

/** Reads a file of `node_modules`; undefined where there is none. */
export type ReadInstalled = (path: string) => string | undefined;

/**
 * The file that declares the types of an installed package, as TypeScript finds it: its own, or those of `@types`. The only
 * thing that looks into `node_modules`, and only where the configuration asks for it.
 */
export function declarationsOf(packagePath: string, from: string, read: ReadInstalled): string | undefined {
  const split = splitPackageSpecifier(packagePath);
  if (!split) return undefined;
  const names = [split.name, `@types/${split.name.replace(/^@([^/]+)\//, "$1__")}`];
  for (const directory of ancestorsOf(from)) {
    for (const name of names) {
      const root = joinPath(directory, `node_modules/${name}`)!;
      const manifest = asObject(jsonOf(read(joinPath(root, "package.json")!)));
      const found = manifest && candidates(manifest, split.subpath).map((path) => joinPath(root, path));
      const file = found?.find((path) => path !== undefined && read(path) !== undefined);
      if (file !== undefined) return file;
    }
  }
  return undefined;
}

function jsonOf(text: string | undefined) {
  return text === undefined ? undefined : readJson(text).value;
}

/** Where the types may be, relative to the package, the likeliest first. */
function candidates(manifest: JsonObject, subpath: string): string[] {
  const exported = conditionalTargets(manifest["exports"], subpath === "" ? "." : `./${subpath}`, "import");
  const declared = exported.filter(isDeclaration);
  const main = [asText(manifest["types"]), asText(manifest["typings"]), asText(manifest["main"])].flatMap(
    (p) => p ?? [],
  );
  const beside = [...exported, ...(subpath === "" ? main : [subpath])].flatMap(declarationsBeside);
  return [
    ...declared,
    ...(subpath === "" ? main.filter(isDeclaration) : []),
    ...beside,
    ...declarationsBeside("index"),
  ];
}

/** `./x.js` is declared in `./x.d.ts`, `./x` also in `./x/index.d.ts`. */
function declarationsBeside(path: string): string[] {
  if (isDeclaration(path)) return [path];
  const [, stem = path, kind = ""] = /^(.*)\.([cm]?)js$/.exec(path) ?? [];
  return [`${stem}.d.${kind}ts`, `${stem}.d.ts`, `${stem}/index.d.ts`];
}

/** What an import in a file of `node_modules` means. */
export function resolveInstalled(file: string, specifier: string, read: ReadInstalled): Resolution {
  if (/^\.{1,2}(?:\/|$)/.test(specifier)) {
    const path = joinPath(directoryOf(file), specifier);
    const found = path === undefined ? undefined : declarationsBeside(path).find((one) => read(one) !== undefined);
    return found === undefined
      ? { kind: "unresolved", reason: `${specifier} has no declarations` }
      : { kind: "file", file: found };
  }
  if (specifier.startsWith("node:")) return { kind: "builtin", name: specifier.slice("node:".length) };
  const split = splitPackageSpecifier(specifier);
  return split ? { kind: "package", ...split } : { kind: "unresolved", reason: `${specifier} is no package` };
}
