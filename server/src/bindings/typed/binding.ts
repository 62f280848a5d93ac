import type { Facts } from "../../facts/lookup.ts";
import type { OperationRow, Pack, TypeGraph } from "../../model/pack.ts";
import type { ExternalCall } from "../../trace/external-call.ts";
import type { BindingContext, ServiceBinding, Sighting } from "../binding.ts";
import { requestSightings } from "./requests.ts";
import { isListType, lineage, methodOf, typeOf } from "./walk.ts";

/** Libraries that one pack speaks of. */
export interface TypedLibrary {
  readonly pack: string;
  /** Names to import it by. */
  readonly packages: readonly string[];
}

/** A call of a library's method, as the facts see it. */
export interface MethodCall {
  readonly call: ExternalCall;
  readonly pack: Pack;
  readonly row: OperationRow;
  /** `Page.click`. */
  readonly operation: string;
}

export interface TypedBinding {
  readonly provider: string;
  readonly libraries: readonly TypedLibrary[];
  /** Texts without which no file uses it; absent: what it does is nothing that a deployable is looked at for. */
  readonly triggers?: readonly string[];
  /** Whoever holds one of its values can reach the service. */
  readonly carriesCredential?: true;
  /** How the ways to calls begin whose arguments `refine` asks for later. */
  readonly remembered?: readonly string[];
  /** Methods that send code elsewhere: where it stands among the arguments. */
  readonly code?: Readonly<Record<string, number>>;
  /** What the arguments of a call say beyond its row. */
  readonly refine?: (found: MethodCall, sighting: Access, context: BindingContext) => readonly Sighting[];
}

export type Access = Sighting & { readonly kind: "access" };

const PYTHON = "python:";

/** Methods that any object may have, and that touch nothing outside the program. */
const ANYBODYS = new Set(
  "on once off addListener removeListener removeAllListeners emit then catch finally toString toJSON valueOf bind call apply".split(
    " ",
  ),
);

/** A binding for libraries whose values are known by the graph of their types. */
export function typedBinding(binding: TypedBinding): ServiceBinding {
  const { provider, libraries, triggers, carriesCredential, remembered, code, refine } = binding;
  const packOf = new Map(libraries.flatMap(({ pack, packages }) => packages.map((name) => [name, pack] as const)));
  return {
    provider,
    triggers: triggers ?? [],
    ...(!triggers && { secondary: secondaryOf([...packOf.keys()]) }),
    clients: remembered ?? [],
    values: [...packOf.keys()].map((name) => `${name}#`),
    sight(call, context) {
      const id = packOf.get(call.callee.package);
      if (id === undefined) return undefined;
      const pack = context.facts.pack(id);
      const found = pack?.types && !call.construct ? methodOf(call.callee, pack.types) : undefined;
      if (!pack?.types || !found || isListType(found.type)) return "harmless";
      const requests = sentBy(found.type, found.method, pack.types);
      if (requests) return requestSightings(requests, pack, provider, context.facts);
      const row = rowOf(id, found.type, found.method, pack.types, context.facts);
      if (!row) return isKnown(found.type, found.method, pack.types) ? "harmless" : [unknownMethod(pack, found)];
      const fact = context.facts.requirement(pack, row, () => undefined);
      const access: Access = { kind: "access", fact, provider, credential: { provider } };
      return refine ? refine({ call, pack, row, operation: row.name }, access, context) : [access];
    },
    ...(code && { sendsCode: (call) => (packOf.has(call.callee.package) ? argumentOfCode(call, code) : undefined) }),
    reach(value, { facts }) {
      const id = carriesCredential && value.kind === "external" ? packOf.get(value.package) : undefined;
      const pack = id === undefined ? undefined : facts.pack(id);
      const isOfType = pack?.types && value.kind === "external" && typeOf(value, pack.types) !== undefined;
      return isOfType ? [pack.service] : [];
    },
  };
}

function argumentOfCode({ callee }: ExternalCall, code: Readonly<Record<string, number>>): number[] | undefined {
  const method = callee.step?.kind === "member" ? callee.step.name : "";
  return Object.hasOwn(code, method) ? [code[method]!] : undefined;
}

/** Python says `import pymongo` or `from pymongo import …`. */
function secondaryOf(packages: readonly string[]): NonNullable<ServiceBinding["secondary"]> {
  const python = packages.filter((name) => name.startsWith(PYTHON)).map((name) => name.slice(PYTHON.length));
  return {
    modules: packages.filter((name) => !name.startsWith(PYTHON)),
    texts: python.flatMap((name) => [`import ${name}`, `from ${name}`]),
  };
}

function sentBy(type: string, method: string, graph: TypeGraph): readonly string[] | undefined {
  return lineage(type, graph)
    .map((name) => graph.types[name]?.sends ?? {})
    .find((sends) => Object.hasOwn(sends, method))?.[method];
}

function rowOf(pack: string, type: string, method: string, graph: TypeGraph, facts: Facts): OperationRow | undefined {
  return lineage(type, graph)
    .map((name) => facts.operation(pack, `${name}.${method}`))
    .find((row) => row !== undefined);
}

/** A method that touches nothing, or a member that is called to get somewhere. */
function isKnown(type: string, method: string, graph: TypeGraph): boolean {
  if (ANYBODYS.has(method)) return true;
  return lineage(type, graph).some((name) => {
    const { harmless = "", leads = {} } = graph.types[name] ?? {};
    return harmless.split(" ").includes(method) || Object.hasOwn(leads, `${method}()`);
  });
}

function unknownMethod(pack: Pack, { type, method }: { readonly type: string; readonly method: string }): Sighting {
  return {
    kind: "unknown",
    services: [pack.service],
    reason: `${type}.${method} is no method of ${pack.title} that the facts know`,
  };
}
