import { readFileSync, readdirSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { checkReport, inventoryReport, serialiseReport } from "../../server/src/report/json.ts";
import { Service } from "../../server/src/service/service.ts";
import type { ServiceOptions } from "../../server/src/service/service.ts";
import { parseFixture, projectOf } from "../support/fixture.ts";

export type Files = Readonly<Record<string, string>>;

export interface Case {
  /** `traps/05-modes.md: Two lists`. */
  readonly name: string;
  readonly files: Files;
}

const fixtures = fileURLToPath(new URL("../fixtures", import.meta.url));

/** Every project of every fixture. */
export const CASES: readonly Case[] = readdirSync(fixtures, { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".md"))
  .map((file) => file.split(path.sep).join("/"))
  .sort()
  .flatMap((file) =>
    parseFixture(readFileSync(path.join(fixtures, file), "utf8")).map((fixture) => ({
      name: `${file}: ${fixture.name}`,
      files: projectOf(fixture),
    })),
  );

/** All that a run says, in the bytes it says it in: findings, and the whole inventory. */
export async function reportOf(service: Service): Promise<string> {
  const result = await service.analyse();
  const options = { root: ".", version: "0" };
  return serialiseReport(checkReport(result, options)) + serialiseReport(inventoryReport(result, options));
}

/** The same, of a run that knows nothing of any before it. */
export async function coldReport(files: Files, options: Partial<ServiceOptions> = {}): Promise<string> {
  return reportOf(await Service.create({ root: "/", files, ...options }));
}
