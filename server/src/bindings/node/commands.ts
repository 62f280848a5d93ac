import type { Effect } from "../../model/effect.ts";
import { effectRank } from "../../model/effect.ts";
import type { FactLookup, FactSource } from "../../model/pack.ts";
import type { ExternalCall } from "../../trace/external-call.ts";
import { piecesOf } from "../../trace/pieces.ts";
import type { Reading } from "../../trace/reading.ts";
import type { TextPiece } from "../../trace/texts.ts";
import { HOLE, constantText, isModels } from "../../trace/texts.ts";
import type { ValueSet } from "../../trace/values.ts";
import type { Word } from "./command-line.ts";
import { readCommandLine } from "./command-line.ts";
import type { Program } from "./command-table.ts";
import { PROGRAMS } from "./command-table.ts";

/** What is known of the command that a call runs. */
export interface Command {
  /** `git push`; undefined where not even the program is known. */
  readonly name: string | undefined;
  readonly effect: Effect;
  /** Absent: nothing tells what it does, though no model chose it. */
  readonly sure?: true;
  readonly source?: FactSource;
}

/** The fact of a call that runs a command, as far as the command says more. */
export function withCommand(fact: FactLookup, command: Command): FactLookup {
  const { effect, source, sure } = command;
  return { ...fact, effect, ...(source && { source }), ...(sure ? {} : { effectConfidence: "possible" as const }) };
}

/** Operations of `child_process` that run a command: a line for a shell, or a program with its words. */
export function commandsOf(call: ExternalCall, operation: string, reading: Reading): Command[] {
  const kind = operation.replace(/Sync$/, "");
  const programs = call.argument(0);
  // It runs a file of the program itself, as a rule.
  if (kind === "fork") return [{ name: undefined, effect: "execute", ...(isModelsChoice(programs) && EXECUTES) }];
  const isShell = kind === "exec" || hasShell(call, reading);
  const rest = kind === "exec" ? [] : wordsOf(call.argument(1), reading);
  const commands = programs.map((value) => {
    const program = piecesOf(value);
    return isShell ? shellCommand(rest.reduce(spaced, program)) : simpleCommand([program, ...rest]);
  });
  return distinct(commands);
}

/** Each once; what cannot be told once too. */
function distinct(commands: readonly Command[]): Command[] {
  const known = new Map(commands.map((command) => [JSON.stringify(command), command]));
  return known.size > 0 ? [...known.values()] : [{ name: undefined, effect: "execute" }];
}

function hasShell(call: ExternalCall, reading: Reading): boolean {
  return [1, 2].some((index) =>
    reading
      .ownField(call.argument(index), "shell")
      .some((value) => !(value.kind === "literal" && (value.value === false || value.value === undefined))),
  );
}

function spaced(line: readonly TextPiece[], word: Word): readonly TextPiece[] {
  return [...line, { text: " ", offset: -1 }, ...word];
}

/** The words of a list; what may follow is one more, of which nothing is known but whether a model has a part in it. */
function wordsOf(list: ValueSet, reading: Reading): Word[] {
  const { items, rest } = reading.items(list);
  const others = [...rest, ...list.filter(({ kind }) => kind === "external" || kind === "unknown")];
  const words = items.map((item) => (item.length === 1 ? piecesOf(item[0]!) : [anyOf(item)]));
  return others.length > 0 ? [...words, [anyOf(others)]] : words;
}

function isModelsChoice(values: ValueSet): boolean {
  return values.flatMap(piecesOf).some(isModels);
}

function anyOf(values: ValueSet): TextPiece {
  return values.flatMap(piecesOf).find(isModels) ?? HOLE;
}

// ---- what a command does

const EXECUTES: Pick<Command, "effect" | "sure"> = { effect: "execute", sure: true };

/** A model that writes into a line for a shell can run anything. */
function shellCommand(line: readonly TextPiece[]): Command {
  const { commands, redirects, open } = readCommandLine(line);
  const judged = commands.map(simpleCommand);
  const names = judged.map(({ name }) => name);
  const name = names.every((each) => each !== undefined) && names.length > 0 ? names.join(", ") : undefined;
  if (line.some(isModels)) return { name: name && `${name} {}`, ...EXECUTES };
  if (judged.length === 0 || open) return { name, effect: "execute" };
  const worst = judged.reduce((a, b) => (effectRank(b.effect) > effectRank(a.effect) ? b : a));
  if (judged.some(({ sure }) => !sure)) return { name, effect: "execute" };
  return redirects && worst.effect === "read"
    ? { ...worst, name: `${name} > {}`, effect: "update" }
    : { ...worst, name };
}

/** Programs that run the command in their words. */
const RUNNERS = new Set(["sudo", "env", "nice", "nohup", "time", "command", "exec"]);
const SHELLS = new Set(["sh", "bash", "zsh", "dash"]);
/** Parts of the shell itself, which change nothing but where it stands. */
const OF_THE_SHELL = new Set(["cd", "exit", "set", ":"]);

function simpleCommand(words: readonly Word[]): Command {
  const [first = [], ...rest] = words;
  const program = constantText(first)
    ?.replace(/^.*[\\/]/, "")
    .replace(/\.(?:exe|cmd)$/i, "");
  if (program === undefined || program === "")
    return { name: undefined, effect: "execute", ...(first.some(isModels) && EXECUTES) };
  if (/^\w+=/.test(program) || RUNNERS.has(program))
    return rest.length > 0 ? simpleCommand(rest) : unlisted(program, rest);
  const script = SHELLS.has(program) ? scriptOf(rest) : undefined;
  if (script !== undefined) return shellCommand(script);
  if (OF_THE_SHELL.has(program)) return { name: program, effect: "read", sure: true };
  const known = PROGRAMS.find(({ names }) => names.includes(program));
  return known ? listed(program, rest, known) : unlisted(program, rest);
}

/** `sh -c SCRIPT`. */
function scriptOf(words: readonly Word[]): Word | undefined {
  const at = words.findIndex((word) => /^-\w*c$/.test(constantText(word) ?? ""));
  return at < 0 ? undefined : words[at + 1];
}

/** Only its name is shown: its words may hold a secret. */
function unlisted(name: string, words: readonly Word[]): Command {
  return { name, effect: "execute", ...(words.flat().some(isModels) && EXECUTES) };
}

function listed(name: string, words: readonly Word[], program: Program): Command {
  const { source } = program;
  const texts = words.map((word) => constantText(word));
  if (program.unless && texts.some((text) => text !== undefined && program.unless!.test(text)))
    return unlisted(name, words);
  if (program.effect !== undefined) {
    const isSent = program.reachesOut && words.flat().some(isModels);
    return { name, effect: isSent ? "send" : program.effect, sure: true, source };
  }
  const verb = verbOf(texts, program);
  return verb ? { name: `${name} ${verb.name}`, effect: verb.effect, sure: true, source } : unlisted(name, words);
}

function verbOf(
  texts: readonly (string | undefined)[],
  { verbs, valued = [] }: Program,
): { name: string; effect: Effect } | undefined {
  const plain: (string | undefined)[] = [];
  for (let at = 0; at < texts.length && plain.length < 2; at++) {
    const text = texts[at];
    if (text?.startsWith("-")) at += valued.includes(text) && plain.length === 0 ? 1 : 0;
    else plain.push(text);
  }
  const [first, second] = plain;
  if (first === undefined) return undefined;
  for (const name of second === undefined ? [first] : [`${first}_${second}`, first]) {
    const effect = (Object.entries(verbs ?? {}) as [Effect, string][]).find(([, names]) =>
      names.split(" ").includes(name),
    )?.[0];
    if (effect) return { name: name.replace("_", " "), effect };
  }
  return undefined;
}
