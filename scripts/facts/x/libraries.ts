import { readFileSync } from "node:fs";
import { join } from "node:path";
import { FACTS_DATE } from "../date.ts";
import { withPackage } from "../download.ts";
import type { ClientMethods } from "../method-aliases.ts";
import { recordedMethods } from "../method-aliases.ts";

/** Libraries for the API of X, and the request that each of their methods sends. */
export function xLibraries(): ClientMethods[] {
  return [twitterApiV2(), recordedMethods("python:tweepy", "x/tweepy.json")];
}

const PACKAGE = {
  name: "twitter-api-v2",
  version: "1.29.1",
  integrity: "sha512-l5U8aP6woe+gv0RViz/YA0YEG/NRtqkO1iXWqxNfrn3MSc2V85u6w44oNDBWhy8zVV9r36SJv/uXNmnfni8Uxw==",
} as const;

const FILES = ["dist/cjs/v2/client.v2.read.js", "dist/cjs/v2/client.v2.write.js"];

/** `like(id, tweet) { return this.post('users/:id/likes', …); }`; some call others of the same class. */
function twitterApiV2(): ClientMethods {
  const requests: Record<string, string[]> = {};
  const others = new Map<string, string[]>();
  withPackage(PACKAGE, (folder) => {
    for (const file of FILES) {
      const text = readFileSync(join(folder, file), "utf8");
      for (const body of text.split(/^ {4}(?=(?:async )?\w+\(.*\) \{$)/m).slice(1)) {
        const [, method] = /^(?:async )?(\w+)/.exec(body)!;
        const sent = [...body.matchAll(/this\.(get|post|put|delete|patch)(?:Stream)?\(['`]([^'`]+)['`]/g)].map(
          ([, verb, path]) => `${verb!.toUpperCase()} /2/${path!.replace(/\$\{[^}]*\}/g, "{}")}`,
        );
        if (sent.length > 0) requests[`v2.${method!}`] = [...new Set(sent)];
        else
          others.set(
            `v2.${method!}`,
            [...body.matchAll(/this\.(\w+)\(/g)].map(([, name]) => `v2.${name!}`),
          );
      }
    }
  });
  for (const [method, called] of others) {
    const sent = [...new Set(called.flatMap((name) => requests[name] ?? []))];
    if (sent.length > 0) requests[method] = sent;
  }
  const what = "methods of twitter-api-v2, with the request that each sends";
  return {
    library: PACKAGE.name,
    source: { what, name: PACKAGE.name, version: PACKAGE.version, date: FACTS_DATE, licence: "Apache-2.0" },
    requests,
  };
}
