import { spawnSync } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import path from "node:path";
import process from "node:process";

/** What a process took by its own measure at its end: CPU seconds (user and system), and the most memory it held, in MB. */
export interface Taken {
  readonly seconds: number;
  readonly megabytes: number;
}

const PROBE = `process.on("exit", () => {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  process.stderr.write("\\u0000" + JSON.stringify({ micros: userCPUTime + systemCPUTime, kilobytes: maxRSS }));
});`;

/** Runs a Node program to its end in `folder`. What it says does not matter, that it got so far does. */
export function measure(scratch: string, args: readonly string[], folder: string): Taken {
  const preload = path.join(mkdtempSync(path.join(scratch, "probe-")), "probe.cjs");
  writeFileSync(preload, PROBE);
  const run = spawnSync(process.execPath, ["--require", preload, ...args], {
    cwd: folder,
    encoding: "utf8",
    maxBuffer: 1 << 28,
  });
  const said = run.stderr.split("\u0000").at(-1) ?? "";
  if (!said.startsWith("{")) throw new Error(`${args.join(" ")} did not run: ${run.stderr}`);
  const { micros, kilobytes } = JSON.parse(said) as { micros: number; kilobytes: number };
  return { seconds: micros / 1e6, megabytes: kilobytes / 1024 };
}

export function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)]!;
}
