import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { applyEdits } from "../../server/src/edit/apply.ts";
import { addToList, elementText, removeFromList, replaceInList } from "../../server/src/edit/list.ts";
import { sourceOf } from "../../server/src/manifests/lists.ts";
import { listAt } from "../../server/src/manifests/tree.ts";
import { readYamlTree } from "../../server/src/manifests/yaml.ts";

/** Lists of YAML whose elements stand on lines of their own. */
const sourceIn = (text: string) => sourceOf(listAt(readYamlTree(text).roots[0], "list")!, { path: "x.yaml", text });
const remove = (text: string, indexes: number[]) => applyEdits(text, removeFromList(sourceIn(text), text, indexes));
const add = (text: string, value: string) => {
  const source = sourceIn(text);
  return applyEdits(text, addToList(source, text, elementText(source, text, value)));
};
const namesIn = (text: string) => (parse(text) as { list: string[] }).list;

describe("taking out", () => {
  const text = "list:\n  # a, alone\n  - a # first\n  - b\n\n  # Others:\n  - c\n  - d\nnext: 1\n";
  test("a line goes with the comments that speak of it alone", () =>
    expect(remove(text, [0])).toBe("list:\n  - b\n\n  # Others:\n  - c\n  - d\nnext: 1\n"));
  test("a heading goes with the last of what it heads", () => {
    expect(remove(text, [2])).toContain("# Others:\n  - d");
    expect(remove(text, [2, 3])).toBe("list:\n  # a, alone\n  - a # first\n  - b\nnext: 1\n");
  });
  test("not the only one: nothing would be left of the list", () =>
    expect(remove("list:\n- a\n", [0])).toBe("list:\n- a\n"));
  test("the last line of a text that ends without a line break", () =>
    expect(namesIn(remove("list:\n- a\n- b", [1]))).toEqual(["a"]));
});

describe("adding and replacing", () => {
  test("like its neighbours", () => {
    expect(add("list:\n  - a\n  - b # last\nnext: 1\n", "read:x")).toBe(
      "list:\n  - a\n  - b # last\n  - read:x\nnext: 1\n",
    );
    expect(add("list:\r\n- 'a'", "it's")).toBe("list:\r\n- 'a'\r\n- 'it''s'");
    expect(add("list:\n- a\n", "*")).toBe('list:\n- a\n- "*"\n');
  });
  test("an element keeps its comment", () => {
    const text = "list:\n- a # why\n- b\n";
    expect(applyEdits(text, replaceInList(sourceIn(text), text, 0, "c"))).toBe("list:\n- c # why\n- b\n");
  });
});

test("whatever stands between them: the others stay, and several at once are several one after the other", () => {
  const line = fc.record({
    above: fc.constantFrom("", "  # about it\n", "\n", "  # Heading:\n", "\n  # Heading\n"),
    behind: fc.constantFrom("", " # why", "   "),
    quote: fc.constantFrom("", '"', "'"),
  });
  fc.assert(
    fc.property(fc.array(line, { minLength: 2, maxLength: 6 }), fc.nat(), fc.boolean(), (lines, mask, ends) => {
      const body = lines.map(({ above, behind, quote }, i) => `${above}  - ${quote}n${i}:x${quote}${behind}\n`);
      const text = `before: 0\nlist:\n${body.join("")}${ends ? "" : "\nafter: # more\n  - 1\n"}`;
      const gone = lines.flatMap((_, i) => (((mask >> i) & 1) === 1 && i > 0 ? [i] : []));
      const left = lines.flatMap((_, i) => (gone.includes(i) ? [] : [`n${i}:x`]));
      const atOnce = remove(text, gone);
      expect(namesIn(atOnce)).toEqual(left);
      expect(gone.toReversed().reduce((rest, i) => remove(rest, [i]), text)).toBe(atOnce);
      expect(namesIn(add(text, "new:x"))).toEqual([...lines.map((_, i) => `n${i}:x`), "new:x"]);
    }),
  );
});
