import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { onTestFinished } from "vitest";
import type { Engine, EngineOptions } from "../../server/src/cli/engine.ts";
import { run } from "../../server/src/cli/run.ts";
import type { Surroundings } from "../../server/src/cli/surroundings.ts";
import type { Answer } from "../../server/src/model/card.ts";
import type { WorkspaceResult } from "../../server/src/model/result.ts";
import { Service } from "../../server/src/service/service.ts";

export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
  /** What the engine was asked for. */
  readonly asked: EngineOptions[];
}

export interface Setting {
  readonly result?: WorkspaceResult;
  readonly answer?: Answer;
  readonly input?: string;
  readonly workingDirectory?: string;
  readonly environment?: Record<string, string>;
  readonly isTerminal?: boolean;
  readonly failure?: Error;
}

/** Runs a command line against an engine that knows its answers beforehand. */
export async function remit(argv: readonly string[], setting: Setting = {}): Promise<Ran> {
  const out: string[] = [];
  const err: string[] = [];
  const asked: EngineOptions[] = [];
  const engine: Engine = {
    workspace: { setDocument: () => {}, closeDocument: () => {} },
    async analyse() {
      if (setting.failure !== undefined) throw setting.failure;
      return setting.result!;
    },
    explain: async () => setting.answer!,
    describePlace: async () => setting.answer!,
    describeConfiguration: async () => "lint: {}",
  };
  const around: Surroundings = {
    workingDirectory: setting.workingDirectory ?? folder({ "src/auth.ts": "" }),
    environment: setting.environment ?? {},
    out: { isTerminal: setting.isTerminal ?? false, write: async (text) => void out.push(text) },
    err: { isTerminal: false, write: async (text) => void err.push(text) },
    readInput: async () => setting.input ?? "",
    async createEngine(options) {
      asked.push(options);
      return engine;
    },
  };
  const code = await run(argv, around);
  return { code, out: out.join(""), err: err.join(""), asked };
}

export interface RealSetting {
  readonly workingDirectory: string;
  readonly input?: string;
  /** Happens right after the first analysis. */
  readonly meanwhile?: () => void;
}

/** Runs a command line with the real engine on real files. */
export async function remitOnDisk(argv: readonly string[], setting: RealSetting): Promise<Omit<Ran, "asked">> {
  const out: string[] = [];
  const err: string[] = [];
  let { meanwhile } = setting;
  const code = await run(argv, {
    workingDirectory: setting.workingDirectory,
    environment: {},
    out: { isTerminal: false, write: async (text) => void out.push(text) },
    err: { isTerminal: false, write: async (text) => void err.push(text) },
    readInput: async () => setting.input ?? "",
    async createEngine(options) {
      const service = await Service.create(options);
      return {
        workspace: service.workspace,
        explain: (subject) => service.explain(subject),
        describePlace: (file, line) => service.describePlace(file, line),
        describeConfiguration: () => service.describeConfiguration(),
        async analyse() {
          const result = await service.analyse();
          meanwhile?.();
          meanwhile = undefined;
          return result;
        },
      };
    },
  });
  return { code, out: out.join(""), err: err.join("") };
}

/** A folder with these files that goes away with the test. */
export function folder(files: Readonly<Record<string, string | Uint8Array>>): string {
  const root = mkdtempSync(path.join(tmpdir(), "remit-cli-"));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  for (const [name, text] of Object.entries(files)) {
    const file = path.join(root, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  return root;
}
