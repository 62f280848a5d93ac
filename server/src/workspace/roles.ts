import { baseNameOf, isWithin, relativeTo } from "../frontends/resolution/paths.ts";

/**
 * What a file is to the product. `product`, `generated` and `vendored` files are analysed (the last two never edited);
 * `example` ones at low severity; `test` files give neither grants nor uses; an `output` is skipped, its source is here.
 */
export type Role = "product" | "test" | "example" | "output" | "vendored" | "generated";

export function isAnalysedRole(role: Role): boolean {
  return role === "product" || role === "generated" || role === "vendored" || role === "example";
}

export function isEditableRole(role: Role): boolean {
  return role === "product" || role === "example" || role === "test";
}

const TEST_FOLDERS =
  /^(?:__tests?__|__mocks__|__fixtures__|__snapshots__|__testfixtures__|tests?|testing|e2e|fixtures?|mocks?|cypress|playwright)$/i;
/** Only where a package keeps its folders; deeper these are words like any other (`src/docs`, `src/spec`). */
const TEST_FOLDERS_AT_TOP = /^(?:specs?|testdata|test-utils|test-fixtures|integration-tests?|e2e-tests?)$/i;
const TEST_FILES =
  /(?:\.(?:tests?|specs?|e2e|e2e-spec|cy|mocks?|fixtures?|test-d|int-spec)\.[cm]?[jt]sx?$)|(?:_test\.[cm]?[jt]sx?$)|(?:^(?:jest|vitest|playwright|cypress)\.[\w.-]+\.[cm]?[jt]s$)|(?:^conftest\.py$)|(?:^test_.*\.py$)|(?:_test\.py$)/i;
/** Scripts tried by hand, at the top of a package or among its scripts: `test.js`, `test-auth.mjs`. */
const TEST_FILES_AT_TOP = /^(?:tests?|test[-_].*|.*-test)\.[cm]?[jt]sx?$/i;

const EXAMPLE_FOLDERS = /^(?:examples?|samples?|demos?|playgrounds?|sandbox)$/i;
const EXAMPLE_FOLDERS_AT_TOP = /^(?:docs?|documentation|tutorials?|quickstarts?)$/i;
const EXAMPLE_FILES = /\.(?:stories|example|sample)\.[cm]?[jt]sx?$/i;

const VENDORED_FOLDERS = /^(?:vendor|vendored|third[_-]party|thirdparty|3rdparty|external-libs)$/i;

const GENERATED_FOLDERS = /^(?:generated|__generated__|autogen|gen-src|\.generated)$/i;
const GENERATED_FILES =
  /(?:\.(?:generated|gen)\.[cm]?[jt]sx?$)|(?:_pb\.[cm]?[jt]s$)|(?:\.pb\.[cm]?[jt]s$)|(?:_pb2(?:_grpc)?\.py$)/i;

/** Old copies that editors and people leave behind. */
const BACKUP = /(?:\.(?:bak|orig|old|backup)(?=\.|\/|$))|(?:~(?=\/|$))/i;

export function isBackup(path: string): boolean {
  return BACKUP.test(path);
}

export interface RoleContext {
  /** Directories and files named on the command line: what they lie in does not matter, they were asked for. */
  readonly named: readonly string[];
  /** Roots of all packages. */
  readonly packageRoots: ReadonlySet<string>;
}

/** The role a path alone gives a file. */
export function roleOfPath(path: string, context: RoleContext): Exclude<Role, "output"> {
  if (context.named.includes(path)) return "product";
  const base = context.named
    .filter((directory) => directory !== "" && isWithin(path, directory))
    .reduce((a, b) => (b.length > a.length ? b : a), "");
  const asked = base === "" ? undefined : roleOfSegments(`${base}/x.ts`, "", context.packageRoots);
  const role = roleOfSegments(path, base, context.packageRoots);
  // Whoever names a folder of tests wants the tests.
  return role === asked ? "product" : role;
}

function isScripts(folders: readonly string[]): boolean {
  return folders.at(-1) === "scripts";
}

function roleOfSegments(path: string, base: string, packageRoots: ReadonlySet<string>): Exclude<Role, "output"> {
  const name = baseNameOf(path);
  const folders = relativeTo(path, base).split("/").slice(0, -1);
  let directory = base;
  let atTop = base === "" || packageRoots.has(base);
  let example = false;
  let vendored = false;
  let generated = false;
  for (const folder of folders) {
    directory = directory === "" ? folder : `${directory}/${folder}`;
    if (TEST_FOLDERS.test(folder) || (atTop && TEST_FOLDERS_AT_TOP.test(folder))) return "test";
    if (VENDORED_FOLDERS.test(folder)) vendored = true;
    if (EXAMPLE_FOLDERS.test(folder) || (atTop && EXAMPLE_FOLDERS_AT_TOP.test(folder))) example = true;
    if (GENERATED_FOLDERS.test(folder)) generated = true;
    atTop = packageRoots.has(directory);
    // An example that is a package of its own is somebody's starting point, and deployed.
    if (atTop) example = false;
  }
  if (TEST_FILES.test(name) || ((atTop || isScripts(folders)) && TEST_FILES_AT_TOP.test(name))) return "test";
  if (vendored) return "vendored";
  if (example || EXAMPLE_FILES.test(name)) return "example";
  return generated || GENERATED_FILES.test(name) ? "generated" : "product";
}
