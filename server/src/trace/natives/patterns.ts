import type { Interpreter } from "../interpreter.ts";
import { constantText } from "../texts.ts";
import type { Value, ValueSet } from "../values.ts";
import { NOTHING, setOf, union } from "../values.ts";
import type { Native, NativeCall } from "./native.ts";
import { booleans, callAll, constantsOf, first, newList } from "./native.ts";

/** Regular expressions of the program, run on texts it holds itself: names of tools and methods, as dispatchers take them apart. */

const LONGEST_TEXT = 200;
/** What a pattern may be made of: nothing that looks around or back. */
const TOKEN = /\\[wWdDsSbB.\-_/:$?{}()[\]|^*+]|\[(?:\\.|[^\\\]])+\]|\(\?:|[()|^$.]|[\w:@#%&=,;~ -]|([+*?])/y;

/** A pattern as it may be run on a text: with one repetition at most, so that it takes no long time on any. */
export function readPattern(source: string): RegExp | undefined {
  const end = source.lastIndexOf("/");
  const [body, flags] = [source.slice(1, end), source.slice(end + 1)];
  let repetitions = 0;
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < body.length) {
    const token = TOKEN.exec(body);
    if (!token) return undefined;
    if (token[1] !== undefined && ++repetitions > 1) return undefined;
  }
  return /^[gi]*$/.test(flags) && isBalanced(body) ? new RegExp(body, flags) : undefined;
}

function isBalanced(body: string): boolean {
  let depth = 0;
  for (const [token] of body.matchAll(/\\.|\[(?:\\.|[^\\\]])+\]|[()]/g)) {
    if (token === "(") depth++;
    if (token === ")" && --depth < 0) return false;
  }
  return depth === 0 && !/^[+*?]|[(|][+*?]|[+*?]{2}/.test(body.replaceAll("(?:", "("));
}

/** The text and the pattern of a call, where both are known. */
function both(text: Value | undefined, pattern: Value | undefined): readonly [string, RegExp] | undefined {
  const known = text?.kind === "text" ? constantText(text.pieces) : undefined;
  const read = pattern?.kind === "pattern" ? readPattern(pattern.source) : undefined;
  return known === undefined || known.length > LONGEST_TEXT || !read ? undefined : [known, read];
}

function textOf(trace: Interpreter, text: string): ValueSet {
  return [trace.values.text(text === "" ? [] : [{ text, offset: -1 }])];
}

/** What a match is: the whole and its groups. */
function matchOf(trace: Interpreter, call: NativeCall, text: Value, pattern: Value): ValueSet {
  const known = both(text, pattern);
  if (!known) return setOf([trace.values.unknown("a match"), trace.values.literal(null)], trace.values);
  const found = known[1].global ? known[0].match(known[1]) : known[1].exec(known[0]);
  if (!found) return [trace.values.literal(null)];
  const list = newList(trace, call, `${text.id} ${pattern.id}`);
  for (const [i, group] of found.entries())
    trace.store(list, String(i), group === undefined ? trace.values.undefined : textOf(trace, group));
  return [trace.values.object(list)];
}

function eachText(trace: Interpreter, values: ValueSet, match: (value: Value) => ValueSet): ValueSet {
  return values.reduce((all: ValueSet, value) => union(all, match(value), trace.values), NOTHING);
}

/** `text.match(pattern)`. */
export const matchText: Native = (trace, call, receiver) =>
  eachText(trace, first(call), (pattern) => matchOf(trace, call, receiver, pattern));

/** Methods of regular expressions. */
export const PATTERN = new Map<string, Native>([
  ["exec", (trace, call, receiver) => eachText(trace, first(call), (text) => matchOf(trace, call, text, receiver))],
  [
    "test",
    (trace, call, receiver) =>
      eachText(trace, first(call), (text) => {
        const known = both(text, receiver);
        return booleans(trace, known ? (known[1].test(known[0]) ? "true" : "false") : "maybe");
      }),
  ],
]);

/** `text.replace(pattern, match => …)` of a known text; undefined where it is not known what comes out. */
export function replacedByFunction(
  trace: Interpreter,
  call: NativeCall,
  text: Value,
  pattern: Value,
  functions: ValueSet,
): ValueSet | undefined {
  const known = both(text, pattern);
  if (!known || !functions.every((value) => value.kind === "closure")) return undefined;
  const matches = known[1].global
    ? [...known[0].matchAll(known[1])]
    : [...known[0].matchAll(globally(known[1]))].slice(0, 1);
  let result = "";
  let from = 0;
  for (const [i, match] of matches.entries()) {
    const groups = match.map((group) => (group === undefined ? trace.values.undefined : textOf(trace, group)));
    const given = callAll(trace, call, functions, groups, `#${i}`);
    const [by, ...more] = constantsOf(given) ?? [];
    if (given.length === 0) return NOTHING;
    if (by === undefined || more.length > 0) return undefined;
    result += known[0].slice(from, match.index) + by;
    from = match.index + match[0].length;
  }
  return textOf(trace, result + known[0].slice(from));
}

function globally(pattern: RegExp): RegExp {
  return new RegExp(pattern.source, `${pattern.flags}g`);
}
