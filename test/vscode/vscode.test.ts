import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { runTests } from "@vscode/test-electron";
import { build } from "esbuild";
import { afterAll, beforeAll, describe, test } from "vitest";
import { driveCommands, driveQuickFix } from "./drive.ts";
import { whatIsMissing } from "./harness/needs.ts";
import { RELEASES, type ReleaseName } from "./harness/releases.ts";
import { withWorkbench } from "./harness/workbench.ts";
import { checkReport, copyExample, EXAMPLE } from "./support/example.ts";
import { packageInto, root } from "./support/packaged.ts";
import { unpack } from "./support/zip.ts";

/*
 * The packaged extension in a real VS Code, the newest and the oldest: a suite inside the extension host, started by
 * @vscode/test-electron, and sessions that use the workbench as a person does. On Linux VS Code comes from npm, as
 * code-server; elsewhere @vscode/test-electron downloads it for the suite, and the sessions are left out.
 */

const onLinux = process.platform === "linux";
const MINUTES = 60_000;

let folder: string;
let vsix: string;
/** The .vsix unpacked: an extension under development is a folder. */
let extension: string;
let suite: string;
let missing: string | undefined;

beforeAll(async () => {
  missing = whatIsMissing(console.warn);
  if (missing !== undefined && onLinux && process.env["CI"])
    throw new Error(`VS Code cannot be tested here: ${missing}`);
  folder = mkdtempSync(join(tmpdir(), "remit-vscode-"));
  ({ vsix } = packageInto(folder));
  unpack(vsix, join(folder, "vsix"));
  extension = join(folder, "vsix/extension");
  suite = join(folder, "suite.cjs");
  await build({
    entryPoints: [join(root, "test/vscode/suite/index.ts")],
    outfile: suite,
    bundle: true,
    platform: "node",
    format: "cjs",
    external: ["vscode"],
    logLevel: "warning",
  });
}, 10 * MINUTES);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const SESSION = { timeout: 10 * MINUTES };

describe.each(Object.keys(RELEASES) as ReleaseName[])("the %s VS Code", (name) => {
  const release = RELEASES[name];

  test("inside the extension host", SESSION, async ({ skip }) => {
    if (missing !== undefined && onLinux) return skip(missing);
    const workspace = copyExample(join(folder, name, "mail-digest"));
    const expected = join(folder, `${name}.json`);
    writeFileSync(expected, checkReport(workspace));
    await runTests({
      ...(onLinux
        ? { vscodeExecutablePath: join(root, "test/vscode/harness/code.mjs") }
        : { version: name === "newest" ? "stable" : "1.91.1" }),
      extensionDevelopmentPath: extension,
      extensionTestsPath: suite,
      launchArgs: [workspace, "--disable-workspace-trust"],
      extensionTestsEnv: { REMIT_VSCODE: name, REMIT_EXPECTED: expected },
    });
  });

  test("as a person uses it: squiggle, hover, problems, quick fix, ignore with a reason", SESSION, async ({ skip }) => {
    if (missing !== undefined) return skip(missing);
    await withWorkbench({ release, workspace: EXAMPLE, vsix }, async (workbench) => {
      await driveQuickFix(workbench);
      await driveCommands(workbench);
    });
  });
});
