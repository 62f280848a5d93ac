import type { FactLookup } from "../../model/pack.ts";
import type { LiteralArguments } from "../arguments.ts";
import { single } from "../arguments.ts";
import type { ExternalCall } from "../../trace/external-call.ts";
import type { Reading } from "../../trace/reading.ts";
import { patternText } from "../../trace/texts.ts";
import type { ExternalValue, ValueSet } from "../../trace/values.ts";
import { externalChain } from "../../trace/values.ts";
import type { BindingContext, ServiceBinding, Sighting } from "../binding.ts";
import type { Content } from "../own-state.ts";
import { ownState } from "../own-state.ts";
import { commandsOf, withCommand } from "./commands.ts";

/**
 * What a program does on its own machine, with Node's modules: `fs`, `node:fs`, `fs/promises`, `child_process`, sockets,
 * threads. Operations are named as Node spells them. A path or command that is not known is no blind spot: the call is seen.
 */

/** Modules whose functions are told here; requests (`http`, `https`, `http2`, `fetch`) and `sqlite` have bindings of their own. */
const MODULES = [
  "child_process",
  "cluster",
  "dgram",
  "dns",
  "fs",
  "inspector",
  "net",
  "os",
  "process",
  "tls",
  "trace_events",
  "v8",
  "vm",
  "wasi",
  "worker_threads",
];

export const node: ServiceBinding = {
  provider: "node",
  triggers: [],
  secondary: {
    modules: MODULES,
    texts: ["eval(", "kill", "chdir", "dlopen", "loadEnvFile", "writeReport"],
  },
  // What a file was opened with says which file is written to later; what a text of JSON was made of, whose it is.
  clients: ["node:fs#open", "node:fs#promises.open", "node:fs/promises#open", "global#JSON.stringify"],

  sight(call, context) {
    const found = operationOf(call.callee);
    if (!found) return undefined;
    if (SAYS_NOTHING.test(found.name)) return "harmless";
    const row = context.facts.operation(`node/${found.module}`, found.name);
    const pack = context.facts.pack(`node/${found.module}`);
    if (!row || !pack) return "harmless";
    const fact = context.facts.requirement(pack, row, positionalArguments(call, context.reading));
    return accessesOf(call, fact, found, context);
  },

  reach: () => [],
};

/** Ends what was begun elsewhere. */
const SAYS_NOTHING = /^(?:FileHandle\.)?close(?:Sync)?$|^unwatchFile$/;

interface Operation {
  readonly module: string;
  readonly name: string;
}

/** `node:fs/promises#open().writeFile` → `FileHandle.writeFile` of `fs`. */
function operationOf({ path }: ExternalValue): Operation | undefined {
  const parts = /^(?:node:([\w/]+)#|global#(?=(?:process|eval)\b))(.+)$/.exec(path);
  if (!parts) return undefined;
  const way = parts[2]!;
  if (parts[1] === undefined) return way === "eval" ? { module: "globals", name: way } : processOperation(way);
  const [module, below] = parts[1].split("/") as [string, string | undefined];
  if (!MODULES.includes(module)) return undefined;
  const name = below === "promises" && module === "fs" ? `promises.${way}` : way;
  return { module, name: plainName(module, name) };
}

/** `global#process.kill`. */
function processOperation(way: string): Operation | undefined {
  return way.startsWith("process.") ? { module: "process", name: way.slice("process.".length) } : undefined;
}

function plainName(module: string, name: string): string {
  if (module === "fs")
    return name.replace(/^promises\.open\(\)\./, "FileHandle.").replace(/^(realpath(?:Sync)?)\.native$/, "$1");
  if (module === "dns") return name.replace(/^promises\.|^(?:promises\.)?Resolver\.new\(\)\./, "");
  // A socket or session that was made first: `new Socket().connect`, `createSocket().send`.
  return name.replace(/^(?:createSocket\(\)|(?:TLS)?Socket\.new\(\))\./, "").replace(/^Session\.new\(\)\./, "Session.");
}

/** Literals by position: `1` is the second argument, `1.eval` a field of it. A function in the place of options is none. */
function positionalArguments(call: ExternalCall, reading: Reading): LiteralArguments {
  return (path) => {
    const [index, ...names] = path.split(".");
    if (call.spread) return undefined;
    const given = call.argument(Number(index)).filter((value) => value.kind !== "closure");
    return single(names.reduce((values: ValueSet, name) => reading.ownField(values, name), given));
  };
}

function accessesOf(
  call: ExternalCall,
  fact: FactLookup,
  operation: Operation,
  { reading }: BindingContext,
): Sighting[] {
  const access = { kind: "access", provider: "node", credential: { provider: "node" } } as const;
  if (operation.module === "fs") {
    const file = fileOf(call, operation.name);
    const resource = pathText(file.paths, reading);
    const state = fact.effect === "read" ? "no" : ownState(file.paths, file.content, file.kind, reading);
    return [{ ...access, fact, ownState: state, ...(resource === undefined ? {} : { resource }) }];
  }
  const commands = operation.module === "child_process" ? commandsOf(call, operation.name, reading) : [];
  if (commands.length === 0) return [{ ...access, fact }];
  return commands.map((command) => ({
    ...access,
    fact: withCommand(fact, command),
    ...(command.name === undefined ? {} : { resource: command.name }),
  }));
}

// ---- files

interface FileUse {
  readonly paths: ValueSet;
  readonly content: Content;
  readonly kind: "file" | "folder";
}

const MAKES_FOLDER = /^mkdir/;
/** What they make is named second, after what it is made of. */
const MAKES_OF = /^(?:copyFile|cp|link|rename|symlink)$/;
/** What is written: after the path or descriptor, first on a handle. */
const WRITES = /^(?:appendFile|write|writeFile|writev)$/;
const STREAMS = /^createWriteStream$/;

/** Which file a call is about, and what it writes there. */
function fileOf(call: ExternalCall, operation: string): FileUse {
  const name = operation.slice(operation.lastIndexOf(".") + 1).replace(/Sync$/, "");
  const opened = openedBy(call);
  const onHandle = operation.startsWith("FileHandle.");
  const paths = opened ? opened.argument(0) : call.argument(MAKES_OF.test(name) ? 1 : 0);
  if (MAKES_FOLDER.test(name)) return { paths, content: "nothing", kind: "folder" };
  if (STREAMS.test(name)) return { paths, content: "unknown", kind: "file" };
  const content = WRITES.test(name)
    ? call.argument(onHandle ? 0 : 1)
    : MAKES_OF.test(name)
      ? call.argument(0)
      : "nothing";
  return { paths, content, kind: "file" };
}

/** The path, with `{}` for what is not known of it; undefined where nothing is, or where it is one of several. */
function pathText(paths: ValueSet, reading: Reading): string | undefined {
  const [path, ...others] = reading.texts(paths).map(({ pieces }) => patternText(pieces));
  return paths.length === 1 && others.length === 0 && path !== "{}" ? path : undefined;
}

/** The call that opened the file whose handle or descriptor this one uses. */
function openedBy(call: ExternalCall): ExternalCall | undefined {
  for (const value of [call.callee, ...call.argument(0)]) {
    if (value.kind !== "external") continue;
    for (const { step } of externalChain(value)) {
      if (step?.kind === "call" && step.call && OPENS.test(step.call.callee.path)) return step.call;
    }
  }
  return undefined;
}

const OPENS = /^node:fs(?:\/promises)?#(?:promises\.)?open(?:Sync)?$/;
