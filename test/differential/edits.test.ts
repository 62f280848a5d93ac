import { readFileSync, readdirSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import type { WorkspaceResult } from "../../server/src/model/result.ts";
import { checkReport, inventoryReport } from "../../server/src/report/json.ts";
import { Service } from "../../server/src/service/service.ts";
import { parseFixture } from "../support/fixture.ts";

/**
 * What a long-lived service says after an edit is, byte for byte, what one says that reads the edited files cold; and the
 * order in which deployables are asked for does not matter. 300 edits over the fixtures, the same in every run.
 */
const EDITS_A_CASE = 5;
const CASES = 60;

const fixtures = fileURLToPath(new URL("../fixtures", import.meta.url));
const cases = readdirSync(fixtures, { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".md"))
  .sort()
  .flatMap((file) => parseFixture(readFileSync(path.join(fixtures, file), "utf8")).map((one) => ({ file, ...one })))
  .filter(({ files }) => files.some(isCode));

describe("edits", () => {
  const step = Math.max(1, Math.floor(cases.length / CASES));
  const chosen = cases.filter((_, i) => i % step === 0).slice(0, CASES);

  it("are enough to speak of three hundred", () => {
    expect(chosen.length * EDITS_A_CASE).toBeGreaterThanOrEqual(300);
  });

  it.each(chosen.map((one, i) => [`${one.file}: ${one.name}`, one, i] as const))("%s", async (_name, one, seed) => {
    const random = generator(seed + 1);
    const texts = new Map(one.files.map((file) => [file.path, file.text]));
    const service = await Service.create({ root: "/", files: Object.fromEntries(texts) });
    await service.analyse();
    for (let round = 0; round < EDITS_A_CASE; round++) {
      const [file, text] = edit(texts, random);
      texts.set(file, text);
      service.workspace.setDocument(file, text);
      const warm = reportOf(await service.analyse());
      const cold = await Service.create({ root: "/", files: Object.fromEntries(texts) });
      expect(warm, `round ${round}: ${file}\n${text}`).toBe(reportOf(await cold.analyse()));
    }
  });
});

function isCode({ path: file }: { readonly path: string }): boolean {
  return /\.[cm]?[jt]sx?$/.test(file);
}

function reportOf(result: WorkspaceResult): string {
  const options = { version: "0", root: "." };
  return JSON.stringify([checkReport(result, options), inventoryReport(result, options)]);
}

/** One edit a person might make, of a file that is there or of a new one. */
function edit(texts: ReadonlyMap<string, string>, random: (below: number) => number): [file: string, text: string] {
  const files = [...texts.keys()].filter((file) => isCode({ path: file })).sort();
  const file = files[random(files.length)]!;
  const lines = texts.get(file)!.split("\n");
  const at = random(lines.length);
  const kinds: (() => string[])[] = [
    () => lines.toSpliced(at, 0, ""),
    () => lines.toSpliced(at, 0, "// a remark"),
    () => lines.toSpliced(at, 1),
    () => lines.toSpliced(at, 1, `// ${lines[at]!}`),
    () => lines.toSpliced(at, 0, lines[at]!),
    () => [...lines, `export const added${at} = ${at};`],
    () => lines.map((line) => line.replaceAll("gmail", "mailbox")),
    () => lines.map((line) => line.replaceAll(".readonly", "")),
    () => lines.toSpliced(at, 1, lines[at]!.slice(0, random(lines[at]!.length + 1))),
  ];
  if (random(12) === 0)
    return [`src/added-${at}.ts`, 'import { google } from "googleapis";\nexport const drive = google.drive("v3");\n'];
  return [file, kinds[random(kinds.length)]!().join("\n")];
}

/** Numbers that look random and are the same each time (mulberry32). */
function generator(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % below;
  };
}
