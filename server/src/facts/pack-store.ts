import { brotliDecompressSync } from "node:zlib";
import {
  clientName,
  PACK_FORMAT,
  type BundleHead,
  type OperationRow,
  type Pack,
  type PackIndex,
  type PermissionVocabulary,
} from "../model/pack.ts";
import { unfold } from "./service-vocabulary.ts";

/** Reads a file below `server/facts`: given by whoever owns the file system. */
export type ReadFactFile = (relativePath: string) => Uint8Array | undefined;

/** Packs and vocabularies, each read when first asked for and kept. */
export class PackStore {
  readonly index: PackIndex;
  private readonly readFile: ReadFactFile;
  private readonly packs = new Map<string, LoadedPack | undefined>();
  private readonly vocabularies = new Map<string, PermissionVocabulary | undefined>();
  private readonly bundles = new Map<string, LoadedBundle | undefined>();

  constructor(readFile: ReadFactFile) {
    this.readFile = readFile;
    const bytes = readFile("index.json");
    if (bytes === undefined) throw new Error("The fact base has no index.json: the installation is incomplete.");
    this.index = parse<PackIndex>("index.json", new TextDecoder().decode(bytes));
  }

  pack(id: string): LoadedPack | undefined {
    if (!this.packs.has(id)) this.packs.set(id, this.loadPack(id));
    return this.packs.get(id);
  }

  /** Only names of the index are looked for, so that no text of a user becomes a path. */
  private loadPack(id: string): LoadedPack | undefined {
    const pack = Object.hasOwn(this.index.packs, id)
      ? this.compressed<Pack>(`${id}.json.br`)
      : this.bundle(id.slice(0, Math.max(0, id.indexOf("/"))))?.pack(id);
    return pack && new LoadedPack(pack);
  }

  vocabulary(provider: string): PermissionVocabulary | undefined {
    if (!this.vocabularies.has(provider)) {
      const known = Object.keys(this.index.packs).some((id) => id.startsWith(`${provider}/`));
      this.vocabularies.set(provider, known ? this.compressed(`${provider}/permissions.json.br`) : undefined);
    }
    return this.vocabularies.get(provider);
  }

  bundle(provider: string): LoadedBundle | undefined {
    if (!this.bundles.has(provider)) {
      const text = Object.hasOwn(this.index.bundles ?? {}, provider) ? this.text(bundleFile(provider)) : undefined;
      this.bundles.set(provider, text === undefined ? undefined : new LoadedBundle(bundleFile(provider), text));
    }
    return this.bundles.get(provider);
  }

  private compressed<T extends { readonly format: number }>(relativePath: string): T | undefined {
    const text = this.text(relativePath);
    return text === undefined ? undefined : parse<T>(relativePath, text);
  }

  private text(relativePath: string): string | undefined {
    const bytes = this.readFile(relativePath);
    return bytes && brotliDecompressSync(bytes).toString();
  }
}

/** Where the bundle of a provider lies below `server/facts`. */
export function bundleFile(provider: string): string {
  return `${provider}/packs.jsonl.br`;
}

/** A bundle, taken apart; its packs are read when they are asked for. */
export class LoadedBundle {
  readonly head: BundleHead;
  private readonly lines: ReadonlyMap<string, string>;
  private readonly file: string;
  private byClient: ReadonlyMap<string, string> | undefined;

  constructor(file: string, text: string) {
    const [first, ...lines] = text.split("\n");
    this.file = file;
    this.head = parse<BundleHead>(file, first!);
    this.lines = new Map(this.head.packs.map((id, at) => [id, lines[at]!]));
  }

  /** The pack of a client, by any of the names that code gives it. */
  packOfClient(name: string): string | undefined {
    const { clients, packs } = this.head;
    const wanted = clientName(name);
    this.byClient ??= new Map([
      ...packs.map((id) => [clientName(id.slice(id.indexOf("/") + 1)), id] as const),
      ...Object.entries(clients),
    ]);
    return this.byClient.get(wanted);
  }

  /** As it is stored: folded. */
  pack(id: string): Pack | undefined {
    const line = this.lines.get(id);
    return line === undefined ? undefined : parse<Pack>(this.file, line);
  }
}

function parse<T extends { readonly format: number }>(relativePath: string, text: string): T {
  const data = JSON.parse(text) as T;
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
    this.pack = unfold(pack);
  }

  operation(name: string): OperationRow | undefined {
    this.byName ??= new Map(this.pack.operations.map((row) => [this.folded(row.name), row]));
    const { aliases } = this.pack;
    return this.byName.get(this.folded(aliases !== undefined && Object.hasOwn(aliases, name) ? aliases[name]! : name));
  }

  /** Operations that are named like permissions are spelled in the SDK's case here, in the vendor's there. */
  private folded(name: string): string {
    return this.pack.vocabulary === undefined ? name : name.toLowerCase();
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
