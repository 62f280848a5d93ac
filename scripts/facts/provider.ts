import type { Pack, PackIndex, PermissionVocabulary } from "../../server/src/model/pack.ts";

/** What one provider's generator makes: `scripts/facts/<provider>/provider.ts` exports one of these as `provider`. */
export interface FactProvider {
  /** Folder below `server/facts` and first part of every pack's id. */
  readonly id: string;
  generate(): ProviderFacts;
}

export interface ProviderFacts {
  readonly packs: readonly Pack[];
  readonly vocabulary: PermissionVocabulary;
  /** Host → path prefix → pack, longest prefix first; none for what is not reached by HTTP. */
  readonly hosts: PackIndex["hosts"];
  /** `docs/facts/<id>.md`. */
  readonly page: string;
}
