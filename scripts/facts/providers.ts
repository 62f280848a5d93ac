import { provider as google } from "./google/provider.ts";
import { provider as http } from "./http/provider.ts";
import { provider as node } from "./node/provider.ts";
import type { FactProvider } from "./provider.ts";

/** All providers whose facts are generated, by id. */
export const PROVIDERS: readonly FactProvider[] = [google, http, node];
