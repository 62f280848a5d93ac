import type { Pack, PermissionVocabulary } from "../../../server/src/model/pack.ts";
import type { GoogleSources } from "./sources.ts";
export function pageOf(_packs: readonly Pack[], _vocabulary: PermissionVocabulary, _sources: GoogleSources): string {
  return "";
}
