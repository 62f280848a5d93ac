import { compareText } from "../model/place.ts";
import { ancestorsOf, directoryOf } from "../frontends/resolution/paths.ts";
import { textContent, type FileSystem } from "./file-system.ts";
import { directoriesOf, listingOf } from "./memory-file-system.ts";

/** Unsaved texts of open documents, laid over what is saved. */
export interface OverlayFileSystem extends FileSystem {
  set(path: string, text: string): void;
  /** The saved text counts again. */
  remove(path: string): void;
}

export function createOverlayFileSystem(below: FileSystem): OverlayFileSystem {
  const texts = new Map<string, string>();
  const isDirectoryHere = (path: string): boolean =>
    [...texts.keys()].some((file) => path === "" || [...ancestorsOf(directoryOf(file))].includes(path));
  return {
    set: (path, text) => void texts.set(path, text),
    remove: (path) => void texts.delete(path),
    read(path) {
      const text = texts.get(path);
      if (text === undefined) return below.read(path);
      const saved = below.read(path);
      // The editor holds text; how it is written to the disk is still the file's own matter.
      return saved.kind === "text" ? { ...saved, text } : textContent(text);
    },
    list(directory) {
      const saved = below.list(directory);
      const open = texts.size === 0 ? saved : listingOf(directoriesOf(texts.keys()), directory);
      if (open.kind !== "entries") return saved;
      if (saved.kind !== "entries") return saved.kind === "unreadable" || open.entries.length === 0 ? saved : open;
      const names = new Set(saved.entries.map(({ name }) => name));
      const added = open.entries.filter(({ name }) => !names.has(name));
      return added.length === 0
        ? saved
        : {
            kind: "entries",
            entries: [...saved.entries, ...added].sort((a, b) => compareText(a.name, b.name)),
          };
    },
    kind(path) {
      if (texts.has(path)) return "file";
      const saved = below.kind(path);
      return saved === "absent" && isDirectoryHere(path) ? "directory" : saved;
    },
    realPath: (path) => below.realPath(path) ?? (texts.has(path) || isDirectoryHere(path) ? path : undefined),
  };
}
