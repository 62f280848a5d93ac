import { describe, expect, test } from "vitest";
import { readCommandLine } from "../../server/src/bindings/node/command-line.ts";
import { PROGRAMS } from "../../server/src/bindings/node/command-table.ts";
import type { TextPiece } from "../../server/src/trace/texts.ts";
import { HOLE, patternText } from "../../server/src/trace/texts.ts";

/** `{}` stands for what is not known. */
function read(line: string): { commands: string[][]; redirects: boolean; open: boolean } {
  const pieces = line.split(/(\{\})/).map((part): TextPiece => (part === "{}" ? HOLE : { text: part, offset: -1 }));
  const { commands, ...rest } = readCommandLine(pieces.filter((piece) => "hole" in piece || piece.text !== ""));
  return { commands: commands.map((command) => command.map(patternText)), ...rest };
}

describe("a line for a shell", () => {
  test.each([
    ["git status", [["git", "status"]]],
    ["  git   log\t-1 ", [["git", "log", "-1"]]],
    ["git commit -m 'two words'", [["git", "commit", "-m", "two words"]]],
    [`grep "a \\" b" f`, [["grep", 'a " b', "f"]]],
    ["ls a\\ b", [["ls", "a b"]]],
    ["echo ''", [["echo", ""]]],
    [
      "git log | wc -l",
      [
        ["git", "log"],
        ["wc", "-l"],
      ],
    ],
    ["cd x && make; ls || true", [["cd", "x"], ["make"], ["ls"], ["true"]]],
    ["grep 'a|b;c' f", [["grep", "a|b;c", "f"]]],
    ["git show {}:README", [["git", "show", "{}:README"]]],
    ["cat 2>/dev/null < in.txt", [["cat", "in.txt"]]],
    ["", []],
  ])("%s", (line, commands) => expect(read(line)).toEqual({ commands, redirects: false, open: false }));

  test.each(["ls > out.txt", "ls >>out.txt", "ls 2> errors", "ls &> all"])("%s writes to a file", (line) =>
    expect(read(line).redirects).toBe(true),
  );
  test.each(["ls 2>&1", "ls >/dev/null", "ls > /dev/null 2>&1"])("%s writes to none", (line) =>
    expect(read(line).redirects).toBe(false),
  );
  test.each(["echo $(whoami)", 'echo "`id`"', "diff <(ls a) b", "cat <<EOF", "(ls)", "echo 'open"])(
    "%s runs what is not known",
    (line) => expect(read(line).open).toBe(true),
  );
});

describe("the table", () => {
  test("no program stands twice", () => {
    const names = PROGRAMS.flatMap((program) => program.names);
    expect(new Set(names).size).toBe(names.length);
  });
  test.each(PROGRAMS.filter(({ verbs }) => verbs).map((program) => [program.names[0]!, program] as const))(
    "%s: no verb stands twice",
    (_, { verbs }) => {
      const words = Object.values(verbs!).flatMap((list) => list.split(" "));
      expect(new Set(words).size).toBe(words.length);
      expect(words.every((word) => /^[a-z-]+(?:_[a-z-]+)?$/.test(word))).toBe(true);
    },
  );
});

describe("options with which nothing can be said", () => {
  const unlessOf = (name: string) => PROGRAMS.find(({ names }) => names.includes(name))!.unless!;
  test.each([
    ["curl", "-sX -d -fsSLo -XPOST -sd@file --data-raw --request --output --upload-file=a"],
    ["sort", "-o -uo --output=a --compress-program=sh"],
    ["date", "-s -us --set=now"],
  ])("%s %s", (name, options) => {
    for (const option of options.split(" ")) expect(option).toMatch(unlessOf(name));
  });
  test.each([
    ["curl", "-s -sSL -fsSL -L -I -k --compressed --connect-timeout --silent -H -u -A"],
    ["sort", "-r -n -u -k2 --reverse"],
    ["date", "-u -Iseconds -R +%s"],
  ])("%s %s says no more than it reads", (name, options) => {
    for (const option of options.split(" ")) expect(option).not.toMatch(unlessOf(name));
  });
});
