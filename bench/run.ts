import { mkdtempSync, rmSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import path from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { factsTable } from "./facts.ts";
import { agent, chain, mailModule, mailPython, plainModule, plainPython, pythonChain } from "./generated.ts";
import { median, measure } from "./measure.ts";

/**
 * `npm run bench`: Remit against peers in one run, in turn, so that a machine that slows down slows both. Whole processes;
 * the median of CPU seconds (user and system). Prints the tables that `README.md` beside this file keeps.
 */
const ROUNDS = 5;
const GROWTH = [1000, 5000, 20_000];
const cli = fileURLToPath(new URL("../dist/cli.js", import.meta.url));
const parser = fileURLToPath(new URL("parse-and-walk.mjs", import.meta.url));
const pythonParser = fileURLToPath(new URL("parse-and-walk-python.mjs", import.meta.url));

interface Contest {
  readonly name: string;
  readonly ours: readonly string[];
  readonly peer: readonly string[];
  readonly against: string;
  readonly folder: string;
}

const scratch = mkdtempSync(path.join(tmpdir(), "remit-bench-"));
try {
  const plain = chain(path.join(scratch, "plain"), 1000, plainModule);
  const mail = chain(path.join(scratch, "mail"), 1000, mailModule);
  const plainPy = pythonChain(path.join(scratch, "plain-python"), 1000, plainPython);
  const mailPy = pythonChain(path.join(scratch, "mail-python"), 1000, mailPython);
  console.log(`${cpus().length} processors, Node ${process.version}, ${ROUNDS} rounds, medians of CPU seconds\n`);
  console.log("| what | Remit | peer | ratio |\n|---|---:|---:|---:|");
  for (const contest of [
    { name: "`remit --version`", ours: [cli, "--version"], peer: ["-e", "0"], against: "bare node", folder: scratch },
    againstParser("1,000 files that use none of it", plain),
    againstParser("1,000 files that all call Gmail", mail),
    againstParser("1,000 files of Python that use none of it", plainPy, pythonParser),
    againstParser("1,000 files of Python that all call Gmail", mailPy, pythonParser),
  ])
    console.log(row(contest));
  console.log(`\n${growth()}`);
  console.log(`\n${factsTable()}`);
} finally {
  rmSync(scratch, { recursive: true });
}

function againstParser(name: string, folder: string, peer = parser): Contest {
  return { name, ours: [cli, "check"], peer: [peer, folder], against: "parse and walk", folder };
}

function row({ name, ours, peer, against, folder }: Contest): string {
  const times: [number[], number[]] = [[], []];
  for (let round = 0; round <= ROUNDS; round++) {
    const pair = [measure(scratch, ours, folder).seconds, measure(scratch, peer, folder).seconds];
    // The first round only warms the caches of the disk.
    if (round > 0) for (const [i, seconds] of pair.entries()) times[i]!.push(seconds);
  }
  const [a, b] = [median(times[0]), median(times[1])];
  return `| ${name} | ${a.toFixed(2)} | ${b.toFixed(2)} (${against}) | ${(a / b).toFixed(1)} |`;
}

/** One agent that grows: time and memory of each size, and the exponents that fit them best. */
function growth(): string {
  const taken = GROWTH.map((count) => {
    const folder = agent(path.join(scratch, `agent-${count}`), count);
    const [ours, peer] = [measure(scratch, [cli, "check"], folder), measure(scratch, [parser, folder], folder)];
    return { count, ours, ratio: ours.seconds / peer.seconds };
  });
  const rows = taken.map(({ count, ours, ratio }) => {
    const perThousand = ours.seconds / (count / 1000);
    return `| ${count.toLocaleString("en")} | ${ours.seconds.toFixed(1)} | ${perThousand.toFixed(2)} | ${ratio.toFixed(1)} | ${ours.megabytes.toFixed(0)} |`;
  });
  const points = (of: (one: (typeof taken)[number]) => number) =>
    taken.map((one): [number, number] => [one.count, of(one)]);
  return [
    "| files of one agent | CPU seconds | for each 1,000 | × parse and walk | MB |",
    "|---:|---:|---:|---:|---:|",
    ...rows,
    "",
    `Time grows with the number of files to the power of ${exponent(points(({ ours }) => ours.seconds))}, memory to the power of ${exponent(points(({ ours }) => ours.megabytes))}.`,
  ].join("\n");
}

/** Slope of the line that fits the logarithms best (least squares). */
function exponent(points: readonly (readonly [number, number])[]): string {
  const logs = points.map(([x, y]) => [Math.log(x), Math.log(y)] as const);
  const mean = (of: 0 | 1) => logs.reduce((sum, point) => sum + point[of], 0) / logs.length;
  const [mx, my] = [mean(0), mean(1)];
  const slope =
    logs.reduce((sum, [x, y]) => sum + (x - mx) * (y - my), 0) / logs.reduce((sum, [x]) => sum + (x - mx) ** 2, 0);
  return slope.toFixed(2);
}
