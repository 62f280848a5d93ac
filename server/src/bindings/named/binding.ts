import type { ExternalCall } from "../../trace/external-call.ts";
import type { Reading } from "../../trace/reading.ts";
import type { ExternalValue, ValueSet } from "../../trace/values.ts";
import { externalChain } from "../../trace/values.ts";
import type { BindingContext, ServiceBinding, Sighting } from "../binding.ts";

/** A library whose methods are known by their names, on values that are known by the way to them. */
export interface NamedLibrary {
  readonly pack: string;
  /** Names to import it by; with `/` at the end, all that begin so. */
  readonly packages: readonly string[];
  /** The ways to values that have the methods, behind the package. */
  readonly receivers: RegExp;
  /** How many names at the end of the way make the operation: `messages.create` has two. */
  readonly length?: number;
  /** Calls whose first argument names what is worked on. */
  readonly naming?: readonly string[];
  /** The last name on the way to the receiver is that of what is worked on. */
  readonly named?: true;
  /** Calling such a value itself is the operation of this name, on what its first argument names. */
  readonly callable?: { readonly values: RegExp; readonly operation: string };
}

export interface NamedBinding<Library extends NamedLibrary> {
  readonly provider: string;
  readonly libraries: readonly Library[];
  /** How the ways to calls begin whose arguments are asked for later. */
  readonly remembered: readonly string[];
  /** Methods that are no operation of the facts by their name alone. */
  readonly special?: (
    call: ExternalCall,
    method: string,
    library: Library,
    context: BindingContext,
  ) => Sighting[] | undefined;
}

export function namedBinding<Library extends NamedLibrary>(binding: NamedBinding<Library>): ServiceBinding {
  const { provider, libraries, remembered } = binding;
  const packages = libraries.flatMap((library) => library.packages);
  return {
    provider,
    triggers: [],
    secondary: { modules: packages.map((name) => name.replace(/\/$/, "")) },
    clients: remembered,
    values: packages.map((name) => (name.endsWith("/") ? name : `${name}#`)),
    sight(call, context) {
      const library = libraries.find((one) => one.packages.some((name) => isOf(call.callee, name)));
      if (!library) return undefined;
      return (call.construct ? undefined : sightingsOf(call, library, binding, context)) ?? "harmless";
    },
    reach: () => [],
  };
}

function isOf({ package: name }: ExternalValue, wanted: string): boolean {
  return wanted.endsWith("/") ? name.startsWith(wanted) : name === wanted;
}

function sightingsOf<Library extends NamedLibrary>(
  call: ExternalCall,
  library: Library,
  binding: NamedBinding<Library>,
  context: BindingContext,
): Sighting[] | undefined {
  const { callee } = call;
  const { reading } = context;
  const { callable } = library;
  if (callable?.values.test(behindPackage(callee)))
    return accessTo(callable.operation, constantOf(call.argument(0), reading), library, binding.provider, context);
  if (callee.step?.kind !== "member" || !callee.parent || !library.receivers.test(behindPackage(callee.parent)))
    return undefined;
  const special = binding.special?.(call, callee.step.name, library, context);
  if (special) return special;
  return accessTo(
    operationOf(callee, library.length ?? 1),
    nameOf(call, library, reading),
    library,
    binding.provider,
    context,
  );
}

/** `messages.create`: the last names of the way. */
function operationOf(callee: ExternalValue, length: number): string {
  const parts: string[] = [];
  for (let at: ExternalValue | null = callee; at?.step?.kind === "member" && parts.length < length; at = at.parent)
    parts.unshift(at.step.name);
  return parts.join(".");
}

/** The way behind the package; empty for the package itself. */
function behindPackage({ path, depth }: ExternalValue): string {
  return depth === 0 ? "" : path.slice(path.indexOf("#") + 1);
}

function accessTo(
  operation: string,
  resource: string | undefined,
  { pack: id }: NamedLibrary,
  provider: string,
  { facts }: BindingContext,
): Sighting[] | undefined {
  const pack = facts.pack(id);
  const row = facts.operation(id, operation);
  if (!pack || !row) return undefined;
  return [
    {
      kind: "access",
      fact: facts.requirement(pack, row, () => null),
      provider,
      credential: { provider },
      ...(resource !== undefined && { resource }),
    },
  ];
}

/** What is worked on: a model, a collection, a table. */
function nameOf({ callee }: ExternalCall, library: NamedLibrary, reading: Reading): string | undefined {
  const receiver = callee.parent!;
  if (library.named && receiver.step?.kind === "member") return receiver.step.name;
  const naming = externalChain(receiver).findLast((link) => names(link, library));
  return naming?.step?.kind === "call" ? constantOf(naming.step.call?.argument(0) ?? [], reading) : undefined;
}

function names({ step, parent }: ExternalValue, { naming, callable }: NamedLibrary): boolean {
  if (step?.kind !== "call" || !parent) return false;
  if (parent.step?.kind === "member" && naming?.includes(parent.step.name)) return true;
  return callable?.values.test(behindPackage(parent)) === true;
}

function constantOf(values: ValueSet, reading: Reading): string | undefined {
  const constants = reading.constants(values);
  return constants.length === 1 && values.length === 1 ? constants[0] : undefined;
}
