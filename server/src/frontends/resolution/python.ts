import type { ModuleResolver, Resolution, ResolutionHost } from "./host.ts";
import { ancestorsOf, directoryOf, joinPath } from "./paths.ts";

/** Before the name of every package of Python, so that `redis` of one language is not taken for that of another. */
export const PYTHON = "python:";

/**
 * Resolves what Python files import, as an interpreter would that was started in any folder above the file: `a.b` is
 * `a/b.py` or `a/b/__init__.py` beside the file, in a folder above, or in the `src` of one. What is found nowhere is a package,
 * installed or not. It keeps no answers: everything is asked of the host each time.
 */
export function createPythonResolver(host: ResolutionHost): ModuleResolver {
  return {
    resolve(fromFile, specifier) {
      const dots = /^\.*/.exec(specifier)![0].length;
      const names = specifier
        .slice(dots)
        .split(".")
        .filter((name) => name !== "");
      if (dots > 0) return relative(host, fromFile, dots, names);
      for (const directory of ancestorsOf(directoryOf(fromFile))) {
        const found = moduleAt(host, directory, names) ?? moduleAt(host, joinPath(directory, "src"), names);
        if (found !== undefined && found !== fromFile) return { kind: "file", file: found };
      }
      const [name, ...rest] = names;
      if (name === undefined) return { kind: "unresolved", reason: "the import names nothing" };
      return { kind: "package", name: PYTHON + name, subpath: rest.join("/") };
    },
  };
}

/** `.a` is beside the file, `..a` one folder up. */
function relative(host: ResolutionHost, fromFile: string, dots: number, names: readonly string[]): Resolution {
  const directory = joinPath(directoryOf(fromFile), Array.from({ length: dots - 1 }, () => "..").join("/") || ".");
  const written = ".".repeat(dots) + names.join(".");
  if (directory === undefined) return { kind: "unresolved", reason: `${written} leads out of the workspace` };
  const found = moduleAt(host, directory, names);
  return found === undefined
    ? { kind: "unresolved", reason: `${written} is not in the workspace` }
    : { kind: "file", file: found };
}

function moduleAt(host: ResolutionHost, directory: string | undefined, names: readonly string[]): string | undefined {
  const path = directory === undefined ? undefined : joinPath(directory, names.join("/") || ".");
  if (path === undefined) return undefined;
  const candidates = names.length === 0 ? [] : [`${path}.py`];
  candidates.push(path === "" ? "__init__.py" : `${path}/__init__.py`);
  return candidates.find((candidate) => host.exists(candidate));
}
