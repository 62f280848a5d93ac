import process from "node:process";
import { run } from "./run.ts";
import { processSurroundings } from "./surroundings.ts";

async function main(): Promise<void> {
  // The exit code is set and never forced: what is still on its way to a pipe arrives.
  process.exitCode = await run(process.argv.slice(2), processSurroundings());
}

void main();
