import type { Frame } from "./frames.ts";
import type { HeapObject } from "./heap.ts";
import type { Interpreter } from "./interpreter.ts";
import type { TextPiece } from "./texts.ts";
import { HOLE, joinPieces } from "./texts.ts";
import { urlParts } from "./url-texts.ts";
import type { Value, ValueSet } from "./values.ts";
import { setOf } from "./values.ts";

type Pieces = readonly TextPiece[];

/** More texts than this are not told apart. */
const MOST_TEXTS = 32;

/** A property of an address. What was set to `pathname` or `host` counts in the address, not here: it may be made from what is read here. */
export function urlMember(trace: Interpreter, object: HeapObject, name: string, reader: Frame): ValueSet {
  const made = textsOf(trace, trace.read(object.cell("href"), reader), reader);
  const texts = (of: (pieces: Pieces) => Pieces): ValueSet =>
    setOf(
      made.map((pieces) => trace.values.text(of(pieces))),
      trace.values,
    );
  switch (name) {
    case "href":
      return urlText(trace, trace.values.object(object), reader);
    case "origin":
      return texts((pieces) => origin(pieces));
    case "host":
    case "hostname":
      return texts((pieces) => known(urlParts(pieces).authority));
    case "pathname":
      return texts((pieces) => known(urlParts(pieces).path));
    case "searchParams": {
      const parameters = trace.values.step(trace.values.external("global"), {
        kind: "member",
        name: "URLSearchParams",
      });
      return [parameters.kind === "external" ? trace.values.step(parameters, { kind: "new", call: null }) : parameters];
    }
    default:
      return [trace.values.text([HOLE])];
  }
}

/** The whole address as text, with what was set to its parts. */
export function urlText(trace: Interpreter, value: Value, reader: Frame): ValueSet {
  if (value.kind !== "object") return [trace.values.text([HOLE])];
  const { object } = value;
  const set = (name: string): Pieces[] => textsOf(trace, trace.read(object.cell(name), reader), reader);
  const hosts = [...set("host"), ...set("hostname")];
  const paths = set("pathname");
  const whole = set("href").flatMap((href) => {
    const parts = urlParts(href);
    // An address that is not known is no better known for having been taken apart.
    if (parts.scheme.length === 0 && hosts.length === 0 && paths.length === 0) return [href];
    const starts = hosts.length === 0 ? [origin(href)] : hosts.map((host) => joinPieces(parts.scheme, host));
    const ends = paths.length === 0 ? [joinPieces(parts.path, parts.rest)] : paths;
    return starts.flatMap((start) => ends.map((end) => joinPieces(start, end)));
  });
  return setOf(
    bounded(whole).map((pieces) => trace.values.text(pieces)),
    trace.values,
  );
}

function origin(pieces: Pieces): Pieces {
  const { scheme, authority } = urlParts(pieces);
  return scheme.length === 0 ? NOTHING_KNOWN : joinPieces(scheme, authority);
}

const NOTHING_KNOWN: Pieces = [HOLE];

const known = (pieces: Pieces): Pieces => (pieces.length === 0 ? NOTHING_KNOWN : pieces);

/** More texts than are told apart are one that is not known. */
export const bounded = (texts: Pieces[]): Pieces[] => (texts.length > MOST_TEXTS ? [NOTHING_KNOWN] : texts);

/** Texts and addresses as texts; anything else is a hole. */
export function textsOf(trace: Interpreter, values: ValueSet, reader: Frame): Pieces[] {
  return values.flatMap((value): Pieces[] => {
    if (value.kind === "text") return [value.pieces];
    if (value.kind === "literal") return value.value === undefined ? [] : [[{ text: String(value.value), offset: -1 }]];
    if (value.kind === "object" && value.object.kind === "url")
      return urlText(trace, value, reader).flatMap((text) => (text.kind === "text" ? [text.pieces] : []));
    return value.kind === "external" ? [[{ hole: true, name: value.path }]] : [[HOLE]];
  });
}
