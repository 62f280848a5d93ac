import type { ServiceBinding } from "./binding.ts";
import { appsScript } from "./apps-script.ts";
import { aws } from "./aws/binding.ts";
import { browser } from "./browser/binding.ts";
import { documents } from "./databases/documents.ts";
import { mappers } from "./databases/mappers.ts";
import { redis } from "./databases/redis.ts";
import { dropbox } from "./dropbox.ts";
import { forge } from "./forge.ts";
import { github } from "./github.ts";
import { google } from "./google.ts";
import { http } from "./http/binding.ts";
import { linear } from "./linear.ts";
import { mail } from "./mail.ts";
import { microsoftGraph } from "./microsoft-graph/index.ts";
import { n8n } from "./n8n.ts";
import { node } from "./node/binding.ts";
import { notion } from "./notion.ts";
import { pythonClients } from "./python-clients.ts";
import { python } from "./python/binding.ts";
import { slack } from "./slack.ts";
import { spotify } from "./spotify.ts";
import { sqlalchemy } from "./databases/sqlalchemy.ts";
import { sql } from "./sql/binding.ts";
import { x } from "./x.ts";

/** All bindings; the first that knows a call has it. */
export const BINDINGS: readonly ServiceBinding[] = [
  http,
  google,
  microsoftGraph,
  aws,
  slack,
  github,
  dropbox,
  forge,
  spotify,
  x,
  ...pythonClients,
  notion,
  browser,
  node,
  python,
  sql,
  documents,
  mappers,
  sqlalchemy,
  redis,
  mail,
  linear,
  n8n,
  appsScript,
];
