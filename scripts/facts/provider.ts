import type { BundleHead, Pack, PackIndex, PermissionVocabulary } from "../../server/src/model/pack.ts";

/** What one provider's generator makes: `scripts/facts/<provider>/provider.ts` exports one of these as `provider`. */
export interface FactProvider {
  /** Folder below `server/facts` and first part of every pack's id. */
  readonly id: string;
  generate(): ProviderFacts;
}

export interface ProviderFacts {
  readonly packs: readonly Pack[];
  /** In a file of its own, or folded into the packs of a bundle. */
  readonly vocabulary: PermissionVocabulary | BundleAbout;
  /** Host → path prefix → pack, longest prefix first; none for what is not reached by HTTP. */
  readonly hosts: PackIndex["hosts"];
  /** Those of the hosts whose paths are OData. */
  readonly odata?: readonly string[];
  /** `docs/facts/<id>.md`. */
  readonly page: string;
}

/** What a bundle says beside its packs. */
export type BundleAbout = Pick<BundleHead, "sources" | "clients" | "platform">;
