import { readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import type { Locator, Page } from "playwright-core";
import { keepArtifacts } from "./artifacts.ts";
import { openPage, type View } from "./browser.ts";
import { CodeServer, type ServerOptions } from "./server.ts";
import { pause, until } from "./until.ts";

export interface WorkbenchOptions extends Omit<ServerOptions, "suite" | "inPlace"> {
  readonly view?: View;
}

/** Starts VS Code, opens its workbench, calls back, and takes everything down again. */
export async function withWorkbench<T>(
  { view, ...options }: WorkbenchOptions,
  use: (workbench: Workbench) => Promise<T>,
): Promise<T> {
  const server = await CodeServer.start(options);
  let page: Page | undefined;
  const opened = await openPage(view);
  try {
    page = opened.page;
    await page.goto(server.workbenchUrl());
    // VS Code takes keys from here on; before it, they are lost.
    await page.waitForFunction("performance.getEntriesByName('code/didStartWorkbench').length > 0");
    await page.locator(".part.statusbar .statusbar-item").first().waitFor();
    return await use(new Workbench(page, server));
  } catch (error) {
    await keepArtifacts(server, page);
    throw error;
  } finally {
    await opened.browser.close();
    await server.stop();
  }
}

interface Row {
  readonly label: string;
  readonly isFocused: boolean;
}

export interface Problem {
  readonly severity: string;
  readonly message: string;
  readonly line: number;
  readonly column: number;
  readonly source: string | undefined;
}

/** Drives the workbench as a person would: keys, mouse, and what can be seen on the page. */
export class Workbench {
  readonly page: Page;
  readonly #server: CodeServer;

  constructor(page: Page, server: CodeServer) {
    this.page = page;
    this.#server = server;
  }

  /** What is on the disk, which is what the editor shows only once it has been saved. */
  readFile(relative: string): Promise<string> {
    return readFile(join(this.#server.workspace, relative), "utf8");
  }

  async openFile(relative: string, at?: { readonly line: number; readonly column: number }): Promise<void> {
    const name = basename(relative);
    // An absolute path is found at once; a part of a name waits for the search of the workspace.
    const wanted = join(this.#server.workspace, relative) + (at ? `:${at.line}:${at.column}` : "");
    await this.#pick("Control+P", wanted, (label) => /^[^\s,]+/.exec(label)?.[0] === name);
    await this.page.locator(`.tab.active[data-resource-name=${JSON.stringify(name)}]`).waitFor();
    await this.page.locator(".editor-instance .monaco-editor.focused").waitFor();
    if (at) await this.page.getByText(`Ln ${at.line}, Col ${at.column}`).waitFor();
  }

  /** Runs a command by the title that the palette shows for it. */
  async runCommand(title: string): Promise<void> {
    await this.#pick("F1", `>${title}`, (label) => label === title || label.startsWith(`${title},`));
  }

  /** The lines that the active editor shows; of a long file only a part. */
  visibleLines(): Promise<string[]> {
    const lines = this.page.locator(".editor-instance .monaco-editor").first().locator(".view-line");
    return lines.evaluateAll((all: readonly ViewLine[]) =>
      [...all]
        .sort((a, b) => parseFloat(a.style.top) - parseFloat(b.style.top))
        .map(({ textContent }) => textContent.replaceAll("\u00a0", " ")),
    );
  }

  /** Underlines of a severity: `error`, `warning`, `info` or `hint`. */
  squiggles(severity: string): Locator {
    return this.page.locator(`.monaco-editor .squiggly-${severity}`);
  }

  /** Opens the Problems panel and lists what it shows, once that satisfies the caller. */
  async problems(isReady: (problems: readonly Problem[]) => boolean): Promise<Problem[]> {
    await this.runCommand("Problems: Focus on Problems View");
    await this.page.locator(".markers-panel").waitFor();
    let found: Problem[] = [];
    return until(
      () => `the problems; there are: ${JSON.stringify(found)}`,
      async () => {
        found = (await labelsOf(this.page.locator(".markers-panel .monaco-list-row"))).flatMap(problemOf);
        return isReady(found) && found;
      },
    );
  }

  /** Moves the mouse over the first occurrence of a text in the editor, and returns what the hover says once it says what is expected. */
  async hover(text: string, expected: RegExp): Promise<string> {
    const point = await until(`'${text}' in the editor`, () => this.#locate(text));
    const hover = this.page
      .locator(".monaco-editor .monaco-hover:not(.hidden), .monaco-resizable-hover .monaco-hover:not(.hidden)")
      .first();
    let said = "";
    return until(
      () => `a hover over '${text}' that says ${expected}; it says: ${said}`,
      async () => {
        // VS Code asks for a hover when the mouse moves; a server that still starts has none yet.
        await this.page.mouse.move(0, 0);
        await this.page.mouse.move(point.x, point.y, { steps: 3 });
        const end = Date.now() + 5000;
        while (Date.now() < end && !expected.test(said)) {
          const rows = await hover.locator(".hover-row").allInnerTexts();
          said = rows.join("\n").trim();
          await pause();
        }
        return expected.test(said) && said;
      },
    );
  }

  /** Clicks a link of the hover that is open. */
  async followLink(text: string): Promise<void> {
    const links = this.page.locator(".monaco-hover:not(.hidden) a");
    await links
      .filter({ hasText: new RegExp(`^${text}$`) })
      .first()
      .click();
  }

  /** Opens the quick-fix menu at the cursor, and returns its entries. */
  async openQuickFixes(): Promise<string[]> {
    const entries = this.page.locator(".action-widget .monaco-list-row.action");
    await until("the quick-fix menu", async () => {
      await this.page.keyboard.press("Control+.");
      return appears(entries.first(), 2500);
    });
    return entries.locator(".title").allInnerTexts();
  }

  /** Chooses from the open quick-fix menu, with keys (an older VS Code keeps the mouse off it), and waits for it to go. */
  async applyQuickFix(title: string): Promise<void> {
    const focused = this.page.locator(".action-widget .monaco-list-row.focused .title");
    await until(`the quick fix '${title}'`, async () => {
      if ((await focused.count()) === 1 && (await focused.innerText()) === title) return true;
      await this.page.keyboard.press("ArrowDown");
      return false;
    });
    await this.page.keyboard.press("Enter");
    await focused.waitFor({ state: "hidden" });
  }

  /** Opens what lies behind `{}` in the status bar, and returns what it says once it says what is expected. */
  async languageStatus(expected: RegExp): Promise<string> {
    const items = this.page.locator(".hover-language-status");
    return until(`a language status with ${expected}`, async () => {
      await this.page.mouse.move(0, 0);
      await this.page.locator('[id="status.languageStatus"]').hover();
      if (!(await appears(items.first(), 2500))) return false;
      const text = (await items.allInnerTexts()).join("\n");
      return expected.test(text) && text;
    });
  }

  /** Answers the question of an input box. */
  async answer(title: string, text: string): Promise<void> {
    await this.page.locator(".quick-input-widget .quick-input-title", { hasText: title }).waitFor();
    await this.page.locator('.quick-input-widget input[type="text"]').fill(text);
    await this.page.keyboard.press("Enter");
  }

  async save(): Promise<void> {
    await this.page.keyboard.press("Control+S");
    await this.page.locator(".tab.active.dirty").waitFor({ state: "detached" });
  }

  /** Opens one of the quick input's forms, types, waits for the row that is meant, and accepts it. */
  async #pick(key: string, text: string, isWanted: (label: string) => boolean): Promise<void> {
    const input = this.page.locator('.quick-input-widget input[type="text"]');
    const busy = this.page.locator(".quick-input-widget .monaco-progress-container.active");
    await until(`the quick input of ${key}`, async () => {
      if (await input.isVisible()) return true;
      await this.page.keyboard.press(key);
      return appears(input, 1000);
    });
    await input.fill(text);
    let rows: readonly Row[] = [];
    let wasChosen = false;
    await until(
      () => `'${text}' among: ${rows.map(({ label }) => label).join(" | ")}`,
      async () => {
        rows = await this.#rows();
        const isChosen = rows.some(({ label, isFocused }) => isFocused && isWanted(label));
        if (!isChosen && rows.some(({ label }) => isWanted(label))) await input.press("ArrowDown");
        // The list may still be that of an earlier text: what is seen twice, with nothing more to come, is that of this one.
        const isSettled = isChosen && wasChosen && !(await busy.isVisible());
        wasChosen = isChosen;
        return isSettled;
      },
    );
    await input.press("Enter");
    // What is chosen may ask something in its turn, with the same input.
    await until(
      `'${text}' to be accepted`,
      async () => !(await input.isVisible()) || (await input.inputValue()) !== text,
    );
  }

  /** Of the open quick input. */
  #rows(): Promise<Row[]> {
    const rows = this.page.locator(".quick-input-widget .monaco-list-row");
    return rows.evaluateAll((all: readonly Labelled[]) =>
      all.map((row) => ({ label: row.getAttribute("aria-label") ?? "", isFocused: row.className.includes("focused") })),
    );
  }

  #locate(text: string): Promise<{ x: number; y: number } | undefined> {
    const lines = this.page.locator(".editor-instance .monaco-editor .view-lines").first();
    return lines.evaluate((root: unknown, wanted: string) => {
      const walker = document.createTreeWalker(root, 4); // texts only
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const index = node.data.replaceAll("\u00a0", " ").indexOf(wanted);
        if (index < 0) continue;
        const range = document.createRange();
        range.setStart(node, index);
        range.setEnd(node, index + wanted.length);
        const box = range.getBoundingClientRect();
        return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
      }
      return undefined;
    }, text);
  }
}

async function appears(element: Locator, timeout: number): Promise<boolean> {
  try {
    await element.waitFor({ timeout });
    return true;
  } catch {
    return false; // The caller tries again, and gives up in its own time.
  }
}

function labelsOf(rows: Locator): Promise<string[]> {
  return rows.evaluateAll((all: readonly Labelled[]) => all.map((row) => row.getAttribute("aria-label") ?? ""));
}

const PROBLEM = /^(Error|Warning|Info): (.*) at line (\d+) and character (\d+)\.(?: generated by (.*))?/s;

function problemOf(label: string): Problem[] {
  const [, severity = "", message = "", line, column, source] = PROBLEM.exec(label) ?? [];
  if (line === undefined) return [];
  return [{ severity: severity.toLowerCase(), message, line: Number(line), column: Number(column), source }];
}

// What is used of the page's own objects, in the functions that run there. (The types of a browser would hold everywhere.)

interface ViewLine {
  readonly style: { readonly top: string };
  readonly textContent: string;
}

interface Labelled {
  readonly className: string;
  getAttribute(name: string): string | null;
}

interface TextNode {
  readonly data: string;
}

declare const document: {
  createTreeWalker(root: unknown, what: number): { nextNode(): TextNode | null };
  createRange(): {
    setStart(node: TextNode, offset: number): void;
    setEnd(node: TextNode, offset: number): void;
    getBoundingClientRect(): { x: number; y: number; width: number; height: number };
  };
};
