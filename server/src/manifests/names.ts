/** Files of a format that some kind is written in, by name; what packages and tools keep their own affairs in is none. */
export function mayBeManifest(path: string): boolean {
  return (/\.(?:jsonc?|ya?ml)$/i.test(path) && !TOOLING.test(path)) || AGENT_FILE.test(path);
}

/** Markdown whose front matter is read by hosts of agents. */
const AGENT_FILE = /(?:^|\/)(?:agents|commands|workflows)\/.+\.md$|(?:^|\/)SKILL\.md$/;

const TOOLING =
  /(?:^|\/)(?:package|package-lock|npm-shrinkwrap|composer|deno|jsr|lerna|nx|turbo|biome|tsconfig[^/]*|jsconfig[^/]*|angular|components|\.eslintrc|\.prettierrc|\.babelrc)\.jsonc?$|(?:^|\/)(?:pnpm-lock|pnpm-workspace|remit)\.ya?ml$/i;
