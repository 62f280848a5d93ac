import type { ServiceBinding } from "./binding.ts";
import { methodOf } from "./typed/walk.ts";

/** Pack of each service that is there in every project of Google Apps Script, by the name of its global. */
const SERVICES: Readonly<Record<string, string>> = {
  CalendarApp: "apps-script/calendar",
  ContactsApp: "apps-script/contacts",
  DocumentApp: "apps-script/document",
  DriveApp: "apps-script/drive",
  FormApp: "apps-script/forms",
  GmailApp: "apps-script/gmail",
  GroupsApp: "apps-script/groups",
  LanguageApp: "apps-script/language",
  MailApp: "apps-script/mail",
  PropertiesService: "apps-script/properties",
  ScriptApp: "apps-script/script",
  SitesApp: "apps-script/sites",
  SlidesApp: "apps-script/slides",
  SpreadsheetApp: "apps-script/spreadsheet",
};

/** The script's own settings are nobody else's. */
const OWN = "apps-script/properties";

/**
 * Services of Google Apps Script: names that nothing declares, `GmailApp.search("…")`. What a method needs is not in the facts, so
 * each call leaves all scopes open. Requests of `UrlFetchApp` are found by their address, see `http/apps-script.ts`.
 */
export const appsScript: ServiceBinding = {
  provider: "apps-script",
  triggers: [...Object.keys(SERVICES), "UrlFetchApp"],
  clients: [],
  values: Object.keys(SERVICES).map((name) => `global#${name}`),

  sight(call, { facts }) {
    const id = serviceOf(call.callee.path);
    const pack = id === undefined ? undefined : facts.pack(id);
    if (!pack?.types) return undefined;
    const found = methodOf(call.callee, pack.types);
    const row = found && facts.operation(pack.id, `${found.type}.${found.method}`);
    if (!row) return "harmless";
    const fact = facts.requirement(pack, row, () => undefined);
    const access = { kind: "access" as const, fact, provider: "apps-script", credential: { provider: "apps-script" } };
    if (pack.id === OWN) return [{ ...access, ownState: "yes" }];
    return [
      access,
      { kind: "unknown", services: ["*"], reason: `which scopes ${row.name} of Apps Script needs is not in the facts` },
    ];
  },

  reach: () => [],
};

function serviceOf(path: string): string | undefined {
  const name = /^global#(\w+)/.exec(path)?.[1];
  return name !== undefined && Object.hasOwn(SERVICES, name) ? SERVICES[name] : undefined;
}
