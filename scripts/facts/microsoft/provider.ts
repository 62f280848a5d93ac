import { compareText } from "../../../server/src/model/place.ts";
import type { FactProvider } from "../provider.ts";
import { derive, packsOf } from "./packs.ts";
import { pageOf } from "./page.ts";
import { readPaths } from "./paths.ts";
import { readSources } from "./sources.ts";
import { breadths, vocabularyOf } from "./vocabulary.ts";

/** Microsoft Graph's facts, from the tables beside it. */
export const provider: FactProvider = {
  id: "microsoft",
  generate() {
    const sources = readSources();
    const stated = readPaths(sources);
    const breadth = breadths(stated.requests, sources);
    const narrowFirst = (a: string, b: string) => (breadth.get(a) ?? 0) - (breadth.get(b) ?? 0) || compareText(a, b);
    const requests = derive(stated.requests, sources, narrowFirst);
    const vocabulary = vocabularyOf(requests, sources);
    const packs = packsOf(requests);
    return {
      packs,
      vocabulary,
      hosts: { "graph.microsoft.com": packs.map(({ id }) => [`/${id.slice(id.indexOf(".") + 1)}`, id] as const) },
      odata: ["graph.microsoft.com"],
      page: pageOf(requests, packs, vocabulary, stated, sources),
    };
  },
};
