import process from "node:process";
import { run } from "./run.ts";
import { processSurroundings } from "./surroundings.ts";

// The exit code is set and never forced: what is still on its way to a pipe arrives.
void run(process.argv.slice(2), processSurroundings()).then((code) => {
  process.exitCode = code;
});
