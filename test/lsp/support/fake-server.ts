import process from "node:process";
import { Cancelled } from "../../../server/src/model/result.ts";
import type { Analysed, CreateEngine, Engine } from "../../../server/src/lsp/engine.ts";
import { startLanguageServer } from "../../../server/src/lsp/main.ts";

/*
 * The language server over an engine that misbehaves on purpose: `slow` takes three seconds and can be cancelled, `broken` fails
 * while a text says `break`, `stray` fails outside of any request. What it saw it says in a note of the log.
 */

const mode = process.argv[2];

const createEngine: CreateEngine = ({ onProgress }) => {
  const texts = new Map<string, string>();
  const engine: Engine = {
    isLost: () => false,
    setDocument: (path, text) => void texts.set(path, text),
    closeDocument: (path) => void texts.delete(path),
    filesChanged: () => undefined,
    async analyse(token) {
      if (mode === "slow")
        for (let done = 0; done < 30; done++) {
          onProgress(done, 30, `part ${done}`);
          await new Promise((resolve) => setTimeout(resolve, 100));
          if (!token.isCancelled) continue;
          process.stderr.write(`cancelled after ${done} parts\n`);
          throw new Cancelled();
        }
      if (mode === "stray") setTimeout(() => fail("stray"));
      if (mode === "broken" && [...texts.values()].some((text) => text.includes("break"))) fail("a rule is broken");
      return EMPTY;
    },
    fixAll: () => Promise.resolve([]),
    accept: () => Promise.resolve(undefined),
    explain: () => Promise.resolve({ cards: [], near: ["something"] }),
    describePlace: () => fail("no place"),
    dispose: () => undefined,
  };
  return engine;
};

const EMPTY: Analysed = {
  result: {
    files: 1,
    notAnalysed: [],
    deployables: [],
    findings: [],
    suppressed: [],
    baselined: 0,
    errors: [],
    factsDate: "2026-11",
  },
  texts: new Map(),
  permissions: new Map(),
};

function fail(message: string): never {
  throw new Error(message);
}

// `lsp` keeps the module from starting the real one.
startLanguageServer({ transport: "stdio", createEngine });
