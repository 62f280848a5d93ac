import type { Browser, Page } from "playwright-core";
import { chromium as playwright } from "playwright-core";
import { chromium } from "./needs.ts";

/** Size of the page, in CSS pixels, and how many dots each has. */
export interface View {
  readonly width: number;
  readonly height: number;
  readonly scale?: number;
}

export interface BrowserPage {
  readonly browser: Browser;
  readonly page: Page;
}

/**
 * Opens an empty page. Only the loopback address can be reached from it: whatever in the workbench would look outside
 * fails at once, on every machine alike.
 */
export async function openPage({ width, height, scale }: View = { width: 1400, height: 1100 }): Promise<BrowserPage> {
  const browser = await playwright.launch({
    executablePath: chromium(),
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--disable-dev-shm-usage",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
    ],
  });
  const context = await browser.newContext({ viewport: { width, height }, deviceScaleFactor: scale, locale: "en-US" });
  const page = await context.newPage();
  page.setDefaultTimeout(60_000);
  page.setDefaultNavigationTimeout(90_000); // the first page waits until the server has loaded all of VS Code
  return { browser, page };
}
