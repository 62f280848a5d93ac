import type { Workspace } from "../../server/src/workspace/workspace.ts";
import type { Files } from "./cases.ts";
import type { Random } from "./random.ts";

/** Code that means something wherever it is dropped, or nearly does. */
const SNIPPETS: readonly string[] = [
  'gmail.users.labels.list({ userId: "me" });',
  'await gmail.users.messages.delete({ userId: "me", id });',
  'import { google } from "googleapis";',
  'const gmail = google.gmail({ version: "v1", auth });',
  'auth.generateAuthUrl({ scope: ["https://mail.google.com/", "https://www.googleapis.com/auth/drive"] });',
  '  "https://www.googleapis.com/auth/drive.readonly",',
  'server.tool("extra", async () => gmail.users.drafts.list({ userId: "me" }));',
  "// remit-ignore unused-permission -- a trial",
  "export default function helper(client) { return client.users.messages.list(); }",
  'export * from "./other";',
  "if (process.env.MODE) {",
  "}",
  ");",
  "unknownThing(gmail, auth);",
  "/*",
  "`",
];

/** Files that come and go: code, and what decides about code. */
const NEWCOMERS: Files = {
  "other.ts": 'import { google } from "googleapis";\nexport const other = google.drive("v3");\nother.files.list({});\n',
  "src/nested/package.json": '{ "name": "nested", "main": "./index.ts" }',
  "src/nested/index.ts":
    'import { google } from "googleapis";\ngoogle.gmail("v1").users.messages.list({ userId: "me" });\n',
  "remit.yaml": "lint:\n  rules:\n    unused-permission: warning\n",
  "src/remit.yaml": "lint:\n  rules:\n    broad-permission: off\n    nonsense: error\n",
  "tsconfig.json": '{ "compilerOptions": { "baseUrl": ".", "paths": { "@/*": ["src/*"] } } }',
  ".gitignore": "src/nested\nother.ts\n",
  "package.json": '{ "name": "root", "workspaces": ["src/*"], "main": "other.ts" }',
  "test/other.test.ts": 'import { google } from "googleapis";\ngoogle.drive("v3").files.delete({});\n',
};

/** A workspace in which somebody types, and what a cold run would find on its disk and in its editors. */
export class Typist {
  private readonly saved: Files;
  private readonly open = new Map<string, string>();
  private readonly workspace: Workspace;
  private readonly random: Random;

  constructor(saved: Files, workspace: Workspace, random: Random) {
    this.saved = saved;
    this.workspace = workspace;
    this.random = random;
  }

  get files(): Files {
    return { ...this.saved, ...Object.fromEntries(this.open) };
  }

  /** One edit; says which. */
  edit(): string {
    const { random } = this;
    const kind = random.below(100);
    if (kind < 12) return this.revert();
    if (kind < 24) return this.newcomer();
    const path = random.of(Object.keys(this.files).sort());
    const [what, text] = this.changed(this.files[path]!);
    this.type(path, text);
    return `${path}: ${what}`;
  }

  private type(path: string, text: string): void {
    this.open.set(path, text);
    this.workspace.setDocument(path, text);
  }

  /** What is saved counts again; what never was saved goes. */
  private revert(): string {
    const open = [...this.open.keys()].sort();
    if (open.length === 0) return this.newcomer();
    const path = this.random.of(open);
    this.open.delete(path);
    this.workspace.closeDocument(path);
    return `${path}: closed`;
  }

  private newcomer(): string {
    const path = this.random.of(Object.keys(NEWCOMERS));
    this.type(path, NEWCOMERS[path]!);
    return `${path}: opened`;
  }

  private changed(text: string): [what: string, text: string] {
    const { random } = this;
    const lines = text.split("\n");
    const at = random.below(lines.length);
    const line = lines[at]!;
    const put = (...instead: string[]): string => lines.toSpliced(at, 1, ...instead).join("\n");
    const words = [...new Set(text.match(/[A-Za-z_$][\w$]*/g))].sort();
    const snippet = random.of(SNIPPETS);
    switch (random.below(9)) {
      case 0:
        return [`line ${at + 1} deleted`, put()];
      case 1:
        return [`line ${at + 1} twice`, put(line, line)];
      case 2:
        return [`a blank line before line ${at + 1}`, put("", line)];
      case 3:
        return [`line ${at + 1} commented out`, put(`// ${line}`)];
      case 4:
        return [`line ${at + 1} cut off`, put(line.slice(0, random.below(line.length + 1)))];
      case 5:
        return [`${snippet} before line ${at + 1}`, put(snippet, line)];
      case 6:
        return [`${snippet} at the end`, `${text}${snippet}\n`];
      case 7:
        return [`line ${at + 1} moved to the top`, [line, ...lines.toSpliced(at, 1)].join("\n")];
      default: {
        if (words.length === 0) return ["nothing", text];
        const [from, to] = [random.of(words), random.of(words)];
        return [
          `${from} renamed ${to}`,
          text.replaceAll(new RegExp(`(?<![\\w$])${from.replaceAll("$", "\\$")}(?![\\w$])`, "g"), () => to),
        ];
      }
    }
  }
}
