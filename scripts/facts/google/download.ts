import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PACKAGE } from "./sources.ts";

/** Takes the package from the npm registry into a temporary folder, checks it, and hands the folder of its APIs on. */
export function withPackage<T>(use: (apisFolder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), "remit-facts-"));
  try {
    execFileSync("npm", ["pack", `${PACKAGE.name}@${PACKAGE.version}`, "--silent"], {
      cwd: folder,
      stdio: ["ignore", "ignore", "inherit"],
    });
    const archive = join(
      folder,
      readdirSync(folder).find((file) => file.endsWith(".tgz"))!,
    );
    const integrity = `sha512-${createHash("sha512").update(readFileSync(archive)).digest("base64")}`;
    if (integrity !== PACKAGE.integrity)
      throw new Error(`${PACKAGE.name}@${PACKAGE.version}: integrity is ${integrity}, expected ${PACKAGE.integrity}`);
    execFileSync("tar", ["xzf", archive, "-C", folder]);
    return use(join(folder, "package/build/src/apis"));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
