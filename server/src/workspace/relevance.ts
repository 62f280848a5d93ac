/**
 * The pre-filter: which files of a deployable can matter at all. Transparent, that is, what it leaves out could not have
 * changed the result: a file without a trigger that imports no file with one (however far away) touches nothing Remit knows.
 */
export interface ScannedFile {
  readonly path: string;
  readonly text: string;
}

/** A fast test for the presence of any trigger. Triggers are plain strings; with none, nothing is relevant. */
export function createTriggerTest(triggers: readonly string[]): (text: string) => boolean {
  if (triggers.length === 0) return () => false;
  const pattern = new RegExp([...new Set(triggers)].sort().map(escaped).join("|"));
  return (text) => pattern.test(text);
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&");
}

/**
 * What makes a file matter. Where a `primary` text stands, its deployable uses a framework or a service. The others are what
 * any program may use (files, processes, requests): they count only in a deployable that is looked at for a primary one.
 */
export interface Triggers {
  readonly primary: readonly string[];
  readonly secondary: readonly string[];
  /** Modules by the name they are imported under, below them all that begins with it and a slash; `node:` may stand before. */
  readonly modules: readonly string[];
}

/** A fast test for everything that makes a file matter. */
export function createRelevanceTest({ primary, secondary, modules }: Triggers): (text: string) => boolean {
  const mentions = createTriggerTest([...primary, ...secondary]);
  if (modules.length === 0) return mentions;
  const names = [...new Set(modules)].sort().map(escaped).join("|");
  const quoted = new RegExp(`(["'\`])(?:node:)?(?:${names})(?:/[^"'\`\n]*)?\\1`);
  return (text) => mentions(text) || quoted.test(text);
}

/** A request for a module whose name is not simply written there: it may be any. */
const COMPUTED_REQUEST = /\b(?:import|require)\s*\(\s*(?!\)|"[^"\n]*"\s*[,)]|'[^'\n]*'\s*[,)]|`[^`$]*`\s*[,)])/;

/**
 * Files that matter by themselves, and all that import one of them, directly or through others, or under a name that is put
 * together at run time.
 */
export function relevantFiles(
  files: readonly ScannedFile[],
  resolve: (fromFile: string, specifier: string) => string | undefined,
  matters: (text: string, path: string) => boolean,
): Set<string> {
  const relevant = new Set(files.filter(({ text, path }) => matters(text, path)).map(({ path }) => path));
  if (relevant.size === 0) return relevant;
  for (const { path, text } of files) if (COMPUTED_REQUEST.test(text)) relevant.add(path);

  const importers = new Map<string, string[]>();
  for (const { path, text } of files) {
    for (const specifier of path.endsWith(".py") ? pythonImports(text) : importSpecifiers(text)) {
      const target = resolve(path, specifier);
      if (target === undefined || target === path) continue;
      const known = importers.get(target);
      if (known === undefined) importers.set(target, [path]);
      else known.push(path);
    }
  }
  const pending = [...relevant];
  for (let file = pending.pop(); file !== undefined; file = pending.pop()) {
    for (const importer of importers.get(file) ?? []) {
      if (relevant.has(importer)) continue;
      relevant.add(importer);
      pending.push(importer);
    }
  }
  return relevant;
}

/**
 * A word that may begin a request, then whatever may stand before the quote: white space, comments, brackets, dots. Only
 * the word is consumed, so that text that merely looks like a request hides no real one behind it.
 */
const REQUEST =
  /\b(?:from|import|require)(?=(?:\s|\/\*(?:[^*]|\*(?!\/))*\*\/|\/\/[^\n]*(?:\n|$)|[(?.]|\bresolve\b)*(?:"((?:[^"\\\n]|\\[^])*)"|'((?:[^'\\\n]|\\[^])*)'|`((?:[^`\\$]|\\[^]|\$(?!\{))*)`))/g;

/** What a text may import: every static request is among them, and some that stand in comments and strings. */
export function importSpecifiers(text: string): string[] {
  const specifiers = new Set<string>();
  for (const match of text.matchAll(REQUEST)) {
    const written = match[1] ?? match[2] ?? match[3];
    if (written) specifiers.add(written.includes("\\") ? unescaped(written) : written);
  }
  return [...specifiers];
}

function unescaped(text: string): string {
  return text.replace(
    /\\(?:u\{([\da-f]+)\}|u([\da-f]{4})|x([\da-f]{2})|\r?\n|([^]))/gi,
    (_, braced?: string, four?: string, two?: string, single?: string) => {
      const code = braced ?? four ?? two;
      return code === undefined ? (single ?? "") : String.fromCodePoint(Math.min(Number.parseInt(code, 16), 0x10ffff));
    },
  );
}

const PYTHON_IMPORT =
  /(?:^|[;:])[ \t]*(?:from[ \t]+(\.*[ \t]*[\w.]*)[ \t]+import[ \t]*(\([^)]*\)|(?:[^\n;\\]|\\\r?\n)*)|import[ \t]+((?:[^\n;\\]|\\\r?\n)*))/gm;

/** What a Python text may import: modules, and names of modules that may be modules themselves. */
export function pythonImports(text: string): string[] {
  const specifiers = new Set<string>();
  for (const [, from, names, modules] of text.matchAll(PYTHON_IMPORT)) {
    for (const module of namesIn(modules)) specifiers.add(module);
    if (from === undefined) continue;
    const base = from.replaceAll(/\s/g, "");
    specifiers.add(base);
    for (const name of namesIn(names)) specifiers.add(base.endsWith(".") ? base + name : `${base}.${name}`);
  }
  return [...specifiers];
}

/** `a.b as c, d` without the new names. */
function namesIn(list: string | undefined): string[] {
  return (list ?? "")
    .replace(/#[^\n]*/g, "")
    .split(",")
    .flatMap((part) => /^[\s(\\]*([A-Za-z_][\w.]*)/.exec(part)?.[1] ?? []);
}
