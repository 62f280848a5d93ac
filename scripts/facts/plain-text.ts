const ENTITIES: Readonly<Record<string, string>> = { lt: "<", gt: ">", amp: "&", quot: '"', apos: "'", nbsp: " " };

/** A document as it reads: without markup, and with every space alike. */
export function plainText(file: string, content: string): string {
  return readable(file, content).replace(/\s+/g, " ");
}

function readable(file: string, content: string): string {
  if (/\.html?$/.test(file)) return withoutMarkup(content);
  // A dump of a database: line ends and apostrophes are written as SQL has them.
  if (file.endsWith(".sql")) return content.replaceAll(String.raw`\n`, " ").replaceAll("''", "'");
  return content;
}

function withoutMarkup(html: string): string {
  return html
    .replace(/<script.*?<\/script>/gs, "")
    .replace(/<[^>]+>/g, "")
    .replace(/&(?:#(\d+)|#x([\da-f]+)|(\w+));/gi, (whole, decimal?: string, hex?: string, name?: string) => {
      if (name !== undefined) return ENTITIES[name] ?? whole;
      return String.fromCodePoint(decimal ? Number(decimal) : Number.parseInt(hex!, 16));
    });
}
