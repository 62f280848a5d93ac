import { readFileSync } from "node:fs";
import type { FactSource } from "../../../server/src/model/pack.ts";
import { FACTS_DATE } from "../date.ts";
import { withPackage, type PinnedPackage } from "../download.ts";
import { camelCase, readRecorded, typingsOf } from "../clients/recorded.ts";
import { effectsOnly, type EffectPack } from "../effects-only.ts";
import type { FactProvider } from "../provider.ts";
import { classify } from "../typed/classify.ts";
import { readTypings } from "../typed/read-typings.ts";
import { BROWSER_RULES } from "./rules.ts";

const PLAYWRIGHT: PinnedPackage = {
  name: "playwright-core",
  version: "1.65.1",
  integrity: "sha512-hqPpz7blSMPxWVdoeE1yiBSzXsKiVOd2k+kjCvmUywD2GPO2Dd9HfcWnq9NN0GHbNZDFgZ9JfBFr+X5/BLo0qw==",
};
const PUPPETEER: PinnedPackage = {
  name: "puppeteer-core",
  version: "24.43.1",
  integrity: "sha512-T5ScUMAsmhdNbgDR41AGESYeS6V9MSgetkSnVhhW+gXvzC42VesKCn5ld87gAZDJ6vLHL9GkRvY9WtQWSnwFbw==",
};

const apache = ({ name, version }: PinnedPackage): FactSource => ({
  name,
  version,
  date: FACTS_DATE,
  licence: "Apache-2.0",
});

/** Browsers under remote control: Playwright and Puppeteer, from their type declarations. */
export const provider: FactProvider = {
  id: "browser",
  generate: () =>
    effectsOnly({
      provider: "browser",
      title: "Browser",
      about: [
        "The methods are those of the type declarations; each is classified, or the generator fails. Playwright's own tools for agents ship in its package with a type (`readOnly`, `assertion`, `input`, `action`), which is what the effects rest on where a tool is named.",
        "A script that is a function or a constant text of the program reads: what the author wrote is looked at by nobody here. A script that is put together at run time is run. Requests of Playwright's request context are HTTP.",
      ],
      packs: [playwright(), playwrightForPython(), puppeteer()],
      unknown: [
        "what a page does when it is acted on: a click may only open a menu, or buy something",
        "what a script of the program does in the page",
        "what is behind an address: loading a page may by itself change something",
        "Electron, Android, test runners",
      ],
    }),
};

function playwright(): EffectPack {
  const source = apache(PLAYWRIGHT);
  const text = withPackage(PLAYWRIGHT, (folder) => readFileSync(`${folder}/types/types.d.ts`, "utf8"));
  const exports = { chromium: "BrowserType", firefox: "BrowserType", webkit: "BrowserType", request: "APIRequest" };
  const also = ["Dialog", "FileChooser", "Download"];
  return {
    id: "browser/playwright",
    service: "browser.playwright",
    title: "Playwright",
    ...classify(readTypings([text]), exports, also, BROWSER_RULES, source),
  };
}

/** Its methods are those of JavaScript, with underscores, but for some of an earlier time. */
function playwrightForPython(): EffectPack {
  const recorded = readRecorded("browser/playwright");
  const { what: _, ...source } = recorded.provenance;
  const typings = typingsOf(recorded, { Playwright: { "start()": "Playwright" } });
  const known = (type: string, method: string) => `${type}.${inJavaScript(method)}`;
  return {
    id: "browser/playwright-python",
    service: "browser.playwright",
    title: recorded.title,
    ...classify(typings, recorded.exports, ["Dialog", "FileChooser", "Download"], BROWSER_RULES, source, known),
  };
}

const IN_JAVASCRIPT: Readonly<Record<string, string>> = {
  query_selector: "$",
  query_selector_all: "$$",
  eval_on_selector: "$eval",
  eval_on_selector_all: "$$eval",
  inner_html: "innerHTML",
  new_cdp_session: "newCDPSession",
  new_browser_cdp_session: "newBrowserCDPSession",
  request_gc: "requestGC",
};

/** `expect_download` waits as `waitForDownload` would. */
function inJavaScript(method: string): string {
  return IN_JAVASCRIPT[method] ?? camelCase(method.replace(/^expect_/, "wait_for_"));
}

function puppeteer(): EffectPack {
  const source = apache(PUPPETEER);
  const text = withPackage(PUPPETEER, (folder) => readFileSync(`${folder}/lib/types.d.ts`, "utf8"));
  const exports = { default: "PuppeteerNode", "launch()": "Browser", "connect()": "Browser" };
  const also = ["Dialog"];
  return {
    id: "browser/puppeteer",
    service: "browser.puppeteer",
    title: "Puppeteer",
    ...classify(readTypings([text]), exports, also, BROWSER_RULES, source),
  };
}
