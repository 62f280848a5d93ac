import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { exitCodeOf, prepare, say } from "./prepare.mjs";

// `npm test`: all tests, or those whose paths are given. The last line counts them.

prepare();
say("Running the tests …");
const folder = mkdtempSync(join(tmpdir(), "remit-tests-"));
const resultFile = join(folder, "result.json");
const code = exitCodeOf(process.execPath, [
  "node_modules/vitest/vitest.mjs",
  "run",
  "--reporter=default",
  "--reporter=json",
  `--outputFile.json=${resultFile}`,
  ...process.argv.slice(2),
]);
console.log(count());
rmSync(folder, { recursive: true });
process.exitCode = code;

function count() {
  const result = JSON.parse(readFileSync(resultFile, "utf8"));
  // A file that could not be loaded has no tests to fail.
  const broken = result.testResults.filter(
    (file) => file.status === "failed" && file.assertionResults.length === 0,
  ).length;
  const failed = result.numFailedTests + broken;
  // An error outside of any test fails the run as well.
  const isUncounted = code !== 0 && failed === 0;
  return `${result.numPassedTests} passed, ${isUncounted ? 1 : failed} failed, ${result.numPendingTests + result.numTodoTests} skipped`;
}
