import { CommanderError } from "commander";
import { visible } from "../report/visible.ts";
import type { ExitCode } from "./exit-code.ts";
import { createProgram } from "./program.ts";
import type { Surroundings } from "./surroundings.ts";
import { UsageError } from "./usage-error.ts";

/** Runs one command line to its end and says with which code to leave. Never throws. */
export async function run(argv: readonly string[], around: Surroundings): Promise<ExitCode> {
  let code: ExitCode = 0;
  try {
    await createProgram(around, (result) => (code = result)).parseAsync(argv, { from: "user" });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    await around.err.write(`${lineFor(error, around)}\n`);
    return 2;
  }
}

function lineFor(error: unknown, { environment }: Surroundings): string {
  if (error instanceof UsageError) return `remit: ${visible(error.message)}`;
  const message = error instanceof Error ? error.message : String(error);
  const details = environment["REMIT_DEBUG"] && error instanceof Error ? `\n${error.stack}` : "";
  return `remit: this is a fault in Remit, please report it: ${visible(message)}${details}`;
}
