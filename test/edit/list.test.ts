import { runInThisContext } from "node:vm";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { applyEdits } from "../../server/src/edit/apply.ts";
import { addToList, changeList, elementText, removeFromList, replaceInList } from "../../server/src/edit/list.ts";
import { listIn } from "./lists.ts";

function remove(text: string, indexes: number[], form: "array" | "words" = "array", file?: string): string {
  return applyEdits(text, removeFromList(listIn(text, form, file), text, indexes));
}

function add(text: string, value: string, form: "array" | "words" = "array"): string {
  const source = listIn(text, form);
  return applyEdits(text, addToList(source, text, elementText(source, text, value)));
}

const lines = (...all: string[]): string => all.join("\n");

describe("remove from a list on one line", () => {
  const text = "const scopes = ['a', 'b', 'c'];";
  test("first", () => expect(remove(text, [0])).toBe("const scopes = ['b', 'c'];"));
  test("middle", () => expect(remove(text, [1])).toBe("const scopes = ['a', 'c'];"));
  test("last", () => expect(remove(text, [2])).toBe("const scopes = ['a', 'b'];"));
  test("last two", () => expect(remove(text, [1, 2])).toBe("const scopes = ['a'];"));
  test("all", () => expect(remove(text, [0, 1, 2])).toBe("const scopes = [];"));
  test("the only one", () => expect(remove("f([ 'a' ])", [0])).toBe("f([])"));
  test("trailing comma stays", () => expect(remove("['a', 'b',]", [1])).toBe("['a',]"));
  test("no spaces", () => expect(remove("['a','b','c']", [1])).toBe("['a','c']"));
  test("spaces inside the brackets stay", () => expect(remove("[ 'a', 'b' ]", [1])).toBe("[ 'a' ]"));
  test("comments go with what they stand at", () => {
    expect(remove("['a' /* A */, /* B */ 'b', 'c' /* C */]", [0])).toBe("[/* B */ 'b', 'c' /* C */]");
    expect(remove("['a' /* A */, /* B */ 'b', 'c' /* C */]", [1])).toBe("['a' /* A */, 'c' /* C */]");
    expect(remove("['a' /* A */, /* B */ 'b', 'c' /* C */]", [2])).toBe("['a' /* A */, /* B */ 'b']");
  });
  test("elements the analysis does not name are left alone", () => {
    expect(remove("[...BASE, 'a', extra(`,${[1, 2]}`, 3), 'b']", [0])).toBe("[...BASE, extra(`,${[1, 2]}`, 3), 'b']");
    expect(remove("[...BASE, 'a']", [0])).toBe("[...BASE]");
  });
  test("an element takes what belongs to its expression along", () => {
    expect(remove("['a' as Scope, 'b' as Scope]", [0])).toBe("['b' as Scope]");
  });
});

describe("remove from a list on several lines", () => {
  test("an element goes with its line", () => {
    expect(remove(lines("[", "  'a',", "  'b',", "];"), [0])).toBe(lines("[", "  'b',", "];"));
  });
  test("the last one takes the comma before it along, where the list ends without one", () => {
    expect(remove(lines("[", "  'a',", "  'b'", "]"), [1])).toBe(lines("[", "  'a'", "]"));
    expect(remove(lines("[", "  'a', // why a", "  'b'", "]"), [1])).toBe(lines("[", "  'a' // why a", "]"));
  });
  test("all", () => expect(remove(lines("[", "  'a',", "  'b',", "]"), [0, 1])).toBe("[]"));
  test("a comment behind it and comment lines directly above go with it", () => {
    const text = lines("[", "  // reads the", "  // calendar of b", "  'b', // see 'c'", "  'c',", "]");
    expect(remove(text, [0])).toBe(lines("[", "  'c',", "]"));
  });
  test("a comment behind the one before stays", () => {
    expect(remove(lines("[", "  'a', // why a", "  'b', // why b", "  'c',", "]"), [1])).toBe(
      lines("[", "  'a', // why a", "  'c',", "]"),
    );
  });
  test("a comment above a blank line stays", () => {
    expect(remove(lines("[", "  // all of it is needed", "", "  'a',", "  'b',", "]"), [0])).toBe(
      lines("[", "  // all of it is needed", "", "  'b',", "]"),
    );
  });
  test("a heading stays as long as something stands below it", () => {
    const text = lines(
      "[",
      "  // Gmail",
      "  'a',",
      "  'b',",
      "",
      "  // --- Drive files ---",
      "  // for uploads only",
      "  'c',",
      "  'd',",
      "]",
    );
    expect(remove(text, [0])).toBe(
      lines(
        "[",
        "  // Gmail",
        "  'b',",
        "",
        "  // --- Drive files ---",
        "  // for uploads only",
        "  'c',",
        "  'd',",
        "]",
      ),
    );
    expect(remove(text, [2])).toBe(
      lines("[", "  // Gmail", "  'a',", "  'b',", "", "  // --- Drive files ---", "  'd',", "]"),
    );
    expect(remove(text, [2, 3])).toBe(lines("[", "  // Gmail", "  'a',", "  'b',", "]"));
    expect(remove(text, [0, 1])).toBe(
      lines("[", "  // --- Drive files ---", "  // for uploads only", "  'c',", "  'd',", "]"),
    );
  });
  test("a heading behind the bracket stays", () => {
    expect(remove(lines("[ // Gmail", "  'a',", "]"), [0])).toBe(lines("[ // Gmail", "]"));
  });
  test("blank lines do not pile up", () => {
    expect(remove(lines("[", "  'a',", "", "  'b',", "", "  'c',", "]"), [1])).toBe(
      lines("[", "  'a',", "", "  'c',", "]"),
    );
    expect(remove(lines("[", "  'a',", "", "  'b',", "]"), [0])).toBe(lines("[", "  'b',", "]"));
    expect(remove(lines("[", "  'a',", "", "  'b',", "]"), [1])).toBe(lines("[", "  'a',", "]"));
  });
  test("several on a line", () => {
    const text = lines("[", "  'a', 'b', // both", "  'c', 'd'", "]");
    expect(remove(text, [0])).toBe(lines("[", "  'b', // both", "  'c', 'd'", "]"));
    expect(remove(text, [1])).toBe(lines("[", "  'a', // both", "  'c', 'd'", "]"));
    expect(remove(text, [0, 1])).toBe(lines("[", "  'c', 'd'", "]"));
    expect(remove(text, [2, 3])).toBe(lines("[", "  'a', 'b' // both", "]"));
  });
  test("brackets on the lines of elements", () => {
    const text = lines("f(['a',", "   'b',", "   'c'])");
    expect(remove(text, [0])).toBe(lines("f(['b',", "   'c'])"));
    expect(remove(text, [1])).toBe(lines("f(['a',", "   'c'])"));
    expect(remove(text, [2])).toBe(lines("f(['a',", "   'b'])"));
    expect(remove(text, [0, 1, 2])).toBe("f([])");
  });
  test("commas first", () => {
    const text = lines("[ 'a'", ", 'b'", ", 'c'", "]");
    expect(remove(text, [0])).toBe(lines("[ 'b'", ", 'c'", "]"));
    expect(remove(text, [1])).toBe(lines("[ 'a'", ", 'c'", "]"));
    expect(remove(text, [2])).toBe(lines("[ 'a'", ", 'b'", "]"));
  });
  test("CRLF and tabs stay", () => {
    expect(remove("[\r\n\t'a',\r\n\t// b\r\n\t'b',\r\n\r\n\t'c'\r\n]", [1])).toBe("[\r\n\t'a',\r\n\r\n\t'c'\r\n]");
    expect(remove("[\r\n\t'a',\r\n\t'b'\r\n]", [1])).toBe("[\r\n\t'a'\r\n]");
  });
  test("Python comments", () => {
    const text = lines("SCOPES = [", "    # reads 'mail'", "    'a',  # why, so", "    'b',", "]");
    expect(remove(text, [0], "array", "a.py")).toBe(lines("SCOPES = [", "    'b',", "]"));
  });
});

describe("remove from a string of words", () => {
  const text = "scope: 'a b  c'";
  test("first", () => expect(remove(text, [0], "words")).toBe("scope: 'b  c'"));
  test("middle", () => expect(remove(text, [1], "words")).toBe("scope: 'a c'"));
  test("last", () => expect(remove(text, [2], "words")).toBe("scope: 'a b'"));
  test("last two", () => expect(remove(text, [1, 2], "words")).toBe("scope: 'a'"));
  test("all", () => expect(remove(text, [0, 1, 2], "words")).toBe("scope: ''"));
  test("parted by commas", () => {
    expect(remove("'a,b, c'", [1], "words")).toBe("'a,c'");
    expect(remove("'a,b, c'", [2], "words")).toBe("'a,b'");
  });
});

describe("what cannot be done gives no edits", () => {
  test("a single value cannot be taken out or joined by another, only replaced", () => {
    const text = "scope: 'a'";
    const source = listIn(text, "single");
    expect(removeFromList(source, text, [0])).toEqual([]);
    expect(addToList(source, text, "'b'")).toEqual([]);
    expect(applyEdits(text, replaceInList(source, text, 0, elementText(source, text, "b")))).toBe("scope: 'b'");
  });
  test("an element that is not there", () => {
    expect(removeFromList(listIn("['a']"), "['a']", [1])).toEqual([]);
    expect(replaceInList(listIn("['a']"), "['a']", 1, "'b'")).toEqual([]);
  });
  test("a list without brackets", () => {
    const text = "- a\n- b\n";
    const span = { start: 0, end: text.length };
    expect(
      removeFromList({ file: "a.yaml", form: "array", span, elements: [{ start: 2, end: 3 }] }, text, [0]),
    ).toEqual([]);
  });
});

describe("replace", () => {
  test("comments and separators stay", () => {
    const text = lines("[", "  // mail", "  'a', // why", "]");
    expect(applyEdits(text, replaceInList(listIn(text), text, 0, "'b'"))).toBe(
      lines("[", "  // mail", "  'b', // why", "]"),
    );
  });
});

describe("add", () => {
  test("to an empty list", () => {
    expect(add("[]", "x")).toBe('["x"]');
    expect(add("f([ ])", "x")).toBe('f(["x"])');
    expect(add(lines("  f([", "    // none yet", "  ])"), "x")).toBe(
      lines("  f([", "    // none yet", '    "x",', "  ])"),
    );
  });
  test("on one line, in the neighbours' manner", () => {
    expect(add("['a', 'b']", "x")).toBe("['a', 'b', 'x']");
    expect(add('["a","b"]', "x")).toBe('["a","b","x"]');
    expect(add("['a',]", "x")).toBe("['a', 'x',]");
    expect(add("[ 'a' ]", "x")).toBe("[ 'a', 'x' ]");
  });
  test("on a line of its own", () => {
    expect(add(lines("[", "    'a', // why", "]"), "x")).toBe(lines("[", "    'a', // why", "    'x',", "]"));
    expect(add(lines("[", "    'a' // why", "]"), "x")).toBe(lines("[", "    'a', // why", "    'x'", "]"));
    expect(add(lines("[", "    'a'", "]"), "x")).toBe(lines("[", "    'a',", "    'x'", "]"));
    expect(add("[\r\n\t'a',\r\n]", "x")).toBe("[\r\n\t'a',\r\n\t'x',\r\n]");
    expect(add(lines("f(['a',", "   'b'])"), "x")).toBe(lines("f(['a',", "   'b',", "   'x'])"));
  });
  test("commas first", () => {
    expect(add(lines("[ 'a'", ", 'b'", "]"), "x")).toBe(lines("[ 'a'", ", 'b'", ", 'x'", "]"));
  });
  test("a word", () => {
    expect(add("'a b'", "x", "words")).toBe("'a b x'");
    expect(add("'a,b'", "x", "words")).toBe("'a,b,x'");
    expect(add("'a'", "x", "words")).toBe("'a x'");
    expect(add("''", "x", "words")).toBe("'x'");
  });
});

describe("together", () => {
  const change = (text: string, edit: Parameters<typeof changeList>[2]) =>
    applyEdits(text, changeList(listIn(text), text, edit));

  test("removals, replacements and additions", () => {
    const text = lines("x = [", "  'a', // why a", "  'b',", "  'c'", "] // end");
    const edit = { remove: [0, 2], replace: new Map([[1, "'B'"]]), add: ["'x'", "'y'"] };
    expect(change(text, edit)).toBe(lines("x = [", "  'B',", "  'x',", "  'y'", "] // end"));
  });
  test("everything makes room for something new, in the same style", () => {
    expect(change(lines("[", "  'a',", "  'b',", "]"), { remove: [0, 1], add: ["'x'"] })).toBe(
      lines("[", "  'x',", "]"),
    );
    expect(change("['a']", { remove: [0], add: ["'x'"] })).toBe("['x']");
  });
});

/** Lists as people write them, with blank lines, comments and headings in all places. */
const anyList = fc
  .record({
    elements: fc.array(
      fc.record({
        before: fc.subarray(["", "// why so, 'q'", "// Title", "// --- rule ---", "/* block */"]),
        inline: fc.constantFrom("", "/* i */ "),
        after: fc.constantFrom("", " // trailing", " /* t */"),
        breaks: fc.boolean(),
      }),
      { maxLength: 6 },
    ),
    style: fc.constantFrom("lines", "line", "mixed", "hanging", "words"),
    trailingComma: fc.boolean(),
    eol: fc.constantFrom("\n", "\r\n"),
  })
  .map(({ elements, style, trailingComma, eol }) => {
    const names = elements.map((_, i) => `s${i}`);
    if (style === "hanging")
      return {
        names,
        form: "array" as const,
        text: `const s = [${names.map((name) => `'${name}'`).join(`,${eol}  `)}];`,
      };
    if (style === "words") return { names, form: "words" as const, text: `const s = "${names.join(" ")}";` };
    const isLine = style === "line";
    let text = "const s = [";
    elements.forEach(({ before, inline, after, breaks }, i) => {
      const own = style === "lines" || (style === "mixed" && breaks);
      if (own) text += eol + before.map((line) => `${line && `  ${line}`}${eol}`).join("") + "  ";
      else if (i > 0) text += text.endsWith("trailing") ? `${eol}  ` : " ";
      text += `${inline}'s${i}'${i < elements.length - 1 || trailingComma ? "," : ""}${isLine && after.includes("//") ? "" : after}`;
    });
    text += `${style === "line" ? (text.endsWith("trailing") ? eol : "") : eol}];`;
    return { names, form: "array" as const, text };
  });

const anyRemoval = anyList.chain((list) =>
  fc.record({ list: fc.constant(list), order: fc.shuffledSubarray(list.names.map((_, i) => i)) }),
);

function valueOf(text: string): unknown {
  return runInThisContext(`(() => { ${text}; return s; })()`);
}

test("removing several at once is removing one by one, in any order; the rest stays, and it parses", () => {
  fc.assert(
    fc.property(anyRemoval, ({ list: { text, form, names }, order }) => {
      const atOnce = remove(text, order, form);
      let oneByOne = text;
      const left = [...names];
      for (const index of order) {
        const at = left.indexOf(names[index]!);
        oneByOne = remove(oneByOne, [at], form);
        left.splice(at, 1);
      }
      expect(valueOf(atOnce)).toEqual(form === "words" ? left.join(" ") : left);
      expect(oneByOne).toBe(atOnce);
    }),
    { numRuns: 3000, seed: 14 },
  );
});

test("what is added can be removed again, and everything else parses as before", () => {
  fc.assert(
    fc.property(anyList, ({ text, form, names }) => {
      const more = add(text, "new", form);
      expect(valueOf(more)).toEqual(form === "words" ? [...names, "new"].join(" ") : [...names, "new"]);
      expect(valueOf(remove(more, [names.length], form))).toEqual(valueOf(text));
    }),
    { numRuns: 1000, seed: 5 },
  );
});
