/** The files whose text is sent to the server as it is typed. All others the server reads from the disk. */
export const DOCUMENTS = [
  { scheme: "file", language: "typescript" },
  { scheme: "file", language: "typescriptreact" },
  { scheme: "file", language: "javascript" },
  { scheme: "file", language: "javascriptreact" },
  { scheme: "file", pattern: "**/remit.yaml" },
  { scheme: "file", pattern: "**/package.json" },
];
