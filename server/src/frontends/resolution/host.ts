import type { ImportRequest } from "../../model/summary.ts";
import { readJson, type JsonReading } from "./json.ts";

/**
 * What a resolver may ask of the world. The caller records what was asked, absences included, and so knows which answers
 * to forget when a file comes or goes. Paths are relative to the workspace root.
 */
export interface ResolutionHost {
  /** Whether a file is there that may be analysed: not ignored, not installed. */
  exists(path: string): boolean;
  readText(path: string): string | undefined;
  /** Roots of the packages of this workspace that carry this name. */
  packagesNamed(name: string): readonly string[];
  /** Where a file really is, for one that `exists` found through a link. */
  realPath?(path: string): string;
}

/** What an import means. */
export type Resolution =
  | { readonly kind: "file"; readonly file: string }
  /** Something installed: never looked at. `subpath` is what follows the name, `""` for the package itself. */
  | { readonly kind: "package"; readonly name: string; readonly subpath: string }
  /** Without `node:`. */
  | { readonly kind: "builtin"; readonly name: string }
  | { readonly kind: "unresolved"; readonly reason: string };

export type RequestForm = ImportRequest["form"];

export interface ModuleResolver {
  resolve(fromFile: string, specifier: string, form: RequestForm): Resolution;
}

/** Reads JSON through a host. Every reading asks the host anew, so that it is recorded; only the parsing is kept. */
export interface JsonSource {
  readonly host: ResolutionHost;
  /** `undefined` when the file is not there. */
  json(path: string): JsonReading | undefined;
}

export function createJsonSource(host: ResolutionHost): JsonSource {
  const parsed = new Map<string, JsonReading>();
  return {
    host,
    json(path) {
      if (!host.exists(path)) return undefined;
      const text = host.readText(path);
      if (text === undefined) return undefined;
      let reading = parsed.get(text);
      if (reading === undefined) {
        reading = readJson(text);
        parsed.set(text, reading);
      }
      return reading;
    },
  };
}
