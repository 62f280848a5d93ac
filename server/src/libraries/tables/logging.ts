import type { Library } from "../model.ts";
import { library } from "./library.ts";

/** Logging and output to a terminal: what is written is seen by whoever reads it, and called by nobody. */
export const LOGGING: readonly Library[] = [
  library("bunyan", "2.0.5", "lib/bunyan.js", { harmless: ["bunyan#*"] }),
  library("chalk", "5.6.2", "source/index.d.ts", { harmless: ["chalk#*"] }),
  library("consola", "3.4.2", "dist/core.d.ts", { harmless: ["consola#*"] }),
  library("debug", "4.4.3", "src/common.js", { harmless: ["debug#*"] }),
  library("kleur", "4.1.5", "index.d.ts", { harmless: ["kleur#*"] }),
  library("log4js", "6.9.1", "types/log4js.d.ts", { harmless: ["log4js#*"] }),
  library("loglevel", "1.9.2", "index.d.ts", { harmless: ["loglevel#*"] }),
  library("npmlog", "7.0.1", "lib/log.js", { harmless: ["npmlog#*"] }),
  library("ora", "9.4.1", "index.d.ts", { harmless: ["ora#default.*", "ora#spinners.*"] }),
  library("picocolors", "1.1.1", "types.d.ts", { harmless: ["picocolors#*"] }),
  library("pino", "10.4.0", "pino.d.ts", { harmless: ["pino#*"] }),
  library("signale", "1.4.0", "signale.js", { harmless: ["signale#*"] }),
  library("tslog", "5.1.0", "types/index.d.ts", { harmless: ["tslog#*"] }),
  library("winston", "3.19.0", "index.d.ts", { harmless: ["winston#*"] }),
];
