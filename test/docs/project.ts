import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("../../", import.meta.url));

/** Text of a file of the project. */
export function read(path: string): string {
  return readFileSync(root + path, "utf8");
}

export function exists(path: string): boolean {
  return existsSync(root + path);
}

/** Every file of the project, as a clone has it. */
export function projectFiles(): string[] {
  const listed = execFileSync("git", ["ls-files"], { cwd: root, encoding: "utf8" });
  return listed.trimEnd().split("\n").filter(exists).sort();
}

/** Pages for people: the README, all of `docs/`, the change log, the examples' own. */
export function pages(): string[] {
  return projectFiles().filter((path) => /^(?:[^/]+|docs\/.*|examples\/.*)\.md$/.test(path));
}

/** A page without its fenced blocks: they hold code, not links. */
export function prose(path: string): string {
  return read(path).replaceAll(/^(`{3,})[^\n]*\n[^]*?^\1$/gm, "");
}

/** Headings of a page, as written. */
export function headings(path: string): string[] {
  return [...prose(path).matchAll(/^#{1,6} (.+)$/gm)].map((match) => match[1]!.trim());
}

export interface Manifest {
  readonly version: string;
  readonly scripts: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
}

export const manifest = JSON.parse(read("package.json")) as Manifest;
