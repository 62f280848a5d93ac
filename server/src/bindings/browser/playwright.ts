import type { TypedLibrary } from "../typed/binding.ts";

/** Playwright under the names it is imported by. */
export const PLAYWRIGHT: TypedLibrary = {
  pack: "browser/playwright",
  packages: [
    "playwright",
    "playwright-core",
    "playwright-chromium",
    "playwright-extra",
    "@playwright/test",
    "patchright",
  ],
};
