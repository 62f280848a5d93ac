/** The files whose text is sent to the server as it is typed: all it reads, whatever language the editor takes them for. */
export const DOCUMENTS = [
  {
    scheme: "file",
    pattern: "**/*.{ts,tsx,mts,cts,js,jsx,mjs,cjs,gs,py,pyi,json,jsonc,json5,yaml,yml,toml,md,mdc}",
  },
];
