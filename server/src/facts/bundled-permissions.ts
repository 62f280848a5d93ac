import { EFFECTS, effectRank, type Effect } from "../model/effect.ts";
import type { BundleEntry, BundleHead, FactSource, Pack, PermissionRow } from "../model/pack.ts";
import { containsPattern, isPattern } from "../model/pattern.ts";
import type { Tier } from "../model/permission.ts";
import { closest, type PermissionTable } from "./permissions.ts";
import { permissionRows } from "./service-vocabulary.ts";

/**
 * The permissions of a provider that keeps them by service: `s3:GetObject`, in whatever case, and patterns, `s3:Get*`. Only the
 * services that are asked about are read; all of them only for `all`.
 */
export class BundledPermissions implements PermissionTable {
  private readonly head: BundleHead;
  private readonly entry: BundleEntry;
  private readonly packOf: (id: string) => Pack | undefined;
  private readonly services = new Map<string, ReadonlyMap<string, PermissionRow>>();
  private readonly patterns = new Map<string, PermissionRow | undefined>();

  /** `packOf` gives packs unfolded. */
  constructor(head: BundleHead, entry: BundleEntry, packOf: (id: string) => Pack | undefined) {
    this.head = head;
    this.entry = entry;
    this.packOf = packOf;
  }

  get sources(): readonly FactSource[] {
    return this.head.sources;
  }

  get all(): readonly PermissionRow[] {
    return this.names().flatMap((name) => [...this.service(name).values()]);
  }

  get(spelled: string): PermissionRow | undefined {
    const folded = spelled.trim().toLowerCase();
    if (!isPattern(folded)) return this.service(serviceOf(folded)).get(folded);
    if (!this.patterns.has(folded)) this.patterns.set(folded, this.pattern(spelled.trim(), folded));
    return this.patterns.get(folded);
  }

  called(subject: string): readonly PermissionRow[] {
    const row = this.get(subject);
    return row === undefined ? [] : [row];
  }

  /** Patterns do, and are no permissions of their own. */
  including(): readonly PermissionRow[] {
    return [];
  }

  nearMisses(spelled: string): readonly string[] {
    const folded = spelled.trim().toLowerCase();
    if (isPattern(folded) || this.get(folded) !== undefined) return [];
    const [service, action] = [serviceOf(folded), folded.slice(folded.indexOf(":") + 1)];
    if (service === "") return [];
    const own = [...this.service(service)];
    if (own.length > 0)
      return closest(
        folded,
        own.map(([text, { name }]) => [text, name] as const),
      );
    const near = closest(
      service,
      this.names().map((name) => [name, name] as const),
    );
    return near.flatMap((name) => this.service(name).get(`${name}:${action}`)?.name ?? []);
  }

  private names(): string[] {
    return this.head.packs.map((id) => id.slice(id.indexOf("/") + 1));
  }

  /** By folded name; empty for what is no service. */
  private service(name: string): ReadonlyMap<string, PermissionRow> {
    const known = this.services.get(name);
    if (known !== undefined) return known;
    const pack = this.packOf(`${this.head.provider}/${name}`);
    const rows = pack?.vocabulary === undefined ? [] : permissionRows(pack, pack.vocabulary);
    const made = new Map(rows.map((row) => [row.name.toLowerCase(), row]));
    this.services.set(name, made);
    return made;
  }

  /** A pattern as a permission of its own: as strong and as broad as all that it stands for. */
  private pattern(spelled: string, folded: string): PermissionRow | undefined {
    if (/^\*+(?::\*+)?$/.test(folded)) return everything(spelled, this.entry);
    const matching = [...this.service(serviceOf(folded))].filter(([name]) => containsPattern(folded, name));
    if (matching.length === 0) return undefined;
    const rows = matching.map(([, row]) => row);
    return {
      name: spelled,
      short: spelled,
      tier: highestTier(rows),
      effect: rows.map(({ effect }) => effect).reduce(higher),
      breadth: rows.reduce((sum, { breadth }) => sum + breadth, 0),
      services: [...new Set(rows.flatMap(({ services }) => services ?? []))],
      implies: rows.map(({ name }) => name),
      source: 0,
    };
  }
}

const serviceOf = (name: string): string => name.slice(0, Math.max(0, name.indexOf(":")));

function everything(name: string, { operations }: BundleEntry): PermissionRow {
  return { name, short: name, tier: "admin", effect: "administer", breadth: operations, source: 0 };
}

const higher = (a: Effect, b: Effect): Effect =>
  (effectRank(a) - effectRank(b) || EFFECTS.indexOf(a) - EFFECTS.indexOf(b)) >= 0 ? a : b;

/** The provider's word on its strongest is enough; short of that nothing is known of the rest. */
function highestTier(rows: readonly PermissionRow[]): Tier {
  return rows.some(({ tier }) => tier === "admin") ? "admin" : "unknown";
}
