import { createTwoFilesPatch, FILE_HEADERS_ONLY } from "diff";
import { coloursFor } from "./colours.ts";
import { visible } from "./visible.ts";

export interface DiffOptions {
  readonly colour: boolean;
  /** For a terminal, where nothing of the workspace is let through as it is. Else for `git apply` and `patch`, byte for byte. */
  readonly isForPeople: boolean;
}

const CONTEXT_LINES = 3;

/** Unified diffs of some files, as `git apply` takes them. */
export function diffText(
  changes: readonly { readonly file: string; readonly before: string; readonly after: string }[],
  { colour, isForPeople }: DiffOptions,
): string {
  const diffs = changes.map(({ file, before, after }) =>
    createTwoFilesPatch(`a/${file}`, `b/${file}`, before, after, undefined, undefined, {
      context: CONTEXT_LINES,
      headerOptions: FILE_HEADERS_ONLY,
    }),
  );
  const text = diffs.join("");
  if (!isForPeople && !colour) return text;
  return text
    .split("\n")
    .map((line) => coloured(isForPeople ? visible(line.replace(/\r$/, "").replaceAll("\t", "  ")) : line, colour))
    .join("\n");
}

function coloured(line: string, colour: boolean): string {
  const { bold, cyan, green, red } = coloursFor(colour);
  if (/^(?:---|\+\+\+) /.test(line)) return bold(line);
  if (line.startsWith("@@")) return cyan(line);
  if (line.startsWith("+")) return green(line);
  return line.startsWith("-") ? red(line) : line;
}
