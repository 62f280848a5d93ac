import type { Facts, HttpOperation } from "./lookup.ts";

/**
 * The operations behind `GET /me/messages`, by the path that people write: `{id}` is any text. With a host, what answers
 * there; without, only operations that are called so, since half the world answers at `/v1/…`.
 */
export function requestsCalled(subject: string, facts: Facts): readonly HttpOperation[] {
  const parts = /^([A-Za-z]+) (?:https?:\/\/([^/]+))?(\/\S*)$/.exec(subject);
  if (!parts) return [];
  const [, verb, host, path] = parts;
  const at = (one: string) => facts.byHttp(verb!, one, path!.replace(/\{\w*\}/g, "{}")) ?? [];
  const found = host === undefined ? facts.hosts.flatMap(at).filter(({ row }) => row.name.includes(" ")) : at(host);
  return [...new Map([found].flat().map((one) => [`${one.pack.id} ${one.row.name}`, one])).values()];
}
