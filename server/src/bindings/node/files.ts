import type { ExternalCall } from "../../trace/external-call.ts";
import type { Reading } from "../../trace/reading.ts";
import { patternText } from "../../trace/texts.ts";
import type { ValueSet } from "../../trace/values.ts";
import { externalChain } from "../../trace/values.ts";
import type { Content } from "../own-state.ts";

/** Which file or folder a call is about, and what it writes there. */
export interface FileUse {
  readonly paths: ValueSet;
  readonly content: Content;
  readonly kind: "file" | "folder";
}

/** Packs whose functions are about files. */
const ABOUT_FILES = new Set(["fs", "fs-extra", "shelljs", "rimraf", "mkdirp", "del", "write-file-atomic"]);

const MAKES_FOLDER = /^(?:mkdir|ensureDir|make)|^native$|^manual$/;
/** What they make is named second, after what it is made of. */
const MAKES_OF = /^(?:copy|copyFile|cp|link|ln|move|mv|rename|symlink|(?:create|ensure)(?:Link|Symlink))$/;
/** What is written: after the path or descriptor, first on a handle. */
const WRITES = /^(?:appendFile|outputFile|(?:write|output)J(?:son|SON)|sync|write|writeFile|writev)$/;
const STREAMS = /^createWriteStream$/;

export function fileOf(
  call: ExternalCall,
  { pack, name }: { readonly pack: string; readonly name: string },
  reading: Reading,
): FileUse | undefined {
  if (!ABOUT_FILES.has(pack)) return undefined;
  const bare = name.slice(name.lastIndexOf(".") + 1).replace(/(?!^)Sync$/, "");
  const opened = openedBy(call);
  const first = pack === "shelljs" && isOption(call) ? 1 : 0;
  const paths = each(opened ? opened.argument(0) : call.argument(first + (MAKES_OF.test(bare) ? 1 : 0)), reading);
  if (pack === "mkdirp" || (pack !== "rimraf" && MAKES_FOLDER.test(bare)))
    return { paths, content: "nothing", kind: "folder" };
  if (STREAMS.test(bare)) return { paths, content: "unknown", kind: "file" };
  if (pack !== "rimraf" && WRITES.test(bare))
    return { paths, content: call.argument(name.startsWith("FileHandle.") ? 0 : 1), kind: "file" };
  return { paths, content: MAKES_OF.test(bare) ? call.argument(first) : "nothing", kind: "file" };
}

/** The paths of a list too. */
function each(paths: ValueSet, reading: Reading): ValueSet {
  const { items, rest } = reading.items(paths);
  return [...paths.filter(({ kind }) => kind !== "object"), ...items.flat(), ...rest];
}

/** `rm("-rf", path)`. */
function isOption(call: ExternalCall): boolean {
  const options = call.argument(0);
  return (
    options.length > 0 && options.every((value) => value.kind === "text" && patternText(value.pieces).startsWith("-"))
  );
}

/** The path, with `{}` for what is not known of it; undefined where nothing is, or where it is one of several. */
export function pathText(paths: ValueSet, reading: Reading): string | undefined {
  const [path, ...others] = reading.texts(paths).map(({ pieces }) => patternText(pieces));
  return paths.length === 1 && others.length === 0 && path !== "{}" ? path : undefined;
}

/** The call that opened the file whose handle or descriptor this one uses. */
function openedBy(call: ExternalCall): ExternalCall | undefined {
  for (const value of [call.callee, ...call.argument(0)]) {
    if (value.kind !== "external") continue;
    for (const { step } of externalChain(value)) {
      if (step?.kind === "call" && step.call && OPENS.test(step.call.callee.path)) return step.call;
    }
  }
  return undefined;
}

const OPENS = /^(?:node:fs(?:\/promises)?|fs-extra|graceful-fs)#(?:promises\.)?open(?:Sync)?$/;
