import type { OperationRow } from "../model/pack.ts";

/**
 * Paths of OData services, Microsoft Graph above all, brought into one form: lower case, since case does not count; without
 * version; keys in parentheses as segments of their own. `/v1.0/Users('a@b.c')/messages` is `/users/a@b.c/messages`.
 */
export function odataPath(path: string): string {
  const bare = path
    .replace(/[?#].*$/s, "")
    // `root%3A` is `root:`; an encoded slash parts nothing.
    .replace(/%(?!2f)[2-7][0-9a-f]/gi, decodeURIComponent)
    .replace(/\/{2,}/g, "/")
    .replace(/,\s+/g, ",")
    .replace(/\/$/, "");
  const rooted = bare.startsWith("/") ? bare : `/${bare}`;
  const below = rooted.toLowerCase().replace(/^\/(?:v1\.0|beta)(?=\/|\{|$)/, "");
  return filePathsAsSegments(keysAsSegments(below.startsWith("/") ? below : `/${below}`));
}

/** `root:/a/b.txt:/content` → `root:/a%2fb.txt:/content`: the path of a file is one parameter. */
function filePathsAsSegments(path: string): string {
  return path.replace(
    /\/((?:root|items\/[^/:]+):)\/([^:]+)(:?)/g,
    (_, before: string, file: string, after: string) => `/${before}/${file.replaceAll("/", "%2f")}${after}`,
  );
}

/** `users('id')` → `users/id`; a function's parameters and alternate keys have names: `range(address='a1')` stays. */
function keysAsSegments(path: string): string {
  return path.replace(/([a-z])\((?:'([^']*)'|([^()'=/]+))\)/g, (_, before: string, quoted?: string, plain?: string) => {
    const key = quoted ?? plain!;
    return `${before}/${key.replaceAll("/", "%2f")}`;
  });
}

/**
 * Other forms of the same path, the closest first: an item that is addressed by its path is an item; `/me` is a user; a
 * chat is the same below a user and by itself; a cast to a type, the number of items, a reference and the raw value of a
 * resource are that resource. A parameter that is put in for what is left out is `{}`.
 */
export function odataForms(path: string): readonly string[] {
  const byItem = path
    .replace(/\/items\/([^/:]+):\/.+?:(?=\/)/, "/items/$1")
    .replace(/\/items\/([^/:]+):\/[^:]+:?$/, "/items/$1")
    .replace(/\/root:\/.+?:(?=\/)/, "/items/{}")
    .replace(/\/root:\/[^:]+:?$/, "/items/{}");
  const forms = [path, byItem];
  const users = forms.map((form) => form.replace(/^\/me(?=\/|$)/, "/users/{}"));
  const chats = users.map((form) =>
    form.startsWith("/chats/") ? `/users/{}${form}` : form.replace(/^\/users\/[^/]+(?=\/chats\/[^/]+)/, ""),
  );
  const all = [...forms, ...users, ...chats];
  const bare = all.map((form) =>
    form.replace(/\/microsoft\.graph\.\w+(?=\/|$)/g, "").replace(/\/\$(?:value|count|ref)$/, ""),
  );
  return [...new Set([...all, ...bare])];
}

/** What is asked of `/me` and found below `/users/{id}` is called by the first name. */
export function asAsked(row: OperationRow, path: string): OperationRow {
  const isOfMe = /^\/me(?:\/|$)/.test(path);
  return isOfMe ? { ...row, name: row.name.replace(/ \/users\/\{\w+\}(?=\/|$)/, " /me") } : row;
}

/** Verb and path template of a row whose name says both: `GET /me/mailFolders/{id}`. */
export function odataTemplate({ name }: OperationRow): readonly [verb: string, path: string] {
  const at = name.indexOf(" ");
  const path = name
    .slice(at + 1)
    .replaceAll("{ids}", "{+}")
    .replace(/\{\w+\}/g, "{}");
  return [name.slice(0, at), path.toLowerCase()];
}
