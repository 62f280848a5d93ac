import type { FactLookup } from "../../model/pack.ts";
import type { ExternalCall } from "../../trace/external-call.ts";
import type { Reading } from "../../trace/reading.ts";
import { patternText } from "../../trace/texts.ts";
import type { ValueSet } from "../../trace/values.ts";
import { NOTHING } from "../../trace/values.ts";
import { single } from "../arguments.ts";
import type { LiteralArguments } from "../arguments.ts";
import type { BindingContext, ServiceBinding, Sighting } from "../binding.ts";
import { commandsOfWords, simpleCommand, withCommand, wordsOf } from "../node/commands.ts";
import type { Command } from "../node/commands.ts";
import type { OwnState } from "../own-state.ts";
import { ownState } from "../own-state.ts";
import { pathOf } from "./paths.ts";

/**
 * What a program does on its own machine, with Python's standard library: `open`, `os`, `pathlib`, `shutil`, `subprocess`,
 * `tempfile`, `smtplib`. Operations are named as Python spells them.
 */

const MODULES = ["asyncio", "builtins", "os", "pathlib", "shutil", "smtplib", "subprocess", "tempfile"];

export const python: ServiceBinding = {
  provider: "python",
  triggers: [],
  secondary: {
    texts: ["subprocess", "shutil", "pathlib", "smtplib", "tempfile", "import os", "open(", "eval(", "exec("],
  },
  // What a path is made of, and what a text of JSON was.
  clients: ["python:pathlib#", "python:json#dumps"],

  sight(call, context) {
    const operation = operationOf(call);
    if (!operation) return undefined;
    const row = context.facts.operation(`python/${operation.module}`, operation.name);
    const pack = context.facts.pack(`python/${operation.module}`);
    if (!row || !pack) return operation.module === "pathlib" ? "harmless" : undefined;
    const fact = context.facts.requirement(pack, row, argumentsOf(call, operation, context.reading));
    return accessesOf(call, fact, operation, context);
  },

  reach: () => [],
};

interface Operation {
  readonly module: string;
  readonly name: string;
}

/** `python:os#remove`, `python:pathlib#Path().write_text`, `python:smtplib#SMTP_SSL().send_message`. */
function operationOf({ callee, construct }: ExternalCall): Operation | undefined {
  const parts = /^python:(\w+)#(.+)$/.exec(callee.path);
  if (construct || !parts) return undefined;
  const [, module, way] = parts as unknown as [string, string, string];
  if (!MODULES.includes(module)) return undefined;
  if (module === "pathlib") {
    const method = pathOf(callee.parent) && /\.(\w+)$/.exec(way)?.[1];
    return method ? { module, name: `Path.${method}` } : undefined;
  }
  if (module === "smtplib") return { module, name: way.replace(/^(?:SMTP(?:_SSL)?|LMTP)\(\)\./, "SMTP.") };
  return { module, name: way.replace(/^subprocess\.(?=create_)/, "") };
}

/** Arguments by name; the mode of `open` also by position. */
function argumentsOf(call: ExternalCall, { name }: Operation, reading: Reading): LiteralArguments {
  return (wanted) => {
    if (call.spread) return undefined;
    const named = call.named.get(wanted);
    return single(named ?? (wanted === "mode" ? call.argument(name === "open" ? 1 : 0) : reading.ownField([], wanted)));
  };
}

function accessesOf(
  call: ExternalCall,
  fact: FactLookup,
  operation: Operation,
  { reading }: BindingContext,
): Sighting[] {
  const access = { kind: "access", provider: "python", credential: { provider: "python" } } as const;
  const commands = commandsOf(call, operation, reading);
  if (commands)
    return commands.map((command) => ({
      ...access,
      fact: withCommand(fact, command),
      ...(command.name === undefined ? {} : { resource: command.name }),
    }));
  if (operation.module === "builtins" && operation.name !== "open") return [{ ...access, fact }];
  if (operation.module === "smtplib") return [{ ...access, fact }];
  const paths = pathsOf(call, operation, reading);
  const resource = pathText(paths, reading);
  return [
    {
      ...access,
      fact,
      ownState: stateOf(call, fact, operation, paths, reading),
      ...(resource === undefined ? {} : { resource }),
    },
  ];
}

// ---- files

/** What they make is named second, after what it is made of. */
const MAKES_OF = /^(?:copy\w*|link|move|rename|renames|replace|symlink)$/;
const MAKES_FOLDER = /(?:^|\.)(?:mkdir|makedirs)$/;
const WRITES = /^Path\.write_/;

/** The paths a call is about. */
function pathsOf(call: ExternalCall, { module, name }: Operation, reading: Reading): ValueSet {
  const itself = module === "pathlib" ? pathOf(call.callee.parent) : undefined;
  if (itself) return [reading.trace.values.text(itself)];
  const at = MAKES_OF.test(name) ? 1 : 0;
  const named = ["path", "file", "dst", "top"].map((one) => call.named.get(one)).find((values) => values);
  return (named ?? call.argument(at)).map((value) => {
    const path = value.kind === "external" ? pathOf(value) : undefined;
    return path ? reading.trace.values.text(path) : value;
  });
}

function stateOf(
  call: ExternalCall,
  fact: FactLookup,
  { module, name }: Operation,
  paths: ValueSet,
  reading: Reading,
): OwnState {
  if (fact.effect === "read") return "no";
  if (module === "tempfile") return "yes";
  if (MAKES_FOLDER.test(name)) return ownState(paths, "nothing", "folder", reading);
  if (WRITES.test(name)) return ownState(paths, call.named.get("data") ?? call.argument(0), "file", reading);
  const isOpened = name === "open" || name === "Path.open";
  return ownState(paths, isOpened ? "unknown" : "nothing", "file", reading);
}

/** The path, with `{}` for what is not known of it; undefined where nothing is, or where it is one of several. */
function pathText(paths: ValueSet, reading: Reading): string | undefined {
  const [path, ...others] = reading.texts(paths).map(({ pieces }) => patternText(pieces));
  return paths.length === 1 && others.length === 0 && path !== "{}" ? path : undefined;
}

// ---- commands

/** Functions that take a line for a shell. */
const SHELL_LINES = /^(?:system|popen|getoutput|getstatusoutput|create_subprocess_shell)$/;
/** Functions that take a program and its words one by one. */
const WORD_BY_WORD = /^(?:execlp?e?|create_subprocess_exec)$/;
/** Functions that take the words as a list, or a program alone as a text. */
const LISTS = /^(?:run|call|Popen|check_call|check_output)$/;

function commandsOf(call: ExternalCall, { module, name }: Operation, reading: Reading): Command[] | undefined {
  if (!["os", "subprocess", "asyncio"].includes(module)) return undefined;
  const given = call.named.get("args") ?? call.named.get("cmd") ?? call.named.get("command") ?? call.argument(0);
  if (SHELL_LINES.test(name)) return commandsOfWords(given, [], true);
  if (WORD_BY_WORD.test(name)) return commandsOfWords(given, wordsAfter(call, reading), false);
  return LISTS.test(name) ? given.flatMap((value) => listedCommand(value, hasShell(call), reading)) : undefined;
}

/** Of `shell=True` with a list the first is the line; the rest are the shell's own arguments. */
function listedCommand(value: ValueSet[number], isShell: boolean, reading: Reading): Command[] {
  if (value.kind !== "object") return commandsOfWords([value], [], isShell);
  const words = wordsOf([value], reading);
  if (words.length === 0) return [{ name: undefined, effect: "execute" }];
  if (!isShell) return [simpleCommand(words)];
  return commandsOfWords([reading.trace.values.text(words[0]!)], [], true);
}

function wordsAfter(call: ExternalCall, reading: Reading): ReturnType<typeof wordsOf> {
  const list = reading.trace.objectFor(`words:${call.id}`, "list", null, null);
  for (let at = 1; call.argument(at).length > 0; at++) reading.trace.store(list, String(at - 1), call.argument(at));
  if (call.spread) reading.trace.grow(list.rest, [reading.trace.values.unknown("passed on as a list")]);
  return wordsOf([reading.trace.values.object(list)], reading);
}

function hasShell(call: ExternalCall): boolean {
  return (call.named.get("shell") ?? NOTHING).some((value) => !(value.kind === "literal" && value.value === false));
}
