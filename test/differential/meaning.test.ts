import { expect, it } from "vitest";
import { observe } from "../support/observed.ts";
import { runCase } from "../support/run-case.ts";
import { CASES } from "./cases.ts";
import type { Case, Files } from "./cases.ts";
import { Random } from "./random.ts";
import { MOVED, RENAMED, inFunctions, inOtherModules, withOtherNames } from "./rewrites.ts";

/** What is found, line by line: without columns, which another way of writing moves, and with the names of before. */
async function found(files: Files): Promise<string[]> {
  return observe(await runCase(files))
    .map(({ file, line, written }) => `${file}:${line} ${written}`.replaceAll(MOVED, "").replaceAll(RENAMED, ""))
    .sort();
}

const known = new Map<Files, Promise<string[]>>();

/** What is found in the program as it is written in its fixture. */
function asWritten(files: Files): Promise<string[]> {
  let lines = known.get(files);
  if (!lines) known.set(files, (lines = found(files)));
  return lines;
}

/** A `remit.yaml` that accepts findings names their files. */
const named = ({ files }: Case): boolean => !Object.values(files).some((text) => /^ +- (?:path|file): /m.test(text));

it.each(CASES)("$name: the same with other names for what only one file knows", async ({ files }) => {
  expect(await found(withOtherNames(files))).toEqual(await asWritten(files));
});

it.each(CASES)("$name: the same in functions that are called at once", async ({ files }) => {
  expect(await found(inFunctions(files, new Random(5)))).toEqual(await asWritten(files));
});

it.each(CASES.filter(named))("$name: the same in modules of their own that are passed on", async ({ files }) => {
  expect(await found(inOtherModules(files))).toEqual(await asWritten(files));
});

it("writes a program otherwise in three ways", () => {
  const files = {
    "a.ts": 'import { google } from "googleapis";\nconst drive = google.drive("v3");\nexport const use = { drive };\n',
    "b.ts": 'import { use } from "./a";\nawait use.drive.files.list({});\n',
  };
  expect(withOtherNames(files)["a.ts"]).toBe(
    'import { google as googleRenamed } from "googleapis";\nconst driveRenamed = googleRenamed.drive("v3");\nexport const use = { drive: driveRenamed };\n',
  );
  expect([1, 2, 3, 4].map((seed) => inFunctions(files, new Random(seed))["b.ts"])).toContain(
    'import { use } from "./a"; void wrapped(); async function wrapped() {\nawait use.drive.files.list({}); }\n',
  );
  expect([1, 2, 3, 4].map((seed) => inFunctions(files, new Random(seed))["a.ts"])).toContain(
    files["a.ts"].replace('google.drive("v3")', '(() => (google.drive("v3")))()'),
  );
  expect(inOtherModules(files)["a.ts"]).toBe('export * from "./a-moved.ts";\n');
});
