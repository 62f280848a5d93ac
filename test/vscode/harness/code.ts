import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { parseArgs } from "node:util";
import { RELEASES, type ReleaseName } from "./releases.ts";
import { runSuite } from "./suite.ts";

/*
 * Takes the switches that @vscode/test-electron gives to VS Code's executable, and runs the suite in the VS Code that
 * REMIT_VSCODE names. Launcher and suite stay as they are on a desktop.
 */

const { values, positionals } = parseArgs({
  strict: false, // the switches that only a desktop has
  allowPositionals: true,
  options: {
    extensionDevelopmentPath: { type: "string" },
    extensionTestsPath: { type: "string" },
    "user-data-dir": { type: "string" },
  },
});
const settingsFile = join(String(values["user-data-dir"]), "User/settings.json");
const release = RELEASES[process.env["REMIT_VSCODE"] as ReleaseName];

for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(1));
try {
  const { exitCode, reason } = await runSuite({
    release,
    workspace: String(positionals[0]),
    extension: String(values.extensionDevelopmentPath),
    tests: String(values.extensionTestsPath),
    settings: existsSync(settingsFile) ? JSON.parse(readFileSync(settingsFile, "utf8")) : {},
  });
  if (exitCode !== 0) console.log(`the suite failed: ${reason}`);
  process.exit(exitCode);
} catch (error) {
  console.error(error);
  process.exit(1);
}
