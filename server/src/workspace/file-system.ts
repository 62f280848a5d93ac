/**
 * How the engine sees files. Paths are relative to the root of the file system, parted by `/`; the root itself is `""`.
 * Nothing here throws for what a disk may hold: what cannot be read is a value that says why.
 */
export interface FileSystem {
  read(path: string): FileContent;
  /** Entries of a directory, sorted by name. */
  list(directory: string): Listing;
  /** Links within the root are followed, those out of it are `other`. */
  kind(path: string): FileKind;
  /** Where a path leads once its links are followed; `undefined` if nowhere, or out of the root. */
  realPath(path: string): string | undefined;
}

/** `other`: a pipe, a device, a socket, a link out of the root. */
export type FileKind = "file" | "directory" | "other" | "absent";

export interface DirectoryEntry {
  readonly name: string;
  /** As it stands there: a link is a `link`, wherever it leads. */
  readonly kind: "file" | "directory" | "link" | "other";
}

export type Listing =
  | { readonly kind: "entries"; readonly entries: readonly DirectoryEntry[] }
  | { readonly kind: "absent" }
  | { readonly kind: "unreadable"; readonly why: string };

export type Encoding = "utf-8" | "utf-16le" | "utf-16be";

/** Offsets count in `text`, which is without the byte order mark. */
export interface TextContent {
  readonly kind: "text";
  readonly text: string;
  readonly bom: boolean;
  readonly encoding: Encoding;
}

export type FileContent =
  | TextContent
  | { readonly kind: "absent" }
  | { readonly kind: "unreadable"; readonly why: string }
  | { readonly kind: "binary" }
  | { readonly kind: "too-large"; readonly size: number; readonly limit: number }
  | { readonly kind: "not-utf-8" };

const MEBIBYTE = 1024 * 1024;

/** Larger files are no source a person reads. */
export const DEFAULT_SIZE_LIMIT = MEBIBYTE;

export function textContent(text: string): TextContent {
  return { kind: "text", text, bom: false, encoding: "utf-8" };
}

/** Why a file was not analysed, in one line that names it. */
export function describeContent(path: string, content: Exclude<FileContent, TextContent>): string {
  switch (content.kind) {
    case "absent":
      return `${path}: no such file`;
    case "unreadable":
      return `${path}: cannot be read (${content.why}); not analysed`;
    case "binary":
      return `${path}: binary, not text; not analysed`;
    case "too-large":
      return `${path}: ${mebibytes(content.size, 1)}, larger than the ${mebibytes(content.limit, 0)} limit for source; not analysed`;
    case "not-utf-8":
      return `${path}: not valid UTF-8; not analysed`;
  }
}

/** One or two words for a count: "2 binary files not analysed". */
export function reasonOf(content: Exclude<FileContent, TextContent>): string {
  switch (content.kind) {
    case "absent":
      return "missing";
    case "too-large":
      return "too large";
    case "not-utf-8":
      return "not UTF-8";
    default:
      return content.kind;
  }
}

function mebibytes(bytes: number, digits: number): string {
  const value = bytes / MEBIBYTE;
  return Number.isInteger(value) ? `${value} MiB` : `${value.toFixed(Math.max(digits, value < 10 ? 1 : digits))} MiB`;
}
