import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { onTestFinished } from "vitest";

/** A folder on the disk for the length of one test. */
export interface Folder {
  readonly path: string;
  readonly uri: string;
  /** Address of a file in it. */
  at(file: string): string;
  write(file: string, text: string): void;
}

export function folder(files: Readonly<Record<string, string>>): Folder {
  const path = realpathSync(mkdtempSync(join(tmpdir(), "remit-lsp-")));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  const at = (file: string): string => pathToFileURL(join(path, file)).href;
  const write = (file: string, text: string): void => {
    mkdirSync(dirname(join(path, file)), { recursive: true });
    writeFileSync(join(path, file), text);
  };
  for (const [file, text] of Object.entries(files)) write(file, text);
  return { path, uri: pathToFileURL(path).href, at, write };
}

/** Asks for two scopes; the calls are in another file, and need one of them. */
export const AUTH = `import { google } from "googleapis";

export const auth = new google.auth.GoogleAuth({
  scopes: [
    "https://www.googleapis.com/auth/presentations",
    "https://www.googleapis.com/auth/drive.readonly",
  ],
});
`;

export const SLIDES = `import { google } from "googleapis";
import { auth } from "./auth.js";

const slides = google.slides({ version: "v1", auth });
await slides.presentations.batchUpdate({ presentationId: process.argv[2]!, requestBody: { requests: [] } });
`;

export const AGENT: Readonly<Record<string, string>> = {
  "package.json": '{ "name": "agent", "type": "module", "bin": "src/slides.ts" }\n',
  "src/auth.ts": AUTH,
  "src/slides.ts": SLIDES,
};
