import { AUTH } from "./sources.ts";

/** What the names and meanings of Google's scopes say by themselves. */

/** Scopes whose meaning, not whose name, says that they only read. */
const READ_BY_MEANING: ReadonlySet<string> = new Set([
  `${AUTH}gmail.metadata`,
  `${AUTH}gmail.addons.current.message.action`,
  `${AUTH}gmail.addons.current.message.metadata`,
  `${AUTH}calendar.events.freebusy`,
  `${AUTH}calendar.freebusy`,
]);

export function onlyReads(scope: string): boolean {
  return READ_BY_MEANING.has(scope) || /(?:^|[._-])(?:readonly|read[._-]only|read)$/.test(scope);
}

/** Says who the user is and nothing more. */
export function isIdentity(scope: string): boolean {
  return scope === "openid" || scope.startsWith(`${AUTH}userinfo.`);
}

/** Other spellings Google accepts. `email` and `profile` are the scopes of OpenID Connect. */
export const ALIASES: ReadonlyMap<string, readonly string[]> = new Map([
  ["https://mail.google.com/", ["https://mail.google.com"]],
  ["https://www.google.com/calendar/feeds", ["https://www.google.com/calendar/feeds/"]],
  ["https://www.google.com/m8/feeds", ["https://www.google.com/m8/feeds/"]],
  [`${AUTH}userinfo.email`, ["email"]],
  [`${AUTH}userinfo.profile`, ["profile"]],
]);

/** What messages say: `drive.readonly`, `mail.google.com`. */
export function shortName(scope: string): string {
  return scope
    .replace(AUTH, "")
    .replace(/^https:\/\//, "")
    .replace(/\/$/, "");
}
