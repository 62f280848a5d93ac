import type { ExternalCall } from "../../trace/external-call.ts";
import type { Reading } from "../../trace/reading.ts";
import { HOLE, joinPieces } from "../../trace/texts.ts";
import type { ExternalValue, ValueSet } from "../../trace/values.ts";
import { externalChain } from "../../trace/values.ts";
import type { Pieces } from "./addresses.ts";
import { addressTexts, joinedAddresses } from "./addresses.ts";
import type { Outgoing } from "./outgoing.ts";
import { fields, verbsOf } from "./outgoing.ts";

/** Clients that take an address in parts: Node's `http` and `https`, and undici's dispatchers. */
export function sentInParts(call: ExternalCall, reading: Reading): Outgoing | undefined {
  const { path } = call.callee;
  const node = /^node:(https?)#(request|get)$/.exec(path);
  if (node) return sentByNode(call, node[1]!, node[2] === "get" ? "GET" : undefined, reading);
  return /^undici#.*\.(?:request|stream|pipeline|dispatch)$/.test(path) ? sentByDispatcher(call, reading) : undefined;
}

/** `request(address, options)`, or options alone: `{ hostname, port, path, method }`. */
function sentByNode(call: ExternalCall, scheme: string, verb: string | undefined, reading: Reading): Outgoing {
  const [first, second] = [call.argument(0), call.argument(1)];
  const inParts = reading.objects(first).filter(({ object }) => object.kind !== "url");
  const whole = first.filter((value) => !inParts.includes(value as never));
  const options = [[...inParts, ...second.filter((value) => value.kind === "object")]];
  const addresses = [
    ...addressTexts(whole, reading),
    ...inParts.flatMap((part) => addressOfParts([part], scheme, reading)),
  ];
  return {
    verbs: verb === undefined ? verbsOf(undefined, options, reading) : [verb],
    addresses,
    body: [],
    options,
    amended: false,
  };
}

function addressOfParts(parts: ValueSet, scheme: string, reading: Reading): Pieces[] {
  const named = ["hostname", "host"].map((name) => reading.ownField(parts, name)).find((set) => set.length > 0);
  const hosts = named === undefined ? [[plain("localhost")]] : addressTexts(named, reading);
  const ports = addressTexts(reading.ownField(parts, "port"), reading).map((port) => joinPieces([plain(":")], port));
  const origins = hosts.flatMap((host) => {
    const origin = joinPieces([plain(`${scheme}://`)], host);
    return ports.length === 0 ? [origin] : ports.map((port) => joinPieces(origin, port));
  });
  const paths = reading.ownField(parts, "path");
  return joinedAddresses(origins, paths.length === 0 ? [[plain("/")]] : addressTexts(paths, reading));
}

const plain = (text: string): Pieces[number] => ({ text, offset: -1 });

/** `new Client(origin).request({ path, method })`, `new Agent().request({ origin, path, method })`. */
function sentByDispatcher(call: ExternalCall, reading: Reading): Outgoing | undefined {
  const made = externalChain(call.callee).find(isMade)?.step;
  if (made?.kind !== "new" && made?.kind !== "call") return undefined;
  const options = [call.argument(0)];
  const given = fields(options, ["origin"], reading);
  const origins = addressTexts(given.length > 0 ? given : originOf(made.call), reading);
  const paths = addressTexts(fields(options, ["path"], reading), reading);
  return {
    verbs: verbsOf(undefined, options, reading),
    addresses: joinedAddresses(origins.length > 0 ? origins : [[HOLE]], paths.length > 0 ? paths : [[HOLE]]),
    body: fields(options, ["body"], reading),
    options,
    amended: false,
  };
}

const isMade = ({ step }: ExternalValue): boolean => step?.kind === "new" || step?.kind === "call";

function originOf(made: ExternalCall | null): ValueSet {
  return (made?.argument(0) ?? []).filter((value) => value.kind !== "object" || value.object.kind === "url");
}
