import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { openPage } from "../test/vscode/harness/browser.ts";

// `npx tsx scripts/icon.ts`: renders docs/images/icon.svg, the extension's icon, as the PNG that VS Code asks for.

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const { browser, page } = await openPage({ width: 256, height: 256 });
await page.setContent(`<style>body { margin: 0 }</style>${readFileSync(join(root, "docs/images/icon.svg"), "utf8")}`);
await page.screenshot({ path: join(root, "icon.png"), omitBackground: true });
await browser.close();
