import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
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
const view = { width: 960, height: 620, scale: 2 };
await withWorkbench({ release: RELEASES.newest, workspace: EXAMPLE, vsix, settings: SETTINGS, view }, takePictures);
rmSync(folder, { recursive: true });

async function takePictures(workbench: Workbench): Promise<void> {
  const { page } = workbench;
  const take = (name: string): Promise<unknown> => page.screenshot({ path: join(images, `${name}.png`) });
  const toScope = { line: 8, column: 40 };

  await page.keyboard.press("Control+B"); // without the explorer
  await workbench.openFile("src/auth.ts", toScope);
  await workbench.problems((problems) => problems.length >= 2);
  await workbench.openFile("src/auth.ts", toScope);
  await page.getByText("Analyzing").waitFor({ state: "hidden" }); // TypeScript has something to say at first
  await take("finding");

  await workbench.runCommand("View: Hide Panel");
  await workbench.openFile("src/auth.ts", toScope);
  await workbench.hover("drive.readonly", /blind spot/);
  await scrollHover(workbench);
  await take("hover");
  await page.mouse.move(0, 0);
  await page.keyboard.press("Escape");

  const [fix] = await workbench.openQuickFixes();
  await take("quick-fix");
  await workbench.applyQuickFix(fix!);
  await workbench.squiggles("error").first().waitFor({ state: "detached" });
  await workbench.save();
  await take("fixed");
}

/** The hover of a finding is longer than VS Code shows at once: below the finding is what Remit knows of the scope. */
async function scrollHover({ page }: Workbench): Promise<void> {
  const hover = page.locator(".monaco-resizable-hover").filter({ hasText: "needed by" }).first();
  const lastLine = hover.getByText("about unused-permission");
  await hover.hover();
  await until("the end of the hover", async () => {
    await page.mouse.wheel(0, 400);
    const [line, all] = [await lastLine.boundingBox(), await hover.boundingBox()];
    return line && all && line.y + line.height < all.y + all.height;
  });
}
