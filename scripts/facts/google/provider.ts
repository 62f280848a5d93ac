import { readdirSync, readFileSync } from "node:fs";
import { compareText } from "../../../server/src/model/place.ts";
import { withPackage } from "../download.ts";
import type { FactProvider } from "../provider.ts";
import { hostsOf } from "./hosts.ts";
import { derive, packOf, type DerivedApi } from "./packs.ts";
import { pageOf } from "./page.ts";
import { readApi } from "./read-package.ts";
import { PACKAGE, readSources } from "./sources.ts";
import { byPower, vocabularyOf } from "./vocabulary.ts";

/** Google's facts, from the package and the tables beside it. */
export const provider: FactProvider = {
  id: "google",
  generate() {
    const sources = readSources();
    const apis = withPackage(PACKAGE, (folder) => readApis(`${folder}/build/src/apis`));
    const vocabulary = vocabularyOf(apis, sources);
    const packs = apis.map((api) => packOf(api, byPower(vocabulary)));
    return {
      packs,
      vocabulary,
      hosts: hostsOf(packs, sources.oldPrefixes),
      page: pageOf(packs, vocabulary, sources),
    };

    function readApis(folder: string): DerivedApi[] {
      const derived: DerivedApi[] = [];
      for (const api of readdirSync(folder).sort(compareText)) {
        if (api.includes(".")) continue;
        for (const file of readdirSync(`${folder}/${api}`).sort(compareText)) {
          if (!file.endsWith(".js") || file === "index.js") continue;
          const version = file.slice(0, -".js".length);
          const text = (extension: string) => readFileSync(`${folder}/${api}/${version}${extension}`, "utf8");
          derived.push(derive(api, version, readApi(`${api}/${file}`, text(".js"), text(".d.ts")), sources));
        }
      }
      return derived.sort((a, b) => compareText(a.name, b.name));
    }
  },
};
