import { directoryOf, joinPath } from "../frontends/resolution/paths.ts";
import { asObject, type Json } from "../frontends/resolution/json.ts";
import { isOfFile } from "../libraries/declared.ts";
import type { Term } from "../libraries/model.ts";
import { isTerm } from "../libraries/terms.ts";
import { isPattern } from "../libraries/way.ts";
import type { Complaint, Path } from "./complaint.ts";

/** How a way is written, for whoever wrote something else. */
export const WAYS = "@acme/log#info, ./src/log.ts#info";

/** What no schema can see in `models:`: ways and terms that cannot be read, files that do not exist. */
export function modelComplaints(
  models: Json | undefined,
  configuration: string,
  isFile: (path: string) => boolean,
): readonly Complaint[] {
  return Object.entries(asObject(models) ?? {}).flatMap(([kind, list]) =>
    (list as readonly Json[]).flatMap((entry, index): readonly Complaint[] => {
      const path: Path = ["models", kind, index];
      if (typeof entry === "string") return wayComplaints(entry, path, configuration, isFile);
      return Object.entries(asObject(entry) ?? {}).flatMap(([key, value]): readonly Complaint[] => {
        const text = typeof value === "string" ? value : "";
        if (key === "operation" && /^[A-Z]+ /.test(text)) return requestComplaints(text, [...path, key]);
        if (WAY_KEYS.has(key)) return wayComplaints(text, [...path, key], configuration, isFile);
        const terms = key === "with" ? (value as Term[]) : TERM_KEYS.has(key) ? [value as Term] : [];
        return terms
          .filter((term) => term !== "credential" && !isTerm(term))
          .map((term) => ({
            path: [...path, key],
            message: `models.${kind}[${index}].${key} is ${JSON.stringify(term)}; write 0, 0.name, 0[], 1..., this, result or kept`,
          }));
      });
    }),
  );
}

const WAY_KEYS: ReadonlySet<string> = new Set(["way", "is", "call", "operation", "in"]);
const TERM_KEYS: ReadonlySet<string> = new Set(["calls", "returns", "keeps", "under"]);

function wayComplaints(
  way: string,
  path: Path,
  configuration: string,
  isFile: (path: string) => boolean,
): readonly Complaint[] {
  const [, kind, index, key] = path;
  const name = `models.${kind}[${index}]${key === undefined ? "" : `.${key}`}`;
  if (!isPattern(way)) return [{ path, message: `${name} is ${way}; write the way to it: ${WAYS}` }];
  if (!isOfFile(way)) return [];
  const file = joinPath(directoryOf(configuration), way.slice(0, way.indexOf("#")));
  if (file !== undefined && isFile(file)) return [];
  return [{ path, message: `${name} leads to ${file ?? way}, which is no file here; name it from this remit.yaml` }];
}

function requestComplaints(value: string, path: Path): readonly Complaint[] {
  if (/^[A-Z]+ https?:\/\/[^/\s]+(\/\S*)?$/.test(value)) return [];
  const name = `models.${path[1]}[${path[2]}].operation`;
  return [{ path, message: `${name} is ${value}; write a request as GET https://api.acme.com/contacts/{}` }];
}
