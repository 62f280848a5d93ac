import type { Library } from "../model.ts";
import { CACHES } from "./caches.ts";
import { COLLECTIONS } from "./collections.ts";
import { CONTAINERS } from "./containers.ts";
import { CREDENTIALS } from "./credentials.ts";
import { HELPERS } from "./helpers.ts";
import { LANGUAGE } from "./language.ts";
import { LOGGING } from "./logging.ts";
import { SCHEMAS } from "./schemas.ts";
import { SERVERS } from "./servers.ts";
import { WAITING } from "./waiting.ts";

/** All tables, in the order in which the page lists them. */
export const FAMILIES: readonly { readonly title: string; readonly libraries: readonly Library[] }[] = [
  { title: "The language and Node", libraries: LANGUAGE },
  { title: "Logging", libraries: LOGGING },
  { title: "Schemas and serialisation", libraries: SCHEMAS },
  { title: "Retries, limits, queues, locks", libraries: WAITING },
  { title: "Lists and tables", libraries: COLLECTIONS },
  { title: "Caches and emitters", libraries: CACHES },
  { title: "Containers of dependencies", libraries: CONTAINERS },
  { title: "Credential and session stores", libraries: CREDENTIALS },
  { title: "Servers", libraries: SERVERS },
  { title: "Helpers of SDKs and servers", libraries: HELPERS },
];

export const LIBRARIES: readonly Library[] = FAMILIES.flatMap(({ libraries }) => libraries);
