import type { TextPiece } from "../../trace/texts.ts";
import { isHole, joinPieces } from "../../trace/texts.ts";

/** A word of a command: known and unknown pieces. */
export type Word = readonly TextPiece[];

/** The simple commands of a line for a shell. */
export interface CommandLine {
  readonly commands: readonly (readonly Word[])[];
  /** It writes to a file: `> list.txt`. */
  readonly redirects: boolean;
  /** It has a part that is another program's output, a block or a loop: what runs is not known. */
  readonly open: boolean;
}

const SEPARATORS = /^(?:\|\||&&|\|&?|;|&|\n)/;
/** To nowhere, to another stream, and from a file. */
const HARMLESS_REDIRECTION = /^(?:\d*>{1,2}\s*(?:\/dev\/null|&[\d-])|&>{1,2}\s*\/dev\/null|\d*<(?![<(]))/;
const REDIRECTION = /^(?:\d*>{1,2}|&>{1,2})/;
const OPEN = /^(?:\$\(|`|<\(|>\(|<<|[(){}](?:\s|$)|\$\{)/;

/** Reads a line as a shell would, as far as that does not take running it. */
export function readCommandLine(line: readonly TextPiece[]): CommandLine {
  const reader = new LineReader();
  for (const piece of line) {
    if (isHole(piece)) reader.add(piece);
    else reader.read(piece.text);
  }
  return reader.end();
}

class LineReader {
  private readonly commands: Word[][] = [[]];
  private word: Word | undefined;
  private quote: '"' | "'" | undefined;
  private redirects = false;
  private open = false;

  add(piece: TextPiece): void {
    this.word = joinPieces(this.word ?? [], [piece]);
  }

  read(text: string): void {
    for (let at = 0; at < text.length;) at += this.readOne(text.slice(at));
  }

  end(): CommandLine {
    this.endWord();
    return {
      commands: this.commands.filter((command) => command.length > 0),
      redirects: this.redirects,
      open: this.open || this.quote !== undefined,
    };
  }

  /** Number of characters that were read. */
  private readOne(rest: string): number {
    const [first] = rest as unknown as [string];
    if (this.quote !== undefined) return this.readQuoted(rest, first);
    if (first === '"' || first === "'") {
      this.quote = first;
      this.word ??= [];
      return 1;
    }
    if (first === "\\" && rest.length > 1) return this.character(rest[1]!, 2);
    const harmless = HARMLESS_REDIRECTION.exec(rest)?.[0];
    if (harmless !== undefined && this.word === undefined) return harmless.length;
    const redirection = REDIRECTION.exec(rest)?.[0];
    if (redirection !== undefined) {
      this.redirects = true;
      this.endWord();
      return redirection.length;
    }
    const separator = SEPARATORS.exec(rest)?.[0];
    if (separator !== undefined) {
      this.endWord();
      this.commands.push([]);
      return separator.length;
    }
    if (OPEN.test(rest)) this.open = true;
    if (/\s/.test(first)) {
      this.endWord();
      return 1;
    }
    return this.character(first, 1);
  }

  private readQuoted(rest: string, first: string): number {
    if (first === this.quote) {
      this.quote = undefined;
      return 1;
    }
    if (this.quote === '"' && first === "\\" && rest.length > 1) return this.character(rest[1]!, 2);
    if (this.quote === '"' && /^(?:\$\(|`)/.test(rest)) this.open = true;
    return this.character(first, 1);
  }

  private character(text: string, length: number): number {
    const last = this.word?.at(-1);
    if (this.word && last && !isHole(last))
      this.word = [...this.word.slice(0, -1), { ...last, text: last.text + text }];
    else this.add({ text, offset: -1 });
    return length;
  }

  private endWord(): void {
    if (this.word !== undefined) this.commands.at(-1)!.push(this.word);
    this.word = undefined;
  }
}
