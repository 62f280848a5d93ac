import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import path from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";

/**
 * `npm run bench`: Remit against peers in one run, in turn, so that a machine that slows down slows both. Whole processes;
 * the median of CPU seconds (user and system). Prints the table that `README.md` beside this file keeps.
 */
const ROUNDS = 5;
const cli = fileURLToPath(new URL("../dist/cli.js", import.meta.url));
const parser = fileURLToPath(new URL("parse-and-walk.mjs", import.meta.url));

interface Contest {
  readonly name: string;
  readonly ours: readonly string[];
  readonly peer: readonly string[];
  readonly against: string;
  readonly folder: string;
}

const scratch = mkdtempSync(path.join(tmpdir(), "remit-bench-"));
try {
  const plain = generate("plain", 1000, plainModule);
  const light = generate("light", 1000, mailModule);
  const contests: Contest[] = [
    { name: "`remit --version`", ours: [cli, "--version"], peer: ["-e", "0"], against: "bare node", folder: scratch },
    {
      name: "1,000 files that use none of it",
      ours: [cli, "check"],
      peer: [parser, plain],
      against: "parse and walk",
      folder: plain,
    },
    {
      name: "1,000 files that all call Gmail",
      ours: [cli, "check"],
      peer: [parser, light],
      against: "parse and walk",
      folder: light,
    },
  ];
  console.log(`${cpus().length} processors, Node ${process.version}, ${ROUNDS} rounds, medians of CPU seconds\n`);
  console.log("| what | Remit | peer | ratio |\n|---|---:|---:|---:|");
  for (const contest of contests) console.log(row(contest));
} finally {
  rmSync(scratch, { recursive: true });
}

function row({ name, ours, peer, against, folder }: Contest): string {
  const times: [number[], number[]] = [[], []];
  for (let round = 0; round <= ROUNDS; round++) {
    const pair = [cpuSeconds(ours, folder), cpuSeconds(peer, folder)];
    // The first round only warms the caches of the disk.
    if (round > 0) for (const [i, seconds] of pair.entries()) times[i]!.push(seconds);
  }
  const [a, b] = [median(times[0]), median(times[1])];
  return `| ${name} | ${a.toFixed(2)} | ${b.toFixed(2)} (${against}) | ${(a / b).toFixed(1)} |`;
}

/** CPU time of a Node process, as it measures itself at its end. */
function cpuSeconds(args: readonly string[], folder: string): number {
  const probe = "process.on('exit',()=>{const u=process.cpuUsage();process.stderr.write('\\u0000'+(u.user+u.system))})";
  const preload = path.join(scratch, "probe.cjs");
  writeFileSync(preload, probe);
  const run = spawnSync(process.execPath, ["--require", preload, ...args], { cwd: folder, encoding: "utf8" });
  const micros = Number(run.stderr.split("\u0000").at(-1));
  if (!Number.isFinite(micros)) throw new Error(`${args.join(" ")} did not run: ${run.stderr}`);
  return micros / 1e6;
}

function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)]!;
}

function generate(name: string, count: number, write: (i: number) => string): string {
  const folder = path.join(scratch, name);
  mkdirSync(path.join(folder, "src"), { recursive: true });
  writeFileSync(path.join(folder, "package.json"), JSON.stringify({ name, main: "src/m0.ts" }));
  for (let i = 0; i < count; i++) writeFileSync(path.join(folder, "src", `m${i}.ts`), write(i));
  return folder;
}

function plainModule(i: number): string {
  const functions = Array.from(
    { length: 8 },
    (_, f) =>
      `export function f${f}(a: number, b: string): string {\n  if (a > ${f}) return b.repeat(a);\n  const parts = [a, ${i}].map((x) => \`\${x}-\${b}\`);\n  return parts.join(",");\n}\n`,
  );
  return `${i > 0 ? `import { f0 as before } from "./m${i - 1}.ts";\nexport const used = before(${i}, "x");\n` : ""}${functions.join("\n")}`;
}

function mailModule(i: number): string {
  return `import { google } from "googleapis";\n${plainModule(i)}\nconst gmail${i} = google.gmail({ version: "v1" });\nexport async function read${i}(id: string) {\n  const { data } = await gmail${i}.users.messages.get({ userId: "me", id });\n  return data.snippet;\n}\n`;
}
