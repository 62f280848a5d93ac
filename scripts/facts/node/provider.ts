import type { FactProvider } from "../provider.ts";
import { libraryPack, readLibraries } from "./libraries.ts";
import { packsOf } from "./packs.ts";
import { pageOf } from "./page.ts";
import { readSources } from "./sources.ts";
import { vocabularyOf } from "./vocabulary.ts";

/** What a program does on its own machine, from the tables beside this folder. */
export const provider: FactProvider = {
  id: "node",
  generate() {
    const sources = readSources();
    const libraries = readLibraries();
    const packs = [...packsOf(sources), ...libraries.map((library) => libraryPack(library, sources))];
    const vocabulary = vocabularyOf(packs, sources);
    return { packs, vocabulary, hosts: {}, page: pageOf(packs, vocabulary, sources, libraries) };
  },
};
