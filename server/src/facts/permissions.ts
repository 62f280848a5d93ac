import { distance } from "fastest-levenshtein";
import type { PermissionRow, PermissionVocabulary } from "../model/pack.ts";
import { compareText } from "../model/place.ts";

/** The permissions of one provider, by every spelling it accepts. */
export class Permissions {
  private readonly vocabulary: PermissionVocabulary;
  private readonly bySpelling: ReadonlyMap<string, PermissionRow>;

  constructor(vocabulary: PermissionVocabulary) {
    this.vocabulary = vocabulary;
    const spellings = vocabulary.permissions.flatMap((row) =>
      [row.name, ...(row.aliases ?? [])].map((spelling) => [spelling, row] as const),
    );
    this.bySpelling = new Map(spellings);
  }

  get all(): readonly PermissionRow[] {
    return this.vocabulary.permissions;
  }

  get(spelled: string): PermissionRow | undefined {
    return this.bySpelling.get(spelled);
  }

  /** Names that were probably meant, the most likely first; none for text that is like no permission. */
  nearMisses(spelled: string): readonly string[] {
    if (this.bySpelling.has(spelled)) return [];
    const wanted = bare(spelled);
    if (wanted === "") return [];
    // Longer names differ from their neighbours by more than a slip: a whole word too many is another permission.
    const most = wanted.length < 10 ? 1 : 2;
    return this.vocabulary.permissions
      .map((row) => ({ name: row.name, away: distance(wanted, bare(row.short)) }))
      .filter(({ away }) => away <= most)
      .sort((a, b) => a.away - b.away || compareText(a.name, b.name))
      .slice(0, 3)
      .map(({ name }) => name);
  }
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
