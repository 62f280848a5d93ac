import { expect } from "vitest";
import { until } from "./harness/until.ts";
import type { Workbench } from "./harness/workbench.ts";

/* What a person does with the bundled example, and what they see. */

const AUTH = "src/auth.ts";
const CALENDAR = "src/tools/calendar.ts";

/** From the underlined scope to the saved fix. */
export async function driveQuickFix(workbench: Workbench): Promise<void> {
  await workbench.openFile(AUTH, { line: 8, column: 10 });
  await workbench.squiggles("error").first().waitFor();
  await workbench.squiggles("warning").first().waitFor();
  const hover = await workbench.hover("drive.readonly", /blind spot/);
  expect(hover).toContain("No call needs drive.readonly");
  expect(hover).toMatch(/needed by 0 of 5 calls/);

  // Its rule is explained in the editor, by the page that is shipped; the finding leads there, and what is known of the scope.
  for (const link of ["unused-permission", "about unused-permission"]) {
    await workbench.openFile(AUTH, { line: 8, column: 10 });
    await workbench.hover("drive.readonly", /about unused-permission/);
    await workbench.followLink(link);
    await workbench.page.locator('.tab.active[data-resource-name="unused-permission.md"]').waitFor();
    await until("the page about the rule", async () => (await workbench.visibleLines())[0] === "# unused-permission");
  }

  const before = await workbench.problems((problems) => problems.length === 3);
  expect(before.map(({ severity, line, column }) => `${severity} ${line}:${column}`)).toEqual([
    "error 8:3",
    "warning 7:3",
    "error 29:22",
  ]);

  await workbench.openFile(AUTH, { line: 8, column: 10 });
  const entries = await workbench.openQuickFixes();
  expect(entries.slice(0, 2)).toEqual([
    "Stop requesting drive.readonly (all 5 calls stay covered)",
    "Ignore unused-permission here, with a reason…",
  ]);
  await workbench.applyQuickFix(entries[0]!);
  await workbench.squiggles("error").first().waitFor({ state: "detached" });
  expect((await workbench.visibleLines()).join("\n")).not.toContain("drive.readonly");

  await workbench.save();
  expect(await workbench.readFile(AUTH)).toMatch(
    /gmail\.send",\n {2}"https:\/\/www\.googleapis\.com\/auth\/calendar",\n\];/,
  );
  const after = await workbench.problems((problems) => problems.length === 2);
  expect(after.map(({ message }) => message).join("\n")).not.toContain("drive.readonly");
}

/** What the extension adds to an editor that speaks the protocol. */
export async function driveCommands(workbench: Workbench): Promise<void> {
  await workbench.openFile(CALENDAR, { line: 29, column: 25 });
  await workbench.squiggles("error").first().waitFor();
  expect(await workbench.languageStatus(/Remit: 1 error,/)).toMatch(
    /Remit: 1 error, 1 warning.*0 blind spots · [\d.]+ m?s/s,
  );

  expect(await workbench.openQuickFixes()).toContain("Declare the write: readOnlyHint: false, destructiveHint: true");
  await workbench.applyQuickFix("Ignore read-only-tool-writes here, with a reason…");
  await workbench.answer("Remit: Ignore read-only-tool-writes", "the user confirms each event");
  await workbench.squiggles("error").first().waitFor({ state: "detached" });
  await workbench.save();
  expect(await workbench.readFile(CALENDAR)).toContain(
    "\n      // remit-ignore read-only-tool-writes -- the user confirms each event\n      annotations: { readOnlyHint: true },\n",
  );

  await workbench.runCommand("Remit: Explain a Rule, Permission or Method…");
  await workbench.answer("Remit: Explain", "gmail.readonly");
  await workbench.page.locator('.tab.active[aria-label*="gmail.readonly"]').waitFor();
}
