import { readFileSync } from "node:fs";
import type { Confidence } from "../../../server/src/model/analysis.ts";
import type { Effect } from "../../../server/src/model/effect.ts";
import { withPackage } from "../download.ts";
import { effectsOnly, type EffectRow } from "../effects-only.ts";
import type { FactProvider } from "../provider.ts";
import { recorded, sourcesOf, type Quote } from "../recorded.ts";

/** Its table of safe methods is compared with the rows that read. */
const UNDICI = {
  name: "undici",
  version: "7.30.2",
  integrity: "sha512-mLyPQnHwUxaM/rideoK/+KL8DaAJLRl4aBCfmX444aCSLnIaomqPLtNRe2jdCYcsk5wZzXrDIQC8ZeYNRAYyIA==",
} as const;

interface StandardQuote extends Quote {
  readonly effect: Effect;
  readonly effectConfidence?: Exclude<Confidence, "certain">;
  readonly section: string;
  readonly alsoSection?: string;
}

/**
 * What the quotes leave to be said. A verb promises, a server does what it likes: only what promises to change nothing is taken
 * at its word. POST says next to nothing, and is how many APIs are searched.
 */
const NOTES: Readonly<Record<string, string>> = {
  "{}": ", and this one is chosen at run time or defined elsewhere",
  WebSocket: "; what goes over it is not looked at",
};

/** HTTP itself: what a request to a host of no pack does, as far as its verb says. */
export const provider: FactProvider = {
  id: "http",
  generate() {
    const quotes = recorded<StandardQuote>("http/standards.json");
    const sourceOf = sourcesOf(quotes);
    const rows = Object.entries(quotes.rows).map(([name, quote]): EffectRow => ({
      name,
      effect: quote.effect,
      because: `${quoted(quote.section, quote.says)}${quote.also ? `; ${quoted(quote.alsoSection, quote.also)}` : ""}${NOTES[name] ?? ""}`,
      source: sourceOf(quote),
      ...(quote.effectConfidence && { effectConfidence: quote.effectConfidence }),
    }));
    checkSafeMethods(rows);
    return effectsOnly({
      provider: "http",
      title: "HTTP",
      about: [
        "A request to a host that no other pack knows is an operation of the service `http`, named by verb, host and path: `GET api.example.com/v1/items/{}`. `{}` stands for what is not known. What stands behind `?` is left out, and so are parts of a path that look like ids or keys.",
        "*How sure* says how much the verb tells of the effect. A finding that rests on it is never surer.",
      ],
      packs: [{ id: "http/http", service: "http", title: "HTTP", rows }],
      unknown: [
        "what a POST does: a body that is a GraphQL document says it, nothing else is guessed at",
        "what a server does that does not keep to the standard",
        "which permission the server asks for",
      ],
    });
  },
};

function quoted(section: string | undefined, says: string): string {
  return section ? `${section}: “${says}”` : `“${says}”`;
}

function checkSafeMethods(rows: readonly EffectRow[]): void {
  const text = withPackage(UNDICI, (folder) => readFileSync(`${folder}/lib/web/fetch/constants.js`, "utf8"));
  const stated = /safeMethods = .*?\((\[[^\]]*\])\)/.exec(text)?.[1]?.replaceAll("'", '"');
  const verbs = rows.filter(({ name, effect }) => effect === "read" && /^[A-Z]+$/.test(name)).map(({ name }) => name);
  if (stated === undefined || JSON.stringify((JSON.parse(stated) as string[]).sort()) !== JSON.stringify(verbs.sort()))
    throw new Error(`undici names other safe methods: ${stated}`);
}
