import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import process from "node:process";

/** What VS Code is tested with, beyond what npm installs; by the Debian package that has it. */
const NEEDS: Readonly<Record<string, readonly string[]>> = {
  chromium: ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"],
  python3: ["/usr/bin/python3"],
  make: ["/usr/bin/make"],
  "g++": ["/usr/bin/g++"],
};

/**
 * Sees to it that VS Code can be run and used here. Debian's packages are installed where that is allowed.
 * Returns why it cannot be, or undefined.
 */
export function whatIsMissing(log: (line: string) => void): string | undefined {
  if (process.platform !== "linux") return `VS Code is driven on Linux only, and this is ${process.platform}`;
  if (process.arch !== "x64" && process.arch !== "arm64") return `there is no code-server for ${process.arch}`;
  const missing = missingPackages();
  if (missing.length === 0) return undefined;
  if (process.getuid?.() === 0 && existsSync("/usr/bin/apt-get")) {
    log(`installing ${missing.join(", ")}`);
    apt("update");
    apt("install", "--yes", "--no-install-recommends", ...missing);
  }
  const still = missingPackages();
  return still.length === 0
    ? undefined
    : `missing: ${still.join(", ")} (on Debian: apt-get install ${still.join(" ")})`;
}

export function chromium(): string {
  const found = NEEDS["chromium"]?.find((file) => existsSync(file));
  if (found === undefined) throw new Error("there is no Chromium");
  return found;
}

function missingPackages(): string[] {
  return Object.keys(NEEDS).filter((name) => !NEEDS[name]?.some((file) => existsSync(file)));
}

function apt(...args: string[]): void {
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  const { status, stderr } = spawnSync("apt-get", ["-qq", ...args], { encoding: "utf8", env });
  if (status !== 0) console.error(stderr);
}
