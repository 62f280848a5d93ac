import { spawn } from "node:child_process";
import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const project = fileURLToPath(new URL("../..", import.meta.url));

export interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** The real program as it is shipped, bundled for this test from the sources as they are now. */
export interface Program {
  /** `user`: run as somebody else, by number. */
  run(argv: readonly string[], folder: string, user?: number): Promise<Ran>;
  /** A folder of the disk with these files, which goes away with the program. */
  folder(files: Readonly<Record<string, string | Uint8Array>>): string;
  remove(): void;
}

/** No bad input may cost more, on a slow and busy machine. */
const LONGEST_RUN = 120_000;

/** CommonJS dependencies take these names for given; in ES modules they have to be made. */
const COMMONJS_NAMES =
  'import { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url);' +
  'import { fileURLToPath as __fileURLToPath } from "node:url"; const __filename = __fileURLToPath(import.meta.url);' +
  "const __dirname = __filename;";

export async function bundledProgram(): Promise<Program> {
  // Paths are compared with what the program says: without links.
  const root = mkdtempSync(path.join(tmpdir(), "remit-robustness-"));
  // Whoever the program is run as may read it.
  chmodSync(root, 0o755);
  await build({
    absWorkingDir: project,
    entryPoints: { cli: "server/src/cli/main.ts" },
    outdir: path.join(root, "dist"),
    chunkNames: "[name]-[hash]",
    bundle: true,
    splitting: true,
    format: "esm",
    platform: "node",
    mainFields: ["module", "main"],
    outExtension: { ".js": ".mjs" },
    banner: { js: COMMONJS_NAMES },
    logLevel: "error",
  });
  cpSync(path.join(project, "server/facts"), path.join(root, "dist/facts"), { recursive: true });
  let folders = 0;
  return {
    run: (argv, cwd, uid) => start([path.join(root, "dist/cli.mjs"), ...argv], cwd, uid),
    folder(files) {
      const at = path.join(root, `project-${++folders}`);
      mkdirSync(at);
      for (const [name, content] of Object.entries(files)) {
        const file = path.join(at, name);
        mkdirSync(path.dirname(file), { recursive: true });
        writeFileSync(file, content);
      }
      return at;
    },
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
}

function start(argv: readonly string[], cwd: string, uid: number | undefined): Promise<Ran> {
  const child = spawn(process.execPath, argv, {
    cwd,
    env: { PATH: process.env["PATH"], NO_COLOR: "1" },
    stdio: ["ignore", "pipe", "pipe"],
    timeout: LONGEST_RUN,
    ...(uid === undefined ? {} : { uid, gid: uid }),
  });
  let out = "";
  let err = "";
  child.stdout.on("data", (chunk: Buffer) => (out += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (err += chunk.toString()));
  return new Promise((settle, fail) => {
    child.on("error", fail);
    child.on("close", (code) => settle({ code, out, err }));
  });
}

/** A sign-in and one call: drive is one scope too many, which is said wherever this file is analysed. */
export const AGENT = `import { google } from "googleapis";
const auth = new google.auth.OAuth2();
auth.generateAuthUrl({
  scope: ["https://www.googleapis.com/auth/gmail.send", "https://www.googleapis.com/auth/drive"],
});
export const gmail = google.gmail({ version: "v1", auth });
gmail.users.messages.send({ userId: "me" });
`;

/** What `check` says first of `AGENT`. */
export const FINDING = "agent.ts:4  error  unused-permission";
