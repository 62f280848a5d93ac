import { readFileSync } from "node:fs";
import type { FactSource } from "../../../server/src/model/pack.ts";
import { FACTS_DATE } from "../date.ts";
import { withPackage, type PinnedPackage } from "../download.ts";
import { effectsOnly, type EffectPack } from "../effects-only.ts";
import type { FactProvider } from "../provider.ts";
import { classify } from "../typed/classify.ts";
import { readTypings } from "../typed/read-typings.ts";
import { appsScriptRules } from "./rules.ts";

const DECLARATIONS: PinnedPackage = {
  name: "@types/google-apps-script",
  version: "2.0.13",
  integrity: "sha512-prNQIdxdoZu0oSzu1MpiSPblBnN9Gvs3Kbi5g3LNdjnmTwwvneVPAM/mQNDA+/CPMQOrfQRfN43ssS/O8vMGZg==",
};

const SOURCE: FactSource = {
  name: DECLARATIONS.name,
  version: DECLARATIONS.version,
  date: FACTS_DATE,
  licence: "MIT",
};

/** Services by the file that declares them, with their globals. Types of the same name in two files are two types. */
const SERVICES: readonly (readonly [file: string, title: string, globals: readonly string[]])[] = [
  ["calendar", "Calendar", ["CalendarApp"]],
  ["contacts", "Contacts", ["ContactsApp"]],
  ["document", "Document", ["DocumentApp"]],
  ["drive", "Drive", ["DriveApp"]],
  ["forms", "Forms", ["FormApp"]],
  ["gmail", "Gmail", ["GmailApp"]],
  ["groups", "Groups", ["GroupsApp"]],
  ["language", "Language", ["LanguageApp"]],
  ["mail", "Mail", ["MailApp"]],
  ["properties", "Properties", ["PropertiesService"]],
  ["script", "Script", ["ScriptApp"]],
  ["sites", "Sites", ["SitesApp"]],
  ["slides", "Slides", ["SlidesApp"]],
  ["spreadsheet", "Spreadsheet", ["SpreadsheetApp"]],
];

/** The services that are there in every project of Google Apps Script, from their type declarations. */
export const provider: FactProvider = {
  id: "apps-script",
  generate: () =>
    effectsOnly({
      provider: "apps-script",
      title: "Apps Script",
      about: [
        "The methods are those of the type declarations. What each does is read off the first word of its name, as Google names them; so no effect is more than likely. Requests of `UrlFetchApp` are HTTP, and are known by address.",
      ],
      packs: withPackage(DECLARATIONS, (folder) => SERVICES.map((service) => packOf(folder, ...service))),
      unknown: [
        "which scopes a method needs: Google says so on the page of each, and the declarations do not have it. So a call of these services leaves every list of scopes open",
        "advanced services (`Drive.Files.list`), which are clients of Google's APIs",
        "what functions of one file hand to those of another: every file of a project sees the others' names, and each is followed by itself",
        "services of other kinds: cards, charts, maps, caches, locks, JDBC",
      ],
    }),
};

function packOf(folder: string, file: string, title: string, globals: readonly string[]): EffectPack {
  const typings = readTypings([readFileSync(`${folder}/google-apps-script.${file}.d.ts`, "utf8")]);
  const leads = [...typings.types].flatMap(([type, shape]) =>
    [...shape.leads.keys()].filter((key) => key.endsWith("()")).map((key) => `${type}.${key.slice(0, -2)}`),
  );
  const exports = Object.fromEntries(globals.map((name) => [name, name]));
  return {
    id: `apps-script/${file}`,
    service: `apps-script.${file}`,
    title,
    ...classify(typings, exports, [], appsScriptRules(leads), SOURCE),
  };
}
