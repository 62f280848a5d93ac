import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import process from "node:process";
import { StringDecoder } from "node:string_decoder";
import { fileURLToPath } from "node:url";
import type { Page } from "playwright-core";
import { keepArtifacts } from "./artifacts.ts";
import { openPage } from "./browser.ts";
import type { Release } from "./releases.ts";
import { CodeServer } from "./server.ts";

const SHIM = join(dirname(fileURLToPath(import.meta.url)), "suite-shim.cjs");
const TIMEOUT = 300_000;

export interface SuiteOptions {
  readonly release: Release;
  readonly workspace: string;
  readonly settings: Readonly<Record<string, unknown>>;
  /** Folder of the extension under development. */
  readonly extension: string;
  /** A module with `run(): Promise<void>`, as for `extensionTestsPath`. */
  readonly tests: string;
}

export interface SuiteEnd {
  readonly exitCode: number;
  readonly reason: string;
}

/** Runs a suite, of the kind that @vscode/test-electron runs, inside VS Code's extension host. */
export async function runSuite({ tests, extension, ...options }: SuiteOptions): Promise<SuiteEnd> {
  const server = await CodeServer.start({
    ...options,
    inPlace: true,
    suite: { extension, tests: SHIM },
    env: { REMIT_SUITE: resolve(tests) },
  });
  const output = follow(join(server.session, "suite.log"));
  let succeeded = false;
  let page: Page | undefined;
  const opened = await openPage();
  try {
    page = opened.page;
    const end = await runToEnd(page, server);
    await output.stop();
    // VS Code reports 0 also for an extension host that was killed.
    const ended = end.exitCode !== 0 || existsSync(join(server.session, "suite.passed"));
    const result = ended ? end : { exitCode: 1, reason: "the extension host ended before the suite did" };
    succeeded = result.exitCode === 0;
    return result;
  } finally {
    await output.stop();
    if (!succeeded) await keepArtifacts(server, page);
    await opened.browser.close();
    await server.stop();
  }
}

/** Opens the workbench and waits until the suite has ended, or cannot end any more. */
async function runToEnd(page: Page, server: CodeServer): Promise<SuiteEnd> {
  let end: (exitCode: number, reason: string) => void = () => {};
  const ended = new Promise<SuiteEnd>((settle) => (end = (exitCode, reason) => settle({ exitCode, reason })));
  const timer = setTimeout(() => end(1, `no end after ${TIMEOUT / 1000} s`), TIMEOUT);
  // VS Code calls this function, where the page has one, when the suite's run() has settled.
  await page.exposeFunction("codeAutomationExit", (code: number) => end(code, code === 0 ? "passed" : "failed"));
  page.on("crash", () => end(1, "the page crashed"));
  void server.exited.then((reason) => end(1, reason));
  server.onLine((line) => {
    const how = /Extension Host Process exited with (.*)/.exec(line)?.[1];
    // The extension host ends after the suite too: leave the page the time to report that.
    if (how !== undefined) setTimeout(() => end(1, `the extension host ended by itself (${how})`), 5000).unref();
  });
  await page.goto(server.workbenchUrl());
  const result = await ended;
  clearTimeout(timer);
  return result;
}

/** Prints what is appended to a file that may not exist yet. */
function follow(file: string): { stop(): Promise<void> } {
  const decoder = new StringDecoder("utf8");
  let read = 0;
  const drain = async (): Promise<void> => {
    if (!existsSync(file)) return;
    const added = (await readFile(file)).subarray(read);
    read += added.length;
    process.stdout.write(decoder.write(added));
  };
  let last = Promise.resolve();
  const timer = setInterval(() => (last = last.then(drain)), 200);
  return {
    stop() {
      clearInterval(timer);
      return (last = last.then(drain));
    },
  };
}
