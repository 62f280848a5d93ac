import type { Library, Way } from "../model.ts";
import { library } from "./library.ts";

const words = (text: string): readonly string[] => text.split(" ");

/**
 * Logging and output to a terminal: what is written is seen by whoever reads it, and called by nobody. What loggers are made
 * with may be called or sent somewhere: streams, transports, reporters.
 */
export const LOGGING: readonly Library[] = [
  library("bunyan", "2.0.5", "lib/bunyan.js", { harmless: ["bunyan#createLogger().*"] }),
  library("chalk", "5.6.2", "source/index.d.ts", { harmless: ["chalk#*"] }),
  library("consola", "3.4.2", "dist/index.d.ts, dist/core.d.ts", {
    harmless: [
      "consola#consola.*",
      "consola#createConsola().*",
      "consola#withTag().*",
      ...words("fatal error warn log info success fail ready start box debug trace verbose").map(
        (name): Way => `consola#${name}`,
      ),
    ],
  }),
  library("debug", "4.4.3", "src/common.js", { harmless: ["debug#*"] }),
  library("kleur", "4.1.5", "index.d.ts", { harmless: ["kleur#*"] }),
  library("log4js", "6.9.1", "types/log4js.d.ts", { harmless: ["log4js#getLogger().*", "log4js#levels.*"] }),
  library("loglevel", "1.9.2", "index.d.ts", { harmless: ["loglevel#*"] }),
  library("npmlog", "7.0.1", "lib/log.js", { harmless: ["npmlog#*"] }),
  library("ora", "9.4.1", "index.d.ts", { harmless: ["ora#default.*", "ora#spinners.*"] }),
  library("picocolors", "1.1.1", "types.d.ts", { harmless: ["picocolors#*"] }),
  library("pino", "10.4.0", "pino.d.ts", { harmless: ["pino#default().*", "pino#pino().*"] }),
  library("signale", "1.4.0", "signale.js", { harmless: ["signale#*"] }),
  library("tslog", "5.1.0", "types/index.d.ts", { harmless: ["tslog#Logger.new().*"] }),
  library("winston", "3.19.0", "index.d.ts", {
    harmless: [
      "winston#createLogger().*",
      "winston#format.*",
      ...words("log error warn info verbose debug").map((name): Way => `winston#${name}`),
    ],
  }),
];
