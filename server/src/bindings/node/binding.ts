import type { FactLookup } from "../../model/pack.ts";
import type { ExternalCall } from "../../trace/external-call.ts";
import type { Reading } from "../../trace/reading.ts";
import type { ValueSet } from "../../trace/values.ts";
import type { LiteralArguments } from "../arguments.ts";
import { single } from "../arguments.ts";
import type { BindingContext, ServiceBinding, Sighting } from "../binding.ts";
import { ownState } from "../own-state.ts";
import { commandsOf, withCommand } from "./commands.ts";
import { fileOf, pathText } from "./files.ts";
import type { Operation } from "./operations.ts";
import { IMPORTED, operationOf } from "./operations.ts";

/**
 * What a program does on its own machine, with Node's modules (`fs`, `node:fs`, `fs/promises`, `child_process`, sockets,
 * threads) and packages that do the same. A path or command that is not known is no blind spot: the call is seen.
 */
export const node: ServiceBinding = {
  provider: "node",
  triggers: [],
  secondary: {
    modules: IMPORTED,
    texts: ["eval(", "kill", "chdir", "dlopen", "loadEnvFile", "writeReport"],
  },
  // What a file was opened with says which file is written to later; what a text of JSON was made of, whose it is.
  clients: ["node:fs#open", "node:fs#promises.open", "node:fs/promises#open", "fs-extra#open", "global#JSON.stringify"],

  sight(call, context) {
    const operation = operationOf(call.callee);
    if (!operation) return undefined;
    if (SAYS_NOTHING.test(operation.name)) return "harmless";
    const pack = context.facts.pack(`node/${operation.pack}`);
    const row = context.facts.operation(`node/${operation.pack}`, operation.name);
    if (!row || !pack) return undefined;
    const fact = context.facts.requirement(pack, row, positionalArguments(call, context.reading));
    return accessesOf(call, fact, operation, context);
  },

  reach: () => [],
};

/** Ends what was begun elsewhere. */
const SAYS_NOTHING = /^(?:FileHandle\.)?close(?:Sync)?$|^unwatchFile$/;

/** Literals by position: `1` is the second argument, `1.eval` a field of it. A function in the place of options is none. */
function positionalArguments(call: ExternalCall, reading: Reading): LiteralArguments {
  return (path) => {
    const [index, ...names] = path.split(".");
    if (call.spread) return undefined;
    const given = call.argument(Number(index)).filter((value) => value.kind !== "closure");
    return single(names.reduce((values: ValueSet, name) => reading.ownField(values, name), given));
  };
}

/** `$({ cwd })` gives the tag that runs something. */
function isOptionsOnly(call: ExternalCall, { command }: Operation, reading: Reading): boolean {
  const [first, ...others] = reading.objects(call.argument(0));
  return command !== undefined && others.length === 0 && first?.object.kind === "record";
}

function accessesOf(
  call: ExternalCall,
  fact: FactLookup,
  operation: Operation,
  { reading }: BindingContext,
): Sighting[] {
  const access = { kind: "access", provider: "node", credential: { provider: "node" } } as const;
  if (isOptionsOnly(call, operation, reading)) return [];
  const file = fileOf(call, operation, reading);
  if (file) {
    const resource = pathText(file.paths, reading);
    const state = fact.effect === "read" ? "no" : ownState(file.paths, file.content, file.kind, reading);
    return [{ ...access, fact, ownState: state, ...(resource === undefined ? {} : { resource }) }];
  }
  return commandsOf(call, operation, fact, reading).map((command) => ({
    ...access,
    fact: withCommand(fact, command),
    ...(command.name === undefined ? {} : { resource: command.name }),
  }));
}
