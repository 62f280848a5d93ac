import { expect, it } from "vitest";
import { CASES, coldReport } from "./cases.ts";
import { withNoise } from "./layout.ts";
import { Random } from "./random.ts";

/** A report without the places it speaks of: ids, fingerprints, order and words stay. */
function withoutPositions(report: string): string {
  return (
    report
      .replaceAll(/"(start|end)": \{\s+"line": \d+,\s+"column": \d+\s+\}/g, '"$1": {}')
      .replaceAll(/ \(line \d+\)/g, " (line)")
      .replaceAll(/\.([jt]sx?|mjs|cjs|mts|cts):\d+/g, ".$1:")
      // How the text is written that takes the place of the old one.
      .replaceAll(/"newText": ".*"/g, '"newText": ""')
  );
}

const CODE = /\.[cm]?[jt]sx?$/;

it.each(CASES)("$name: blank lines and comments move what is said, and change nothing else", async ({ files }) => {
  const random = new Random(11);
  const noisy = Object.fromEntries(
    Object.entries(files).map(([path, text]) => [path, CODE.test(path) ? withNoise(path, text, random) : text]),
  );
  expect(withoutPositions(await coldReport(noisy))).toBe(withoutPositions(await coldReport(files)));
});
