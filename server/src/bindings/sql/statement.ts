import { effectRank } from "../../model/effect.ts";
import type { Effect } from "../../model/effect.ts";
import type { Token } from "./tokens.ts";
import { tokensOf } from "./tokens.ts";

/** What one statement of a text does. */
export interface Statement {
  /** The row of the facts: `SELECT`, `ALTER TABLE`; `sql` where the text does not say. */
  readonly kind: string;
  /** Tables it names, as far as they are written. */
  readonly tables: readonly string[];
}

/** The row of a statement that is put together at run time. */
export const ANY_STATEMENT = "sql";

/** The effect of a kind, as the facts have it. */
export type EffectOf = (kind: string) => Effect | undefined;

/**
 * The statements of a text with `{}` for what is not known. How a statement begins is enough for its kind: what a value
 * fills in later changes no keyword, or the text would be open to anything anyway.
 */
export function statementsOf(sql: string, effectOf: EffectOf): Statement[] {
  const statements: Token[][] = [[]];
  for (const token of tokensOf(sql)) {
    if (token.kind === "sign" && token.text === ";" && token.depth === 0) statements.push([]);
    else statements.at(-1)!.push(token);
  }
  const written = statements.filter((tokens) => tokens.length > 0);
  return written.map((tokens) => ({ kind: kindOf(tokens, effectOf), tables: tablesOf(tokens) }));
}

/** Keywords of which the one that follows says what is done. */
const PREFIXES = new Set(["ALTER", "CREATE", "DROP", "SET", "RESET", "BEGIN", "START", "LOAD"]);

function kindOf(tokens: readonly Token[], effectOf: EffectOf): string {
  const words = tokens.map(({ kind, text }) => (kind === "word" ? text.toUpperCase() : undefined));
  const first = words[0];
  if (first === undefined) {
    const inner = tokens.findIndex(({ text }) => text !== "(");
    return inner > 0 ? kindOf(tokens.slice(inner), effectOf) : ANY_STATEMENT;
  }
  if (first === "WITH") return withKind(tokens, words, effectOf);
  if (first === "EXPLAIN") return explainKind(tokens, words, effectOf);
  if (first === "SELECT") return intoSomething(tokens, words) ? "SELECT INTO" : "SELECT";
  if (first === "COPY") return copyKind(words.filter((_, at) => tokens[at]!.depth === tokens[0]!.depth));
  if (first === "PRAGMA") return pragmaKind(tokens, effectOf);
  if (PREFIXES.has(first)) {
    const longer = [words.slice(0, 2), words.slice(0, 3)]
      .map((some) => some.join(" "))
      .find((kind) => effectOf(kind) !== undefined);
    if (longer !== undefined) return longer;
  }
  return effectOf(first) === undefined ? ANY_STATEMENT : first;
}

function copyKind(words: readonly (string | undefined)[]): string {
  if (words.includes("PROGRAM")) return "COPY PROGRAM";
  if (words.includes("FROM")) return "COPY FROM";
  return words.includes("STDOUT") ? "COPY TO STDOUT" : "COPY TO";
}

/** `PRAGMA main.user_version = 3`: a setting that the facts know, or any. */
function pragmaKind(tokens: readonly Token[], effectOf: EffectOf): string {
  const at = tokens.findIndex(({ text }) => text === "=" || text === "(");
  if (at < 0) return "PRAGMA";
  const named = `PRAGMA ${tokens[at - 1]!.text.toUpperCase()} =`;
  if (effectOf(named) !== undefined) return named;
  return tokens[at]!.text === "=" ? "PRAGMA =" : "PRAGMA";
}

const CHANGES = ["INSERT", "UPDATE", "DELETE", "MERGE"];

/** `WITH moved AS (DELETE …) SELECT …`: the gravest of all that is done. */
function withKind(tokens: readonly Token[], words: readonly (string | undefined)[], effectOf: EffectOf): string {
  const main = words.findIndex(
    (word, at) => tokens[at]!.depth === 0 && word !== undefined && ["SELECT", "VALUES", ...CHANGES].includes(word),
  );
  const inner = words.filter(
    (word, at) => word !== undefined && CHANGES.includes(word) && tokens[at - 1]?.text === "(",
  );
  const kinds = [...(main < 0 ? [ANY_STATEMENT] : [kindOf(tokens.slice(main), effectOf)]), ...(inner as string[])];
  return kinds.reduce((a, b) => (rank(b, effectOf) > rank(a, effectOf) ? b : a));
}

const rank = (kind: string, effectOf: EffectOf): number => effectRank(effectOf(kind) ?? "execute");

/** A plan is a read, unless `ANALYZE` runs the statement. */
function explainKind(tokens: readonly Token[], words: readonly (string | undefined)[], effectOf: EffectOf): string {
  const at = words.findIndex((word) => word !== undefined && ["SELECT", "WITH", "VALUES", ...CHANGES].includes(word));
  const runs = words.slice(0, at < 0 ? words.length : at).some((word) => word === "ANALYZE" || word === "ANALYSE");
  if (!runs) return "EXPLAIN";
  return at < 0 ? ANY_STATEMENT : kindOf(tokens.slice(at), effectOf);
}

/** `SELECT … INTO a_table`, not `INTO @variable`. */
function intoSomething(tokens: readonly Token[], words: readonly (string | undefined)[]): boolean {
  const at = words.findIndex((word, i) => word === "INTO" && tokens[i]!.depth === tokens[0]!.depth);
  return at >= 0 && tokens[at + 1]?.text !== "@" && tokens[at + 1]?.text !== ":";
}

// ---- tables

/** Words behind which a table stands. */
const BEFORE_TABLE = new Set(["FROM", "JOIN", "INTO", "UPDATE", "TABLE", "TRUNCATE", "COPY", "DESCRIBE", "REFERENCES"]);
/** Words that may stand between them. */
const MODIFIERS = new Set("ONLY LATERAL IF NOT EXISTS TABLE INTO LOW_PRIORITY IGNORE OR REPLACE ABORT FAIL".split(" "));
/** Words that can be no table. */
const CLAUSES = new Set("SELECT SET VALUES WHERE OF NOWAIT SKIP UNNEST STDIN STDOUT".split(" "));

function tablesOf(tokens: readonly Token[]): string[] {
  const own = commonTables(tokens);
  const found = new Set<string>();
  for (const [at, token] of tokens.entries()) {
    if (token.kind !== "word" || !BEFORE_TABLE.has(token.text.toUpperCase())) continue;
    const before = tokens[at - 1]?.text.toUpperCase();
    if (before === "FOR" || before === "KEY" || isInFunction(tokens, at)) continue;
    for (const name of namesFrom(tokens, at + 1)) if (!own.has(name.toLowerCase())) found.add(name);
  }
  return [...found];
}

/** `extract(year FROM born)`: no clause of a statement. */
function isInFunction(tokens: readonly Token[], at: number): boolean {
  const { text, depth } = tokens[at]!;
  if (text.toUpperCase() !== "FROM" || depth === 0) return false;
  const opening = tokens.slice(0, at).findLastIndex((token) => token.text === "(" && token.depth === depth - 1);
  return !/^(?:SELECT|DELETE|WITH|COPY|UPDATE)$/i.test(tokens[opening + 1]?.text ?? "");
}

/** `WITH recent AS (…), old AS (…)`: names that are no tables. */
function commonTables(tokens: readonly Token[]): Set<string> {
  const isAs = (token: Token | undefined) => token?.kind === "word" && token.text.toUpperCase() === "AS";
  return new Set(
    tokens.flatMap((token, at) =>
      isAs(tokens[at + 1]) && tokens[at + 2]?.text === "(" ? [token.text.toLowerCase()] : [],
    ),
  );
}

/** `only public.users u, orders` → `public.users`, `orders`. */
function namesFrom(tokens: readonly Token[], from: number): string[] {
  let at = from;
  while (tokens[at]?.kind === "word" && MODIFIERS.has(tokens[at]!.text.toUpperCase())) at++;
  if (tokens[at]?.kind === "word" && CLAUSES.has(tokens[at]!.text.toUpperCase())) return [];
  const names: string[] = [];
  for (let more = true; more;) {
    const parts: string[] = [];
    for (;;) {
      const token = tokens[at];
      if (token === undefined || !mayBeName(token)) break;
      parts.push(token.text);
      if (tokens[at + 1]?.text !== ".") break;
      at += 2;
    }
    const isCall = tokens[at + 1]?.text === "(" && !isListOfColumns(tokens, from);
    if (parts.length > 0 && !isCall) names.push(parts.join("."));
    at += 1;
    // An alias, then perhaps the next of a list.
    if (tokens[at]?.kind === "word" && tokens[at]!.text.toUpperCase() === "AS") at++;
    if (tokens[at + 1]?.text === "," && tokens[at]?.kind === "word") at++;
    more = parts.length > 0 && tokens[at]?.text === "," && tokens[at]?.depth === tokens[from]?.depth;
    if (more) at++;
  }
  return names;
}

function mayBeName({ kind, text }: Token): boolean {
  if (kind === "name") return true;
  return kind === "word" && !BEFORE_TABLE.has(text.toUpperCase()) && !CLAUSES.has(text.toUpperCase());
}

/** `INSERT INTO users (name)`: a table, and not a function that gives one. */
function isListOfColumns(tokens: readonly Token[], from: number): boolean {
  const before = tokens[from - 1]?.text.toUpperCase();
  return ["INTO", "TABLE", "COPY", "REFERENCES"].includes(before ?? "") || tokens[from]?.text.toUpperCase() === "IF";
}
