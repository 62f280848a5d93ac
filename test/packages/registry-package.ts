import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, renameSync, rmSync } from "node:fs";
import path from "node:path";
import { gunzipSync } from "node:zlib";

/** A published package, pinned to the bytes somebody read. */
export interface RegistryPackage {
  readonly name: string;
  readonly version: string;
  /** As the registry states it. */
  readonly integrity: `sha512-${string}`;
}

const CACHE = path.resolve("node_modules/.cache/remit-packages");

/** The files of a package by path inside it. Fetched with npm the first time, checked each time. */
export function filesOf(wanted: RegistryPackage): Record<string, string> {
  return unpack(gunzipSync(tarballOf(wanted)));
}

function tarballOf(wanted: RegistryPackage): Buffer {
  const file = path.join(CACHE, `${wanted.name.replaceAll(/[@/]/g, "_")}-${wanted.version}.tgz`);
  const known = readIfThere(file);
  if (known !== undefined && integrityOf(known) === wanted.integrity) return known;
  const tarball = download(wanted, file);
  const found = integrityOf(tarball);
  if (found !== wanted.integrity) {
    throw new Error(`${wanted.name}@${wanted.version}: expected ${wanted.integrity}, the registry sent ${found}`);
  }
  return tarball;
}

function download({ name, version }: RegistryPackage, file: string): Buffer {
  mkdirSync(CACHE, { recursive: true });
  const folder = mkdtempSync(path.join(CACHE, "download-"));
  try {
    // Of the folder alone: npm must not take the settings of this project for those of the package.
    execFileSync("npm", ["pack", `${name}@${version}`, "--silent"], {
      cwd: folder,
      stdio: "pipe",
      shell: process.platform === "win32",
    });
    const tarball = readdirSync(folder).find((each) => each.endsWith(".tgz"));
    renameSync(path.join(folder, tarball!), file);
    return readFileSync(file);
  } catch (cause) {
    const said = String((cause as { stderr?: Buffer }).stderr ?? cause).trim();
    throw new Error(`${name}@${version} cannot be fetched: this test needs the npm registry once. npm says: ${said}`, {
      cause,
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function readIfThere(file: string): Buffer | undefined {
  try {
    return readFileSync(file);
  } catch {
    return undefined;
  }
}

function integrityOf(bytes: Buffer): string {
  return `sha512-${createHash("sha512").update(bytes).digest("base64")}`;
}

const BLOCK = 512;

/** What npm writes: a header of 512 bytes, then the content filled up to whole blocks. */
function unpack(archive: Buffer): Record<string, string> {
  const files: Record<string, string> = {};
  for (let at = 0; at + BLOCK <= archive.length && archive[at] !== 0;) {
    const field = (from: number, length: number) =>
      archive
        .subarray(at + from, at + from + length)
        .toString()
        .replace(/\0.*$/s, "");
    const size = Number.parseInt(field(124, 12), 8);
    const name = [field(345, 155), field(0, 100)].filter((part) => part !== "").join("/");
    const type = field(156, 1);
    if (type !== "0" && type !== "") throw new Error(`${name}: an entry of type ${type} is not expected in a package`);
    files[name.replace(/^package\//, "")] = archive.subarray(at + BLOCK, at + BLOCK + size).toString();
    at += BLOCK + Math.ceil(size / BLOCK) * BLOCK;
  }
  return files;
}
