import { distance } from "fastest-levenshtein";
import type { FactSource, PermissionRow, PermissionVocabulary } from "../model/pack.ts";
import { compareText } from "../model/place.ts";

/** The permissions of one provider, by every spelling it accepts. */
export interface PermissionTable {
  readonly sources: readonly FactSource[];
  readonly all: readonly PermissionRow[];
  get(spelled: string): PermissionRow | undefined;
  /** All that are called so, in full or in short. */
  called(subject: string): readonly PermissionRow[];
  /** All that include it, by the provider's own hierarchy. */
  including(name: string): readonly PermissionRow[];
  /** Names that were probably meant, the most likely first; none for text that is like no permission. */
  nearMisses(spelled: string): readonly string[];
}

/** A vocabulary that is read as a whole. */
export class Permissions implements PermissionTable {
  private readonly vocabulary: PermissionVocabulary;
  private readonly bySpelling: ReadonlyMap<string, PermissionRow>;
  private readonly same: (spelled: string) => string;

  constructor(vocabulary: PermissionVocabulary) {
    this.vocabulary = vocabulary;
    this.same = vocabulary.caseless ? (spelled) => spelled.toLowerCase() : (spelled) => spelled;
    const spellings = vocabulary.permissions.flatMap((row) =>
      [row.name, ...(row.aliases ?? [])].map((spelling) => [this.same(spelling), row] as const),
    );
    this.bySpelling = new Map(spellings);
  }

  get sources(): readonly FactSource[] {
    return this.vocabulary.sources;
  }

  get all(): readonly PermissionRow[] {
    return this.vocabulary.permissions;
  }

  get(spelled: string): PermissionRow | undefined {
    return this.bySpelling.get(this.same(this.withoutPrefix(spelled)));
  }

  private withoutPrefix(spelled: string): string {
    const lower = spelled.toLowerCase();
    const prefix = this.vocabulary.prefixes?.find((one) => lower.startsWith(one.toLowerCase()));
    return prefix === undefined ? spelled : spelled.slice(prefix.length);
  }

  called(subject: string): readonly PermissionRow[] {
    const spelled = this.get(subject);
    return this.all.filter((row) => row === spelled || row.short === subject);
  }

  including(name: string): readonly PermissionRow[] {
    return this.all.filter(({ implies }) => implies?.includes(name) === true);
  }

  nearMisses(spelled: string): readonly string[] {
    if (this.get(spelled) !== undefined) return [];
    const wanted = bare(this.withoutPrefix(spelled));
    if (wanted === "") return [];
    return closest(
      wanted,
      this.all.map((row) => [bare(row.short), row.name]),
    );
  }
}

/** The names whose texts are so like the wanted one that a slip explains the difference. */
export function closest(wanted: string, candidates: readonly (readonly [text: string, name: string])[]): string[] {
  // Longer names differ from their neighbours by more than a slip: a whole word too many is another permission.
  const most = wanted.length < 10 ? 1 : 2;
  return candidates
    .map(([text, name]) => ({ name, away: distance(wanted, text) }))
    .filter(({ away }) => away <= most)
    .sort((a, b) => a.away - b.away || compareText(a.name, b.name))
    .slice(0, 3)
    .map(({ name }) => name);
}

/** What is left of a permission when scheme, host and the common path are taken off: misspellings of those cost nothing. */
function bare(spelled: string): string {
  return spelled
    .trim()
    .toLowerCase()
    .replace(/^https?:\/*(?:www\.)?google(?:apis)?\.com\/+(?:auth\/+)?/, "")
    .replace(/^https?:\/*/, "")
    .replace(/\/+$/, "");
}
