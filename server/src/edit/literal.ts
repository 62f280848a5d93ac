/** A JavaScript string literal of `value`, quoted as `sample` is; double quotes where the sample is no string literal. */
export function quoteLike(sample: string, value: string): string {
  const quote = /^['"`]/.exec(sample.trimStart())?.[0] ?? '"';
  // JSON escapes all that any of the three kinds must escape, but for the quote itself and what templates add.
  const escaped = JSON.stringify(value).slice(1, -1).replaceAll("\u2028", "\\u2028").replaceAll("\u2029", "\\u2029");
  if (quote === '"') return `"${escaped}"`;
  const requoted = escaped.replaceAll('\\"', '"').replaceAll(quote, `\\${quote}`);
  return quote === "`" ? `\`${requoted.replaceAll("${", "\\${")}\`` : `'${requoted}'`;
}
