/** One word, sign or literal of a statement. Names keep no quotes; what stands in strings and comments is not looked at. */
export interface Token {
  readonly kind: "word" | "name" | "text" | "sign" | "hole";
  readonly text: string;
  /** How many parentheses are open around it. */
  readonly depth: number;
}

/** The text of a hole, as it stands in a pattern. */
const HOLE = String.raw`\{\}`;

const TOKEN = new RegExp(
  [
    String.raw`(?<comment>--[^\n]*|#[ !\t][^\n]*|/\*[^]*?(?:\*/|$))`,
    String.raw`(?<text>'(?:''|\\[^]|[^'\\])*(?:'|$)|(?<dollar>\$\w*\$)[^]*?(?:\k<dollar>|$))`,
    String.raw`(?<name>"(?:""|[^"])*(?:"|$)|` + "`[^`]*(?:`|$)" + String.raw`|\[[\w .]+\])`,
    `(?<hole>${HOLE})`,
    String.raw`(?<word>[A-Za-z_][\w$]*)`,
    String.raw`(?<sign>[^\s\w])`,
    String.raw`\d[\w.]*`,
  ].join("|"),
  "g",
);

/** Takes a statement apart, whatever the dialect. Text that ends in the middle of something is no error: the rest is not known. */
export function tokensOf(sql: string): Token[] {
  const tokens: Token[] = [];
  let depth = 0;
  for (const { groups = {} } of sql.matchAll(TOKEN)) {
    const { comment, text, name, hole, word, sign } = groups;
    if (comment !== undefined) continue;
    if (sign === ")") depth = Math.max(0, depth - 1);
    if (text !== undefined) tokens.push({ kind: "text", text: "", depth });
    else if (name !== undefined) tokens.push({ kind: "name", text: name.replace(/^["`[]|["`\]]$/g, ""), depth });
    else if (hole !== undefined) tokens.push({ kind: "hole", text: hole, depth });
    else if (word !== undefined) tokens.push({ kind: "word", text: word, depth });
    else if (sign !== undefined) tokens.push({ kind: "sign", text: sign, depth });
    if (sign === "(") depth++;
  }
  return tokens;
}
