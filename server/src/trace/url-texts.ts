import type { TextPiece } from "./texts.ts";
import { HOLE, isHole, joinPieces, patternText } from "./texts.ts";

type Pieces = readonly TextPiece[];

/** The parts of an address, each a text of known and unknown pieces. What stands behind `?` or `#` is in `rest`. */
export interface UrlParts {
  /** `https://`; empty where the text does not begin with one. */
  readonly scheme: Pieces;
  /** Host and port, without user and password. */
  readonly authority: Pieces;
  readonly path: Pieces;
  readonly rest: Pieces;
}

const NOTHING: Pieces = [];

/** Takes an address apart. A text that begins with a hole has no known authority: the hole may be one, or may hold one. */
export function urlParts(pieces: Pieces): UrlParts {
  const [before, rest] = cutAt(pieces, /[?#]/);
  const first = before[0];
  const scheme = first && !isHole(first) ? /^(?:[a-z][a-z\d+.-]*:)?\/\//i.exec(first.text)?.[0] : undefined;
  if (scheme === undefined) return { scheme: NOTHING, authority: NOTHING, path: before, rest };
  const [schemePart, after] = cutBehind(before, scheme.length);
  const [authority, path] = cutAt(after, /[/\\]/);
  return { scheme: schemePart, authority: withoutUser(authority), path, rest };
}

export function isAbsolute(pieces: Pieces): boolean {
  const [first] = pieces;
  return first !== undefined && !isHole(first) && /^[a-z][a-z\d+.-]*:\/\//i.test(first.text);
}

/** As `new URL(input, base)` does it; an unknown beginning of the input is taken for the beginning of a relative path. */
export function resolveUrl(input: Pieces, base: Pieces): Pieces {
  if (isAbsolute(input) || base.length === 0) return input;
  const of = urlParts(base);
  if (of.scheme.length === 0) return joinPieces([HOLE], behindSlash(input));
  const origin = joinPieces(of.scheme, of.authority);
  const text = leading(input);
  if (text.startsWith("//")) return joinPieces(text === "//" ? [HOLE] : schemeOf(of.scheme), input);
  if (text.startsWith("/")) return joinPieces(origin, input);
  if (/^[?#]/.test(text)) return joinPieces(joinPieces(origin, of.path), input);
  return joinPieces(joinPieces(origin, folderOf(of.path)), input);
}

/** Base and path with one slash between them, as HTTP clients join them. */
export function joinUrl(base: Pieces, path: Pieces): Pieces {
  if (isAbsolute(path)) return path;
  if (path.length === 0) return base;
  return joinPieces(joinPieces(withoutSlash(base), [{ text: "/", offset: -1 }]), withoutLeadingSlash(path));
}

function leading(pieces: Pieces): string {
  const [first] = pieces;
  return first !== undefined && !isHole(first) ? first.text : "";
}

function schemeOf(scheme: Pieces): Pieces {
  const text = patternText(scheme);
  return [{ text: text.slice(0, text.length - "//".length), offset: -1 }];
}

function behindSlash(pieces: Pieces): Pieces {
  return leading(pieces).startsWith("/") ? pieces : joinPieces([{ text: "/", offset: -1 }], pieces);
}

/** `/v1/items` → `/v1/`. */
function folderOf(path: Pieces): Pieces {
  for (let at = path.length - 1; at >= 0; at--) {
    const piece = path[at]!;
    const slash = isHole(piece) ? -1 : piece.text.lastIndexOf("/");
    if (!isHole(piece) && slash >= 0) return [...path.slice(0, at), { ...piece, text: piece.text.slice(0, slash + 1) }];
  }
  return [{ text: "/", offset: -1 }];
}

function withoutSlash(pieces: Pieces): Pieces {
  const last = pieces.at(-1);
  if (last === undefined || isHole(last)) return pieces;
  return [...pieces.slice(0, -1), { ...last, text: last.text.replace(/\/{1,8}$/, "") }];
}

function withoutLeadingSlash(pieces: Pieces): Pieces {
  const [first] = pieces;
  if (first === undefined || isHole(first)) return pieces;
  const text = first.text.replace(/^\/{1,8}/, "");
  return [{ ...first, text, offset: first.offset + first.text.length - text.length }, ...pieces.slice(1)];
}

function withoutUser(authority: Pieces): Pieces {
  for (let at = authority.length - 1; at >= 0; at--) {
    const piece = authority[at]!;
    const end = isHole(piece) ? -1 : piece.text.lastIndexOf("@");
    if (end >= 0) return cutBehind(authority.slice(at), end + 1)[1];
  }
  return authority;
}

/** Cuts before the first match in the known pieces. */
function cutAt(pieces: Pieces, pattern: RegExp): [before: Pieces, after: Pieces] {
  for (const [at, piece] of pieces.entries()) {
    const found = isHole(piece) ? -1 : piece.text.search(pattern);
    if (found < 0) continue;
    const [left, right] = cutBehind(pieces.slice(at), found);
    return [[...pieces.slice(0, at), ...left], right];
  }
  return [pieces, NOTHING];
}

/** Cuts the first piece, a known one, behind so many characters. */
function cutBehind(pieces: Pieces, length: number): [before: Pieces, after: Pieces] {
  const [first, ...more] = pieces;
  if (first === undefined || isHole(first)) return [NOTHING, pieces];
  const left = { ...first, text: first.text.slice(0, length) };
  const right = { ...first, text: first.text.slice(length), offset: first.offset + length };
  return [left.text === "" ? NOTHING : [left], right.text === "" ? more : [right, ...more]];
}
