import type { Library, StoreModel } from "../model.ts";
import { library } from "./library.ts";

/** Places where tokens are put and from which they are read again, as the same credential. */
export const CREDENTIALS: readonly Library[] = [
  library("@azure/identity-cache-persistence", "1.2.0", "dist/commonjs/index.d.ts", {
    stores: keeping("@azure/identity-cache-persistence#cachePersistencePlugin"),
  }),
  library("@azure/msal-node-extensions", "5.6.1", "types/index.d.ts", {
    stores: keeping("@azure/msal-node-extensions#*"),
  }),
  library(
    "@slack/oauth",
    "4.0.0",
    "dist/installation-stores/file-store.d.ts, dist/installation-stores/memory-store.d.ts, dist/state-stores/file-state-store.d.ts, dist/state-stores/clear-state-store.d.ts",
    {
      stores: keeping(
        "@slack/oauth#FileInstallationStore.new().*",
        "@slack/oauth#MemoryInstallationStore.new().*",
        "@slack/oauth#FileStateStore.new().*",
        "@slack/oauth#ClearStateStore.new().*",
      ),
    },
  ),
  library("conf", "15.1.0", "dist/source/index.d.ts", { stores: keeping("conf#default.new().set") }),
  library("configstore", "8.0.0", "index.d.ts", { stores: keeping("configstore#default.new().set") }),
  library("iron-session", "8.0.4", "dist/index.d.ts", {
    stores: keeping("iron-session#getIronSession", "iron-session#sealData"),
  }),
  library("keytar", "7.9.0", "keytar.d.ts", { stores: keeping("keytar#setPassword") }),
];

function keeping(...calls: string[]): StoreModel[] {
  return calls.map((call) => ({ call, keeps: "credential" }));
}
