import type { GrantInList, Wildcard } from "../model/analysis.ts";
import type { Span } from "../model/place.ts";
import type { ManifestNode } from "./tree.ts";

/** One kind of manifest: how it is recognised, and what it says. One file a kind; see `docs/manifests/`. */
export interface ManifestKind {
  readonly id: string;
  /** As messages and lists call it: `Slack app manifest`. */
  readonly title: string;
  /** Texts all of which such a file holds: no other is parsed. */
  readonly marks: readonly string[];
  /** Where such files are, for hosts that look nowhere else; absent: anywhere. */
  readonly files?: RegExp;
  /** Whether a document is of this kind, by what it holds. */
  recognises(root: ManifestNode, path: string): boolean;
  read(root: ManifestNode, source: ManifestSource): ManifestContent;
}

/** The text a manifest was read from. */
export interface ManifestSource {
  /** Relative to the root of the workspace. */
  readonly path: string;
  readonly text: string;
}

/** What a manifest says, without any facts: the same for the same text. */
export interface ManifestContent {
  readonly grants: readonly ManifestGrant[];
  readonly needs: readonly ManifestNeed[];
  readonly entries: readonly ManifestEntry[];
  readonly mayNeed?: readonly ManifestMayNeed[];
  /** Nothing says for whom it is: it is for the code beside it only if it covers every call of that. */
  readonly isUnattached?: true;
}

/** What may be needed for an event, unless whoever delivers it has permissions of its own. */
export interface ManifestMayNeed {
  readonly provider: string;
  readonly event: string;
  readonly mayNeed: readonly string[];
  /** What says so, and when it was read. */
  readonly source: string;
  readonly date: string;
  readonly span: Span;
}

/** Code that whoever reads the manifest starts: a handler. */
export interface ManifestEntry {
  /**
   * Relative to the manifest's folder; a name without extension is any file of code that is called so. Absent: the manifest does
   * not say where it is.
   */
  readonly file?: string;
  /** In place of it: any code in there, whatever starts it. */
  readonly folder?: string;
  /** The function that is called; absent: whatever the file exports. */
  readonly function?: string;
  /** The lists that are in force where it runs, if others are not. */
  readonly lists?: readonly string[];
  /** Where it is named, if what the manifest grants is for all of this code: where some cannot be found, nothing is sure. */
  readonly span?: Span;
}

export interface ManifestGrant {
  readonly provider: string;
  /** As it is written there. */
  readonly written: string;
  /** What the provider calls it, where it is written otherwise: `s3:GetObject`, `issues:write`. */
  readonly name?: string;
  /** What it is restricted to, as a pattern. */
  readonly resource?: string;
  readonly condition?: string;
  readonly span: Span;
  /** Names the list within the manifest: grants of one list take effect together. */
  readonly list: string;
  /** Some of the list could not be read. */
  readonly open?: true;
  /** The list is for a token that nothing but the needs of the same name ever have. */
  readonly token?: string;
  readonly credentialKind?: string;
  /** "requested" of a user or administrator, "granted" by whoever wrote it. */
  readonly verb: "requested" | "granted";
  /** Where and how it can be taken out. */
  readonly element?: GrantInList;
  /** It stands for everything of its kind. */
  readonly wildcard?: Wildcard;
}

/** Something the manifest declares that needs permissions no call shows: an event it subscribes to, a feature it offers. */
export interface ManifestNeed {
  readonly provider: string;
  /** The operation in the facts that stands for it. */
  readonly pack: string;
  readonly operation: string;
  /** What people call it: `event`, `feature`, `step`. */
  readonly noun: string;
  /** Whose token it uses. If the facts do not know one need of a token, nothing is known of them all. */
  readonly token?: string;
  readonly span: Span;
  readonly credentialKind?: string;
}
