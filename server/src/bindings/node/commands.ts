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
import type { Operation } from "./operations.ts";

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

/** What a call may run; where it runs no command, just what its fact says. */
export function commandsOf(
  call: ExternalCall,
  { name, command: form }: Operation,
  fact: FactLookup,
  reading: Reading,
): readonly Command[] {
  const first = call.argument(0);
  switch (form) {
    case undefined:
      return [{ name: undefined, effect: fact.effect, sure: true }];
    case "git":
      return [gitCommand(call, name, fact, reading)];
    case "shell":
      return distinct(first.map((value) => shellCommand(piecesOf(value))));
    case "line":
      return distinct(first.map((value) => lineCommand(piecesOf(value))));
    case "template":
      return [lineCommand(templateText(call, reading))];
    case "program": {
      // A module that is forked is the program's own, as a rule; what is opened is shown to whoever sits there.
      if (name === "fork" || name === "open")
        return [{ name: undefined, effect: "execute", ...(isModelsChoice(first) && EXECUTES) }];
      // With a tag: execa`git status`.
      if (reading.objects(first).length > 0) return [lineCommand(templateText(call, reading))];
      return commandsOfWords(first, wordsOf(call.argument(1), reading), hasShell(call, reading));
    }
  }
}

/** What programs, given as texts, do with the words after them; `isShell`: a shell reads them as one line. */
export function commandsOfWords(programs: ValueSet, words: readonly Word[], isShell: boolean): Command[] {
  return distinct(
    programs.map((value) => {
      const program = piecesOf(value);
      return isShell ? shellCommand(words.reduce(spaced, program)) : simpleCommand([program, ...words]);
    }),
  );
}

/** `git.push()`, `git.raw("push")`. Where the method may do this or that, its arguments are read as git would read them. */
function gitCommand(call: ExternalCall, name: string, { effect }: FactLookup, reading: Reading): Command {
  const verb = name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  if (effect !== "execute") return { name: `git ${verb}`, effect, sure: true };
  const words = call.arguments.flatMap((values) =>
    reading.objects(values).length > 0
      ? wordsOf(values, reading)
      : [values.length === 1 ? piecesOf(values[0]!) : [anyOf(values)]],
  );
  const before = name === "raw" ? ["git"] : ["git", verb];
  return simpleCommand([...before.map((text): Word => [{ text, offset: -1 }]), ...words]);
}

/** The text of a tagged template with what fills it; the tag sees to it that each value stays one word. */
function templateText(call: ExternalCall, reading: Reading): readonly TextPiece[] {
  const { items } = reading.items(call.argument(0));
  return items.flatMap((item, at) => {
    const value = at === 0 ? [] : call.argument(at);
    return [...(value.length === 1 ? piecesOf(value[0]!) : at === 0 ? [] : [anyOf(value)]), ...item.flatMap(piecesOf)];
  });
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
export function wordsOf(list: ValueSet, reading: Reading): Word[] {
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
  const command = lineCommand(line);
  return line.some(isModels) ? { name: command.name && `${command.name} {}`, ...EXECUTES } : command;
}

function lineCommand(line: readonly TextPiece[]): Command {
  const { commands, redirects, open } = readCommandLine(line);
  const judged = commands.map(simpleCommand);
  const names = judged.map(({ name }) => name);
  const name = names.every((each) => each !== undefined) && names.length > 0 ? names.join(", ") : undefined;
  if (judged.length === 0 || open) return { name, effect: "execute" };
  const worst = judged.reduce((a, b) => (effectRank(b.effect) > effectRank(a.effect) ? b : a));
  if (judged.some(({ effect, sure }) => effect === "execute" && sure)) return { name, ...EXECUTES };
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

export function simpleCommand(words: readonly Word[]): Command {
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
  if (verb) return { name: `${name} ${verb.name}`, effect: verb.effect, sure: true, source };
  const [first] = texts;
  return unlisted(first !== undefined && /^[a-z][a-z-]*$/.test(first) ? `${name} ${first}` : name, words);
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
