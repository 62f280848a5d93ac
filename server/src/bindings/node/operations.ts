import type { ExternalValue } from "../../trace/values.ts";

/** A function of the machine by its pack and name, and how it takes what it is about. */
export interface Operation {
  /** Pack below `node/`: `fs`, `child_process`, `execa`. */
  readonly pack: string;
  readonly name: string;
  /** A command: a line for a shell, a line without one, a program and its words, a tagged template, words for git. */
  readonly command?: "shell" | "line" | "program" | "template" | "git";
}

/** Modules of Node that are told here; requests (`http`, `https`, `http2`, `fetch`) and `sqlite` have bindings of their own. */
const MODULES = new Set(
  "child_process cluster dgram dns fs inspector net os process tls trace_events v8 vm wasi worker_threads".split(" "),
);

/** `node:fs/promises#open().writeFile` → `FileHandle.writeFile` of `fs`. */
export function operationOf({ path }: ExternalValue): Operation | undefined {
  const [whole, name, way] = /^([^#]+)#(.+)$/.exec(path) ?? [];
  if (whole === undefined) return undefined;
  if (name === "global") return globalOperation(way!);
  if (name!.startsWith("node:")) return moduleOperation(name!.slice("node:".length), way!);
  return LIBRARIES.get(name!)?.(way!);
}

function globalOperation(way: string): Operation | undefined {
  if (way === "eval") return { pack: "globals", name: way };
  return way.startsWith("process.") ? { pack: "process", name: way.slice("process.".length) } : undefined;
}

function moduleOperation(name: string, way: string): Operation | undefined {
  const [module, below] = name.split("/") as [string, string | undefined];
  if (!MODULES.has(module)) return undefined;
  if (module === "fs") return fsOperation(below === "promises" ? `promises.${way}` : way);
  if (module === "dns")
    return { pack: module, name: way.replace(/^promises\.|^(?:promises\.)?Resolver\.new\(\)\./, "") };
  if (module === "child_process") return { pack: module, name: way, ...commandForm(way) };
  // A socket or session that was made first: `new Socket().connect`, `createSocket().send`.
  const plain = way
    .replace(/^(?:createSocket\(\)|(?:TLS)?Socket\.new\(\))\./, "")
    .replace(/^Session\.new\(\)\./, "Session.");
  return { pack: module, name: plain };
}

function fsOperation(way: string): Operation {
  const name = way.replace(/^promises\.open\(\)\./, "FileHandle.").replace(/^(realpath(?:Sync)?)\.native$/, "$1");
  return { pack: "fs", name };
}

function commandForm(way: string): Pick<Operation, "command"> {
  if (/^exec(?:Sync)?$/.test(way)) return { command: "shell" };
  return /^(?:execFile|spawn)(?:Sync)?$|^fork$/.test(way) ? { command: "program" } : {};
}

// ---- packages that do the same

type ReadWay = (way: string) => Operation | undefined;

/** Functions of `fs-extra` that `fs` does not have. */
const OWN_OF_FS_EXTRA =
  /^(?:copy|move|remove|emptyD?ir|emptyDir|createFile|createLink|createSymlink|ensure\w+|mkdirs|mkdirp|output\w+|writeJ\w+|readJ\w+|pathExists)(?:Sync)?$/;

const fsExtra: ReadWay = (way) => (OWN_OF_FS_EXTRA.test(way) ? { pack: "fs-extra", name: way } : fsOperation(way));

/** A package whose functions are all of one form; `default` stands for the function it is named for. */
const functionsOf =
  (pack: string, byDefault: string, command?: Operation["command"]): ReadWay =>
  (way) => ({ pack, name: way === "default" ? byDefault : way, ...(command && { command }) });

const execa: ReadWay = (way) => {
  const pack = "execa";
  if (/^\$(?:\(\)|\.sync)?$/.test(way)) return { pack, name: "$", command: "template" };
  const name = way === "default" ? "execa" : way;
  return { pack, name, command: /ommand/.test(name) ? "line" : "program" };
};

const zx: ReadWay = (way) => {
  if (/^\$(?:\(\)|\.sync)?$/.test(way)) return { pack: "zx", name: "$", command: "template" };
  return way.startsWith("fs.") ? fsExtra(way.slice("fs.".length)) : { pack: "zx", name: way };
};

/** Every call gives the client again: the last name is what is done. */
const simpleGit: ReadWay = (way) => {
  const name = /^(?:simpleGit|default|gitP)\(\)(?:\.\w+\(\))*\.(\w+)$/.exec(way)?.[1];
  return name === undefined ? undefined : { pack: "simple-git", name, command: "git" };
};

const shelljs: ReadWay = (way) => ({
  pack: "shelljs",
  name: way,
  ...(way === "exec" ? { command: "shell" as const } : way === "cmd" ? { command: "program" as const } : {}),
});

const LIBRARIES: ReadonlyMap<string, ReadWay> = new Map([
  ["fs-extra", fsExtra],
  ["fs-extra/esm", fsExtra],
  ["graceful-fs", fsOperation],
  ["execa", execa],
  ["zx", zx],
  ["zx/core", zx],
  ["simple-git", simpleGit],
  ["simple-git/promise", simpleGit],
  ["shelljs", shelljs],
  ["cross-spawn", functionsOf("cross-spawn", "spawn", "program")],
  ["node-pty", functionsOf("node-pty", "spawn", "program")],
  ["rimraf", functionsOf("rimraf", "rimraf")],
  ["mkdirp", functionsOf("mkdirp", "mkdirp")],
  ["del", functionsOf("del", "deleteAsync")],
  ["write-file-atomic", functionsOf("write-file-atomic", "writeFile")],
  ["open", functionsOf("open", "open", "program")],
]);

/** Names under which all this is imported. */
export const IMPORTED: readonly string[] = [...MODULES, ...LIBRARIES.keys()];
