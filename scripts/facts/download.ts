import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A package of the npm registry, pinned by version and content. */
export interface PinnedPackage {
  readonly name: string;
  readonly version: string;
  /** `sha512-…`, as in a lock file. */
  readonly integrity: string;
}

/** Takes a package from the npm registry into a temporary folder, checks it, and hands the folder of its files on. */
export function withPackage<T>({ name, version, integrity }: PinnedPackage, use: (folder: string) => T): T {
  return withPublished(`${name}@${version}`, (folder, archive) => {
    const found = `sha512-${createHash("sha512").update(readFileSync(archive)).digest("base64")}`;
    if (found !== integrity) throw new Error(`${name}@${version}: integrity is ${found}, expected ${integrity}`);
    return use(folder);
  });
}

/** The same for a package that is pinned by its version alone. */
export function withPublished<T>(published: string, use: (folder: string, archive: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), "remit-facts-"));
  try {
    execFileSync("npm", ["pack", published, "--silent"], { cwd: folder, stdio: ["ignore", "ignore", "inherit"] });
    const archive = join(
      folder,
      readdirSync(folder).find((file) => file.endsWith(".tgz"))!,
    );
    execFileSync("tar", ["xzf", archive, "-C", folder]);
    const inside = readdirSync(folder).find((entry) => !entry.endsWith(".tgz"));
    return use(join(folder, inside!), archive);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
