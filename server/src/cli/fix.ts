import { diffText } from "../report/diff-text.ts";
import { Locations } from "../report/locations.ts";
import type { Selection } from "../report/selection.ts";
import { visible } from "../report/visible.ts";
import { counted } from "../report/words.ts";
import { createDiskFileSystem } from "../workspace/disk-file-system.ts";
import type { Analysed } from "./analyse.ts";
import type { ExitCode } from "./exit-code.ts";
import { fixInRounds } from "./fix-rounds.ts";
import type { Change, Fixed } from "./fix-rounds.ts";
import type { Surroundings } from "./surroundings.ts";
import { writeChanges } from "./write-changes.ts";

/** `--fix`: applies what may be applied unasked, and writes it. What cannot be written is said and left alone. */
export async function fixFiles(analysed: Analysed, selection: Selection, around: Surroundings): Promise<Fixed> {
  const { engine, root, shownRoot } = analysed;
  const disk = createDiskFileSystem(root);
  const refused = new Set<string>();
  for (let result = analysed.result; ;) {
    const fixed = await fixInRounds(engine, result, { selection, mayEdit: (file) => !refused.has(file) });
    const refusals = writeChanges(disk, fixed.changes);
    if (refusals.length === 0) return fixed;
    for (const { file, why } of refusals) {
      refused.add(file);
      const shown = new Locations(fixed.result, shownRoot).file(file);
      await around.err.write(`remit: ${visible(shown)}: not fixed: ${why}\n`);
    }
    for (const { file } of fixed.changes) engine.workspace.closeDocument(file);
    result = await engine.analyse();
  }
}

/** `--fix` of text from stdin: the file itself is not touched, and its text goes to stdout, fixed or not. */
export async function fixInput(analysed: Analysed, selection: Selection, around: Surroundings): Promise<Fixed> {
  const { file, mark } = analysed.input!;
  const fixed = await fixInRounds(analysed.engine, analysed.result, optionsFor(analysed, selection));
  await around.out.write(mark + (changeOf(fixed, file)?.after ?? analysed.result.textOf(file) ?? analysed.input!.text));
  return fixed;
}

/** `--diff`: says what `--fix` would do, and does not do it. */
export async function showDiff(
  analysed: Analysed,
  selection: Selection,
  colour: boolean,
  around: Surroundings,
): Promise<ExitCode> {
  const fixed = await fixInRounds(analysed.engine, analysed.result, optionsFor(analysed, selection));
  const locations = new Locations(fixed.result, analysed.shownRoot);
  const changes = fixed.changes.map((change) => ({ ...change, file: locations.file(change.file) }));
  await around.out.write(diffText(changes, { colour, isForPeople: around.out.isTerminal }));
  await around.err.write(`remit: ${wouldFix(fixed)}\n`);
  return fixed.changes.length > 0 ? 1 : 0;
}

function wouldFix({ count, changes }: Fixed): string {
  if (changes.length === 0) return "nothing to fix";
  return `${counted(count, "finding")} in ${counted(changes.length, "file")} can be fixed; nothing was written`;
}

/** Of text from stdin nothing else may be edited: the rest would be lost. */
function optionsFor({ input }: Analysed, selection: Selection) {
  return { selection, mayEdit: (file: string) => input === undefined || input.file === file };
}

function changeOf({ changes }: Fixed, file: string): Change | undefined {
  return changes.find((change) => change.file === file);
}
