import { brotliDecompressSync } from "node:zlib";
import { PACK_FORMAT, type OperationRow, type Pack, type PackIndex, type PermissionVocabulary } from "../model/pack.ts";

/** Reads a file below `server/facts`: given by whoever owns the file system. */
export type ReadFactFile = (relativePath: string) => Uint8Array | undefined;

/** Packs and vocabularies, each read when first asked for and kept. */
export class PackStore {
  readonly index: PackIndex;
  private readonly readFile: ReadFactFile;
  private readonly packs = new Map<string, LoadedPack | undefined>();
  private readonly vocabularies = new Map<string, PermissionVocabulary | undefined>();

  constructor(readFile: ReadFactFile) {
    this.readFile = readFile;
    const bytes = readFile("index.json");
    if (bytes === undefined) throw new Error("The fact base has no index.json: the installation is incomplete.");
    this.index = parse<PackIndex>("index.json", bytes);
  }

  pack(id: string): LoadedPack | undefined {
    if (!this.packs.has(id)) this.packs.set(id, this.loadPack(id));
    return this.packs.get(id);
  }

  /** Only names of the index are looked for, so that no text of a user becomes a path. */
  private loadPack(id: string): LoadedPack | undefined {
    if (!Object.hasOwn(this.index.packs, id)) return undefined;
    const pack = this.compressed<Pack>(`${id}.json.br`);
    return pack && new LoadedPack(pack);
  }

  vocabulary(provider: string): PermissionVocabulary | undefined {
    if (!this.vocabularies.has(provider)) {
      const known = Object.keys(this.index.packs).some((id) => id.startsWith(`${provider}/`));
      this.vocabularies.set(provider, known ? this.compressed(`${provider}/permissions.json.br`) : undefined);
    }
    return this.vocabularies.get(provider);
  }

  private compressed<T extends { readonly format: number }>(relativePath: string): T | undefined {
    const bytes = this.readFile(relativePath);
    return bytes && parse<T>(relativePath, brotliDecompressSync(bytes));
  }
}

function parse<T extends { readonly format: number }>(relativePath: string, bytes: Uint8Array): T {
  const data = JSON.parse(new TextDecoder().decode(bytes)) as T;
  if (data.format !== PACK_FORMAT)
    throw new Error(`${relativePath}: format ${data.format}, this version reads ${PACK_FORMAT}.`);
  return data;
}

/** A pack with the tables that lookups need, each made on first use. */
export class LoadedPack {
  readonly pack: Pack;
  private byName: ReadonlyMap<string, OperationRow> | undefined;
  private prefixes: ReadonlySet<string> | undefined;

  constructor(pack: Pack) {
    this.pack = pack;
  }

  operation(name: string): OperationRow | undefined {
    this.byName ??= new Map(this.pack.operations.map((row) => [row.name, row]));
    return this.byName.get(name);
  }

  /** Is `users.messages` a resource, with operations below it? */
  hasNamespace(prefix: string): boolean {
    this.prefixes ??= new Set(this.pack.operations.flatMap(({ name }) => namespacesOf(name)));
    return this.prefixes.has(prefix);
  }
}

/** `users.messages.list` → `users`, `users.messages`. */
function namespacesOf(name: string): string[] {
  const parts = name.split(".");
  return parts.slice(1).map((_, at) => parts.slice(0, at + 1).join("."));
}
