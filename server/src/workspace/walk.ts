import ignore, { type Ignore } from "ignore";
import { compareText } from "../model/place.ts";
import { isWithin, joinPath, relativeTo } from "../frontends/resolution/paths.ts";
import type { FileSystem } from "./file-system.ts";

/** Folders nobody keeps source in, whether or not an ignore file says so: what is installed, built by a framework, or cached. */
const NEVER_ENTERED: ReadonlySet<string> = new Set(
  (
    "node_modules bower_components jspm_packages .git .hg .svn .jj .yarn .pnpm-store .venv __pycache__ site-packages .tox .mypy_cache .pytest_cache .ruff_cache " +
    ".next .nuxt .output .svelte-kit .astro .vercel .netlify .wrangler .serverless .aws-sam cdk.out .terraform .turbo .nx .cache .parcel-cache .remit-cache .vscode-test coverage"
  ).split(" "),
);

export interface WalkOptions {
  /** Named on the command line, relative to the root. These are entered even if an ignore file would skip them. */
  readonly paths?: readonly string[];
  /** Ignore files above the root, outermost first. */
  readonly ignoreFilesAbove?: readonly { readonly prefix: string; readonly text: string }[];
}

export interface Walk {
  /** All regular files that are not ignored, sorted. Links are not followed: what they lead to within the root is found where it is. */
  readonly files: readonly string[];
  /** Links that lead to something within the root, with where they lead: an import may go through them. */
  readonly links: ReadonlyMap<string, string>;
  /** The ignore files that had a say. */
  readonly ignoreFiles: readonly string[];
  readonly problems: readonly { readonly file: string; readonly message: string }[];
}

/** One ignore file: where it speaks and what it says. `prefix` is put before paths for files above the root. */
interface Rules {
  readonly directory: string;
  readonly prefix: string;
  readonly ignore: Ignore;
}

/** Lists the files of a workspace as `git` sees it. */
export function walk(fileSystem: FileSystem, options: WalkOptions = {}): Walk {
  const files = new Set<string>();
  const links = new Map<string, string>();
  const ignoreFiles: string[] = [];
  const problems: { file: string; message: string }[] = [];

  const visit = (start: string, inherited: readonly Rules[]): void => {
    const pending: { directory: string; rules: readonly Rules[] }[] = [{ directory: start, rules: inherited }];
    for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
      const listing = fileSystem.list(next.directory);
      if (listing.kind === "unreadable")
        problems.push({
          file: next.directory,
          message: `${next.directory || "."}: cannot be read (${listing.why}); nothing in it is analysed`,
        });
      if (listing.kind !== "entries") continue;
      let rules = next.rules;
      if (listing.entries.some(({ name, kind }) => name === ".gitignore" && kind === "file")) {
        const file = joinPath(next.directory, ".gitignore")!;
        const content = fileSystem.read(file);
        if (content.kind === "text")
          rules = [...rules, { directory: next.directory, prefix: "", ignore: ignore().add(content.text) }];
        ignoreFiles.push(file);
      }
      for (const { name, kind } of listing.entries) {
        const path = joinPath(next.directory, name)!;
        if (kind === "directory" && !NEVER_ENTERED.has(name) && !isIgnored(`${path}/`, rules))
          pending.push({ directory: path, rules });
        else if (kind === "file" && !isIgnored(path, rules)) files.add(path);
        else if (kind === "link" && !NEVER_ENTERED.has(name) && !isIgnored(path, rules)) {
          const target = fileSystem.realPath(path);
          if (target !== undefined) links.set(path, target);
        }
      }
    }
  };

  visit("", rulesAbove(options.ignoreFilesAbove ?? []));
  for (const path of [...(options.paths ?? [])].sort(compareText)) {
    const kind = fileSystem.kind(path);
    if (kind === "absent") problems.push({ file: path, message: `${path}: no such file or directory` });
    else if (kind === "other")
      problems.push({
        file: path,
        message: `${path}: neither a file nor a directory; not analysed`,
      });
    else if (kind === "file") files.add(path);
    else if (![...files].some((file) => isWithin(file, path))) visit(path, []);
  }
  return { files: [...files].sort(compareText), links, ignoreFiles: ignoreFiles.sort(compareText), problems };
}

/** Rules from above the root count only as long as they do not ignore the root itself: it was asked for. */
function rulesAbove(above: readonly { readonly prefix: string; readonly text: string }[]): readonly Rules[] {
  const rules = above.map(({ prefix, text }) => ({
    directory: "",
    prefix,
    ignore: ignore().add(text),
  }));
  return rules.filter((each) => !each.ignore.ignores(`${each.prefix}/`));
}

/** The deepest ignore file that has an opinion decides, as in `git`. */
function isIgnored(path: string, rules: readonly Rules[]): boolean {
  for (let index = rules.length - 1; index >= 0; index--) {
    const { directory, prefix, ignore: matcher } = rules[index]!;
    const below = relativeTo(path, directory);
    const { ignored, unignored } = matcher.test(prefix === "" ? below : `${prefix}/${below}`);
    if (ignored) return true;
    if (unignored) return false;
  }
  return false;
}
