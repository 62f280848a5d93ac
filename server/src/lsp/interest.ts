import { mayBeManifest } from "../manifests/names.ts";
import { isAnalysedCode, languageOf, READ_EXTENSIONS } from "../workspace/languages.ts";

/** Files whose changes on the disk the client tells of: all that is read, and what decides which files are looked at. */
export const WATCHED: readonly string[] = [`**/*.{${READ_EXTENSIONS.join(",")}}`, "**/.{gitignore,ignore,remitignore}"];

/** Code that is followed, what may be a manifest, and the configuration: opening anything else is no reason to load the engine. */
export function mayMatter(file: string): boolean {
  return isAnalysedCode(languageOf(file)) || mayBeManifest(file) || /(?:^|\/)remit\.yaml$/.test(file);
}

/** What is installed or kept by git is never analysed, and changes by the thousand. */
export function isOfInterest(file: string): boolean {
  return !/(?:^|\/)(?:node_modules|\.git|\.venv|site-packages|__pycache__)\//.test(file);
}
