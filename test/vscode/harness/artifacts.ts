import { cp, mkdir } from "node:fs/promises";
import { join } from "node:path";
import process from "node:process";
import type { Page } from "playwright-core";
import type { CodeServer } from "./server.ts";

/** Keeps what explains a failed run, a picture and the logs, where `REMIT_TEST_ARTIFACTS` names a folder for it. */
export async function keepArtifacts(server: CodeServer, page: Page | undefined): Promise<void> {
  const folder = process.env["REMIT_TEST_ARTIFACTS"];
  if (!folder) return;
  await mkdir(folder, { recursive: true });
  const ignore = (): void => {}; // One that is missing is no reason to lose the others.
  await page?.screenshot({ path: join(folder, "failure.png"), timeout: 5000 }).catch(ignore);
  await cp(server.logs, join(folder, "logs"), { recursive: true }).catch(ignore);
  await cp(join(server.session, "server.log"), join(folder, "server.log")).catch(ignore);
}
