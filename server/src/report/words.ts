/** `1 call`, `3 calls`. */
export function counted(count: number, noun: string): string {
  return `${count} ${count === 1 ? noun : plural(noun)}`;
}

function plural(noun: string): string {
  return /(?:s|x|ch|sh)$/.test(noun) ? `${noun}es` : `${noun}s`;
}

/** A permission as people say it: OAuth scopes without the address they all share. */
export function shortPermission(name: string): string {
  return name.replace(/^https:\/\/www\.googleapis\.com\/auth\//, "").replace(/^https:\/\/([^/]+)\/$/, "$1");
}

/** An operation as people say it: `gmail.users.messages.list` is `messages.list`; `GET /me/messages` stays. */
export function shortOperation(operation: string): string {
  return operation.includes(" ") ? operation : operation.split(".").slice(-2).join(".");
}

/** What providers call a permission, where it has a name of its own. */
const NOUNS: Readonly<Record<string, string>> = {
  google: "scope",
  slack: "scope",
  atlassian: "scope",
  dropbox: "scope",
  spotify: "scope",
  x: "scope",
};

/** The noun for permissions of these providers: theirs if they agree on one. */
export function permissionNoun(providers: Iterable<string>): string {
  const nouns = new Set([...providers].map((provider) => NOUNS[provider] ?? "permission"));
  return nouns.size === 1 ? [...nouns][0]! : "permission";
}

/** Lays cells out in columns; the last column is not padded. */
export function columns(rows: readonly (readonly string[])[]): string[] {
  const widths: number[] = [];
  for (const row of rows) row.forEach((cell, column) => (widths[column] = Math.max(widths[column] ?? 0, cell.length)));
  return rows.map((row) =>
    row
      .map((cell, column) => (column === row.length - 1 ? cell : cell.padEnd(widths[column]!)))
      .join("  ")
      .trimEnd(),
  );
}
