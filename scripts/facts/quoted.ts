import { plainText } from "./plain-text.ts";

/** Fails where a package does not have, word for word, what reasons quote from it. */
export function checkQuotes(reasons: readonly string[], texts: readonly string[], of: string): void {
  const text = plainText("", texts.map(withoutStars).join("\n"));
  const quotes = reasons.flatMap((because) => [...because.matchAll(/“([^”]*)”/g)].map(([, quote]) => quote!));
  const missing = [...new Set(quotes)].filter((quote) => !text.includes(quote));
  if (missing.length > 0) throw new Error(`${of} does not say ${missing.map((quote) => `“${quote}”`).join(", ")}`);
}

/** Comments without the star that each of their lines begins with. */
function withoutStars(text: string): string {
  return text.replace(/^[ \t]*\*(?!\/)/gm, "");
}
