import { provider as appsScript } from "./apps-script/provider.ts";
import { provider as atlassian } from "./atlassian/provider.ts";
import { provider as aws } from "./aws/provider.ts";
import { provider as browser } from "./browser/provider.ts";
import { provider as clients } from "./clients/provider.ts";
import { provider as db } from "./db/provider.ts";
import { provider as dropbox } from "./dropbox/provider.ts";
import { provider as github } from "./github/provider.ts";
import { provider as google } from "./google/provider.ts";
import { provider as http } from "./http/provider.ts";
import { provider as linear } from "./linear/provider.ts";
import { provider as mail } from "./mail/provider.ts";
import { provider as microsoft } from "./microsoft/provider.ts";
import { provider as node } from "./node/provider.ts";
import { provider as notion } from "./notion/provider.ts";
import { provider as python } from "./python/provider.ts";
import { provider as slack } from "./slack/provider.ts";
import { provider as spotify } from "./spotify/provider.ts";
import { provider as x } from "./x/provider.ts";
import type { FactProvider } from "./provider.ts";

/** All providers whose facts are generated, by id. */
export const PROVIDERS: readonly FactProvider[] = [
  appsScript,
  atlassian,
  aws,
  browser,
  clients,
  db,
  dropbox,
  github,
  google,
  http,
  linear,
  mail,
  microsoft,
  node,
  notion,
  python,
  slack,
  spotify,
  x,
];
