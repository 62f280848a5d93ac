import type { Library } from "../model.ts";
import { library } from "./library.ts";

/** Schema builders, checks and serialisation: they look at what they are handed. */
export const SCHEMAS: readonly Library[] = [
  library("@sinclair/typebox", "0.34.52", "build/cjs/index.d.ts", {
    harmless: ["@sinclair/typebox#*", "@sinclair/typebox/compiler#*", "@sinclair/typebox/value#*"],
  }),
  library("ajv", "8.20.0", "dist/ajv.d.ts", { harmless: ["ajv#*", "ajv/dist/2019#*", "ajv/dist/2020#*"] }),
  library("arktype", "2.2.9", "out/index.d.ts", { harmless: ["arktype#*"] }),
  library("joi", "18.3.2", "lib/index.d.ts", { harmless: ["joi#*"] }),
  library("safe-stable-stringify", "3.0.0", "index.d.ts", { harmless: ["safe-stable-stringify#*"] }),
  library("serialize-error", "13.1.0", "index.d.ts", { harmless: ["serialize-error#*"] }),
  library("superjson", "2.2.7", "dist/index.d.ts", { harmless: ["superjson#*"] }),
  library("superstruct", "2.0.2", "dist/index.d.ts", { harmless: ["superstruct#*"] }),
  library("typebox", "1.4.3", "build/index.d.mts", { harmless: ["typebox#*", "typebox/value#*", "typebox/compile#*"] }),
  library("valibot", "1.5.0", "dist/index.d.mts", { harmless: ["valibot#*"] }),
  library("yaml", "2.9.1", "dist/public-api.d.ts", { harmless: ["yaml#*"] }),
  library("yup", "1.7.1", "index.d.ts", { harmless: ["yup#*"] }),
  library("zod", "4.6.7", "v4/classic/external.d.ts", {
    harmless: ["zod#*", "zod/v3#*", "zod/v4#*", "zod/mini#*", "zod/v4-mini#*", "zod/v4/core#*"],
  }),
  library("zod-to-json-schema", "3.25.2", "dist/types/index.d.ts", { harmless: ["zod-to-json-schema#*"] }),
];
