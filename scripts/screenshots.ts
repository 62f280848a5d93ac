import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Locator, Page } from "playwright-core";
import { whatIsMissing } from "../test/vscode/harness/needs.ts";
import { RELEASES } from "../test/vscode/harness/releases.ts";
import { until } from "../test/vscode/harness/until.ts";
import { withWorkbench, type Workbench } from "../test/vscode/harness/workbench.ts";
import { EXAMPLE } from "../test/vscode/support/example.ts";
import { packageInto, root } from "../test/vscode/support/packaged.ts";

// `npm run screenshots`: the pictures of the README, from the packaged extension in VS Code on the bundled example.

const images = join(root, "docs/images");
const SETTINGS = {
  "editor.fontSize": 13,
  "editor.minimap.enabled": false,
  "editor.hover.delay": 0,
  "editor.links": false,
  "editor.lightbulb.enabled": "off",
  "editor.occurrencesHighlight": "off",
  "workbench.activityBar.location": "hidden",
  "workbench.colorTheme": "Default Dark Modern",
  "workbench.sideBar.location": "right",
  "workbench.layoutControl.enabled": false,
};

const missing = whatIsMissing(console.log);
if (missing !== undefined) throw new Error(missing);
mkdirSync(images, { recursive: true });
const folder = mkdtempSync(join(tmpdir(), "remit-screenshots-"));
const { vsix } = packageInto(folder);
const view = { width: 860, height: 644, scale: 2 };
/** A hover takes a quarter of the height at most. */
const tall = { width: view.width, height: 2200 };
/** Below what matters. */
const MARGIN = 14;
await withWorkbench({ release: RELEASES.newest, workspace: EXAMPLE, vsix, settings: SETTINGS, view }, takePictures);
rmSync(folder, { recursive: true });

async function takePictures(workbench: Workbench): Promise<void> {
  const { page } = workbench;
  const toScope = { line: 8, column: 40 };

  await page.keyboard.press("Control+B"); // without the explorer
  await workbench.openFile("src/auth.ts", toScope);
  await workbench.problems((problems) => problems.length >= 2);
  await workbench.openFile("src/auth.ts", toScope);
  await page.getByText("Analyzing").waitFor({ state: "hidden" }); // TypeScript has something to say at first
  await workbench.squiggles("error").first().waitFor();
  await take(page, "finding", page.locator(".part.panel"), 0);
  await page.setViewportSize(tall);

  await workbench.runCommand("View: Hide Panel");
  await workbench.openFile("src/auth.ts", toScope);
  await workbench.hover("drive.readonly", /blind spot/);
  await take(page, "hover", page.locator(".monaco-resizable-hover").filter({ hasText: "needed by" }).first());
  await page.mouse.move(0, 0);
  await page.keyboard.press("Escape");

  const [fix] = await workbench.openQuickFixes();
  await take(page, "quick-fix", page.locator(".action-widget .action-widget-action-bar"));
  await workbench.applyQuickFix(fix!);
  await workbench.squiggles("error").first().waitFor({ state: "detached" });
  await workbench.save();
  await take(page, "fixed", page.locator(".view-line").nth(20));
}

/** A picture of the editor from its top to a little below what matters. */
async function take(page: Page, name: string, last: Locator, margin = MARGIN): Promise<void> {
  const box = await until(`the place of ${name}`, () => last.boundingBox());
  const { width, height } = page.viewportSize()!;
  const clip = { x: 0, y: 0, width, height: Math.min(Math.ceil(box.y + box.height) + margin, height) };
  await page.screenshot({ path: join(images, `${name}.png`), clip });
}
