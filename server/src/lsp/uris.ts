import { fileURLToPath } from "node:url";

/** Absolute path of a `file:` address, parted by `/`, drive letters small. Anything else has none: what is not on a disk is not analysed. */
export function pathOfUri(uri: string): string | undefined {
  if (!/^file:/i.test(uri)) return undefined;
  try {
    const path = fileURLToPath(uri).replaceAll("\\", "/");
    const normal = path.replace(/^[A-Z](?=:\/)/, (letter) => letter.toLowerCase());
    return normal.length > 1 ? normal.replace(/\/$/, "") : normal;
  } catch {
    return undefined; // No such address can be a file of this machine: another host, a broken escape.
  }
}

/** Address of a file below a folder, in the folder's own spelling; segments are escaped as VS Code escapes them. */
export function uriBelow(folder: string, relative: string): string {
  const base = folder.replace(/\/$/, "");
  return relative === "" ? base : `${base}/${relative.split("/").map(escapeSegment).join("/")}`;
}

function escapeSegment(segment: string): string {
  return encodeURIComponent(segment).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** `path` as seen from `directory`; undefined if it is not below it. */
export function relativeBelow(directory: string, path: string): string | undefined {
  if (path === directory) return "";
  const prefix = directory.endsWith("/") ? directory : `${directory}/`;
  return path.startsWith(prefix) ? path.slice(prefix.length) : undefined;
}

export function directoryOfPath(path: string): string {
  return path.slice(0, Math.max(path.lastIndexOf("/"), 1));
}

export function baseNameOfPath(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

export function directoryOfUri(uri: string): string {
  return uri.slice(0, uri.lastIndexOf("/"));
}
