import { provider as github } from "./github/provider.ts";
import { provider as google } from "./google/provider.ts";
import { provider as http } from "./http/provider.ts";
import { provider as node } from "./node/provider.ts";
import type { FactProvider } from "./provider.ts";
import { provider as slack } from "./slack/provider.ts";

/** All providers whose facts are generated, by id. */
export const PROVIDERS: readonly FactProvider[] = [github, google, http, node, slack];
