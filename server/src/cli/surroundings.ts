import process from "node:process";
import { isatty } from "node:tty";
import type { CreateEngine } from "./engine.ts";

/** What a command has around it. Tests hand in their own. */
export interface Surroundings {
  readonly workingDirectory: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly out: Output;
  readonly err: Output;
  /** All of stdin, with its byte order mark. */
  readInput(): Promise<string>;
  readonly createEngine: CreateEngine;
}

export interface Output {
  readonly isTerminal: boolean;
  /** Settles when the text has left the process, or nobody reads any more. */
  write(text: string): Promise<void>;
}

/** Those of this process. */
export function processSurroundings(): Surroundings {
  return {
    workingDirectory: process.cwd(),
    environment: process.env,
    out: outputOf(process.stdout),
    err: outputOf(process.stderr),
    readInput: readStandardInput,
    async createEngine(options) {
      const { Service } = await import("../service/service.ts");
      return Service.create(options);
    },
  };
}

/** `remit check | head` closes the pipe early: that is no error, and what is left to say is dropped. */
function outputOf(stream: NodeJS.WriteStream & { readonly fd: number }): Output {
  let isClosed = false;
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
    isClosed = true;
  });
  return {
    isTerminal: isatty(stream.fd),
    write: (text) =>
      new Promise((settle) => {
        if (isClosed || text === "") settle();
        else stream.write(text, () => settle());
      }),
  };
}

async function readStandardInput(): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(Buffer.from(chunk as Uint8Array));
  return new TextDecoder("utf-8", { ignoreBOM: true }).decode(Buffer.concat(chunks));
}
