import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { inflateRawSync } from "node:zlib";

/** The files of a zip archive, which a .vsix is, by their names. */
export function readZip(file: string): Map<string, Buffer> {
  const archive = readFileSync(file);
  const end = archive.lastIndexOf("PK\u0005\u0006");
  const count = archive.readUInt16LE(end + 10);
  let at = archive.readUInt32LE(end + 16);
  const files = new Map<string, Buffer>();
  for (let i = 0; i < count; i++) {
    const entry = readEntry(archive, at);
    at = entry.next;
    if (!entry.name.endsWith("/")) files.set(entry.name, entry.contents());
  }
  return files;
}

export function unpack(file: string, folder: string): void {
  for (const [name, contents] of readZip(file)) {
    const target = join(folder, name);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, contents);
  }
}

/** An entry of the directory at the archive's end. */
function readEntry(archive: Buffer, at: number): { name: string; next: number; contents(): Buffer } {
  const isCompressed = archive.readUInt16LE(at + 10) !== 0;
  const size = archive.readUInt32LE(at + 20);
  const nameEnd = at + 46 + archive.readUInt16LE(at + 28);
  const local = archive.readUInt32LE(at + 42);
  return {
    name: archive.toString("utf8", at + 46, nameEnd),
    next: nameEnd + archive.readUInt16LE(at + 30) + archive.readUInt16LE(at + 32),
    contents() {
      const start = local + 30 + archive.readUInt16LE(local + 26) + archive.readUInt16LE(local + 28);
      const packed = archive.subarray(start, start + size);
      return isCompressed ? inflateRawSync(packed) : Buffer.from(packed);
    },
  };
}
