import process from "node:process";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { startLanguageServer } from "../../../server/src/lsp/main.ts";

/* The language server itself; at a signal it says on stderr how much memory is in use once all garbage is gone. */

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;

process.on("SIGUSR2", () => {
  collect();
  process.stderr.write(`${process.memoryUsage().heapUsed}\n`);
});

startLanguageServer({ transport: "stdio" });
