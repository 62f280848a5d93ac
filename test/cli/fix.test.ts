import { chmodSync, existsSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { applyPatch, parsePatch } from "diff";
import { describe, expect, it } from "vitest";
import { folder, remitOnDisk } from "./support.ts";

const SCOPE = "https://www.googleapis.com/auth/";

/** A program that reads mail, and asks for the scopes of `src/auth.ts`. */
const MAIL = `\
import { google } from "googleapis";
import { auth } from "./auth.ts";

const gmail = google.gmail({ version: "v1", auth });
console.log(await gmail.users.messages.list({ userId: "me" }));
console.log(await gmail.users.messages.get({ userId: "me", id: "1" }));
`;

function authAsking(...scopes: readonly string[]): string {
  return [
    'import { google } from "googleapis";',
    "",
    "export const auth = new google.auth.GoogleAuth({",
    "  scopes: [",
    ...scopes.map((scope) => `    "${SCOPE}${scope}",`),
    "  ],",
    "});",
    "",
  ].join("\n");
}

const NEEDED = authAsking("gmail.readonly");
const EXCESSIVE = authAsking("gmail.readonly", "drive.readonly");

function mailProgram(auth: string | Uint8Array = EXCESSIVE): string {
  return folder({ "src/main.ts": MAIL, "src/auth.ts": auth });
}

function textIn(root: string, file = "src/auth.ts"): string {
  return readFileSync(path.join(root, file), "utf8");
}

describe("check --fix", () => {
  it("takes away what is not needed, and reports what is left", async () => {
    const root = mailProgram();
    expect(await remitOnDisk(["check", "--fix"], { workingDirectory: root })).toEqual({
      code: 0,
      out: "1 fixed, 0 findings · 0 tools, 1 scope, 2 calls read · 0 blind spots\n",
      err: "",
    });
    expect(textIn(root)).toBe(NEEDED);
    expect(textIn(root, "src/main.ts")).toBe(MAIL);
  });

  it("changes nothing the second time, not even the time of a file", async () => {
    const root = mailProgram();
    await remitOnDisk(["--fix"], { workingDirectory: root });
    const { ino, mtimeMs } = statSync(path.join(root, "src/auth.ts"));
    const { out } = await remitOnDisk(["--fix"], { workingDirectory: root });
    expect(out).toMatch(/^0 fixed, 0 findings/);
    expect(statSync(path.join(root, "src/auth.ts"))).toMatchObject({ ino, mtimeMs });
  });

  it("applies two fixes in one list, neighbours too", async () => {
    const root = mailProgram(authAsking("drive.readonly", "calendar", "gmail.readonly", "contacts"));
    const { code, out } = await remitOnDisk(["--fix"], { workingDirectory: root });
    expect({ code, fixed: out.split(",")[0] }).toEqual({ code: 0, fixed: "3 fixed" });
    expect(textIn(root)).toBe(NEEDED);
  });

  it("narrows one scope and drops another in the same list", async () => {
    const root = mailProgram(authAsking("gmail.modify", "drive.readonly"));
    const { code, out } = await remitOnDisk(["--fix"], { workingDirectory: root });
    expect({ code, fixed: out.split(",")[0] }).toEqual({ code: 0, fixed: "2 fixed" });
    expect(textIn(root)).toBe(NEEDED);
  });

  it("fixes files of several programs in one run", async () => {
    const root = folder({
      "a/package.json": '{ "name": "a" }',
      "a/auth.ts": EXCESSIVE,
      "a/main.ts": MAIL,
      "b/package.json": '{ "name": "b" }',
      "b/auth.ts": EXCESSIVE,
      "b/main.ts": MAIL,
    });
    expect((await remitOnDisk(["--fix"], { workingDirectory: root })).out).toMatch(/^2 fixed, 0 findings/);
    expect([textIn(root, "a/auth.ts"), textIn(root, "b/auth.ts")]).toEqual([NEEDED, NEEDED]);
  });

  it("leaves alone what the paths do not name", async () => {
    const root = folder({
      "a/package.json": '{ "name": "a" }',
      "a/auth.ts": EXCESSIVE,
      "a/main.ts": MAIL,
      "b/package.json": '{ "name": "b" }',
      "b/auth.ts": EXCESSIVE,
      "b/main.ts": MAIL,
    });
    await remitOnDisk(["check", "a", "--fix"], { workingDirectory: root });
    expect([textIn(root, "a/auth.ts"), textIn(root, "b/auth.ts")]).toEqual([NEEDED, EXCESSIVE]);
  });

  it("never adds a permission", async () => {
    const lacking = authAsking("gmail.labels");
    const root = mailProgram(lacking);
    const { code, out } = await remitOnDisk(["--fix", "--all"], { workingDirectory: root });
    expect(code).toBe(1);
    expect(out).toMatch(/missing-permission[^]*adds a permission: yours to decide/);
    expect(textIn(root)).toContain("gmail.labels");
    expect(textIn(root)).not.toContain("gmail.readonly");
  });

  it("leaves alone what somebody answers for, and what is only possible", async () => {
    const ignored = EXCESSIVE.replace(
      /( *)("[^"]*drive)/,
      "$1// remit-ignore unused-permission -- the importer uses the same token\n$1$2",
    );
    const root = mailProgram(ignored);
    expect((await remitOnDisk(["--fix"], { workingDirectory: root })).out).toMatch(
      /^0 fixed, 0 findings \(1 ignored\)/,
    );
    expect(textIn(root)).toBe(ignored);

    const blind = folder({
      "src/auth.ts": EXCESSIVE,
      "src/main.ts": `${MAIL}(await import(process.argv[2]!)).run(auth);\n`,
    });
    expect((await remitOnDisk(["--fix"], { workingDirectory: blind })).out).toMatch(
      /^0 fixed, 0 findings \(1 possible/,
    );
    expect(textIn(blind)).toBe(EXCESSIVE);
  });

  it("says in json how many were fixed, and in every other format on stderr", async () => {
    const json = await remitOnDisk(["--fix", "--format", "json"], { workingDirectory: mailProgram() });
    expect(JSON.parse(json.out)).toMatchObject({ summary: { errors: 0, fixed: 1 }, findings: [] });
    const github = await remitOnDisk(["--fix", "--format", "github"], { workingDirectory: mailProgram() });
    expect(github).toEqual({ code: 0, out: "", err: "remit: fixed 1 finding in 1 file\n" });
  });
});

describe("files keep their manner", () => {
  const withCrlf = (text: string) => text.replaceAll("\n", "\r\n");

  it.each([
    ["CRLF line ends", (text: string) => Buffer.from(withCrlf(text))],
    ["a byte order mark", (text: string) => Buffer.from(`\ufeff${text}`)],
    ["both", (text: string) => Buffer.from(`\ufeff${withCrlf(text)}`)],
    ["UTF-16, little-endian", (text: string) => Buffer.from(`\ufeff${withCrlf(text)}`, "utf16le")],
    ["UTF-16, big-endian", (text: string) => Buffer.from(`\ufeff${text}`, "utf16le").swap16()],
    ["no line end at the end", (text: string) => Buffer.from(text.trimEnd())],
    ["letters beyond the first plane", (text: string) => Buffer.from(`// 𝒳 ünïcode 👩‍💻\n${text}`)],
  ])("%s", async (_manner, encode) => {
    const root = mailProgram(encode(EXCESSIVE));
    expect((await remitOnDisk(["--fix"], { workingDirectory: root })).out).toMatch(/^1 fixed/);
    expect(readFileSync(path.join(root, "src/auth.ts"))).toEqual(encode(NEEDED));
  });

  it.each([0o600, 0o664, 0o755, 0o777])("mode %o, whatever the mask of the process", async (mode) => {
    const root = mailProgram();
    chmodSync(path.join(root, "src/auth.ts"), mode);
    await remitOnDisk(["--fix"], { workingDirectory: root });
    expect(textIn(root)).toBe(NEEDED);
    expect(statSync(path.join(root, "src/auth.ts")).mode & 0o777).toBe(mode);
  });

  it("a link stays a link, and nothing else is left in the folder", async () => {
    const root = folder({ "src/main.ts": MAIL, "shared/auth.ts": EXCESSIVE });
    symlinkSync("../shared/auth.ts", path.join(root, "src/auth.ts"));
    await remitOnDisk(["--fix"], { workingDirectory: root });
    expect(textIn(root, "shared/auth.ts")).toBe(NEEDED);
    expect(readdirSync(path.join(root, "src"))).toEqual(["auth.ts", "main.ts"]);
    expect(readdirSync(path.join(root, "shared"))).toEqual(["auth.ts"]);
  });
});

describe("what cannot be written is said in one line and left alone", () => {
  it("a read-only file", async () => {
    const root = mailProgram();
    chmodSync(path.join(root, "src/auth.ts"), 0o444);
    const { code, out, err } = await remitOnDisk(["--fix"], { workingDirectory: root });
    expect(err).toBe("remit: src/auth.ts: not fixed: cannot be written (it is read-only)\n");
    expect(out).toMatch(/unused-permission[^]*\n0 fixed, 1 error/);
    expect(code).toBe(1);
    expect(textIn(root)).toBe(EXCESSIVE);
  });

  it("and the others are fixed all the same", async () => {
    const root = folder({
      "a/package.json": '{ "name": "a" }',
      "a/auth.ts": EXCESSIVE,
      "a/main.ts": MAIL,
      "b/package.json": '{ "name": "b" }',
      "b/auth.ts": EXCESSIVE,
      "b/main.ts": MAIL,
    });
    chmodSync(path.join(root, "b/auth.ts"), 0o444);
    const { out, err } = await remitOnDisk(["--fix"], { workingDirectory: root });
    expect(err).toBe("remit: b/auth.ts: not fixed: cannot be written (it is read-only)\n");
    expect(out).toMatch(/\n1 fixed, 1 error/);
    expect([textIn(root, "a/auth.ts"), textIn(root, "b/auth.ts")]).toEqual([NEEDED, EXCESSIVE]);
  });

  it("a file that changed between analysis and writing", async () => {
    const root = mailProgram();
    const edited = `${EXCESSIVE}// somebody is working here\n`;
    const { out, err } = await remitOnDisk(["--fix"], {
      workingDirectory: root,
      meanwhile: () => writeFileSync(path.join(root, "src/auth.ts"), edited),
    });
    expect(err).toBe("remit: src/auth.ts: not fixed: it has changed since it was analysed\n");
    expect(out).toMatch(/\n0 fixed, 1 error/);
    expect(textIn(root)).toBe(edited);
  });

  it("a file that is no longer text", async () => {
    const root = mailProgram();
    const { err } = await remitOnDisk(["--fix"], {
      workingDirectory: root,
      meanwhile: () => writeFileSync(path.join(root, "src/auth.ts"), new Uint8Array([0, 1, 2])),
    });
    expect(err).toContain("remit: src/auth.ts: not fixed: it has changed since it was analysed\n");
  });
});

describe("check --diff", () => {
  it("prints what --fix would write, writes nothing, and leaves with 1", async () => {
    const root = mailProgram();
    const { code, out, err } = await remitOnDisk(["check", "--diff"], { workingDirectory: root });
    expect(out).toBe(`\
--- a/src/auth.ts
+++ b/src/auth.ts
@@ -3,6 +3,5 @@
 export const auth = new google.auth.GoogleAuth({
   scopes: [
     "${SCOPE}gmail.readonly",
-    "${SCOPE}drive.readonly",
   ],
 });
`);
    expect({ code, err }).toEqual({ code: 1, err: "remit: 1 finding in 1 file can be fixed; nothing was written\n" });
    expect(textIn(root)).toBe(EXCESSIVE);
  });

  it("is a patch that leads to the very text of --fix, line ends included", async () => {
    const crlf = EXCESSIVE.replaceAll("\n", "\r\n");
    const root = mailProgram(crlf);
    const { out } = await remitOnDisk(["--diff"], { workingDirectory: root });
    const [patch] = parsePatch(out);
    expect(applyPatch(crlf, patch!, { autoConvertLineEndings: false })).toBe(NEEDED.replaceAll("\n", "\r\n"));
  });

  it("leaves with 0 where there is nothing to fix, whatever is found", async () => {
    const root = mailProgram(authAsking("gmail.labels"));
    const { code, out, err } = await remitOnDisk(["--diff"], { workingDirectory: root });
    expect({ code, out, err }).toEqual({ code: 0, out: "", err: "remit: nothing to fix\n" });
  });

  it.each([
    [["--diff", "--fix"], "remit: option '--diff' cannot be used with option '--fix'\n"],
    [["--diff", "--format", "json"], "remit: --diff prints a diff and no report: leave out --format\n"],
  ])("%j is bad usage", async (argv, err) => {
    expect(await remitOnDisk(argv, { workingDirectory: mailProgram() })).toEqual({ code: 2, out: "", err });
  });
});

describe("text from stdin", () => {
  it("--fix prints it fixed, and touches no file; the report goes to stderr", async () => {
    const root = mailProgram(NEEDED);
    const { code, out, err } = await remitOnDisk(["--fix", "--stdin-filename", "src/auth.ts"], {
      workingDirectory: root,
      input: EXCESSIVE,
    });
    expect({ code, out }).toEqual({ code: 0, out: NEEDED });
    expect(err).toMatch(/^1 fixed, 0 findings/);
    expect(textIn(root)).toBe(NEEDED);
  });

  it("comes back as it was where there is nothing to fix, with its byte order mark", async () => {
    const root = mailProgram();
    const input = `\ufeff${NEEDED.replaceAll("\n", "\r\n")}`;
    const { out } = await remitOnDisk(["--fix", "--stdin-filename", "src/auth.ts"], { workingDirectory: root, input });
    expect(out).toBe(input);
  });

  it("may be of a file that does not exist yet", async () => {
    const root = folder({ "src/main.ts": MAIL });
    const { out } = await remitOnDisk(["--fix", "--stdin-filename", "src/auth.ts"], {
      workingDirectory: root,
      input: EXCESSIVE,
    });
    expect(out).toBe(NEEDED);
    expect(existsSync(path.join(root, "src/auth.ts"))).toBe(false);
  });

  it("--diff shows what would become of it", async () => {
    const root = mailProgram(NEEDED);
    const { code, out } = await remitOnDisk(["--diff", "--stdin-filename", "src/auth.ts"], {
      workingDirectory: root,
      input: EXCESSIVE,
    });
    expect(code).toBe(1);
    expect(out).toContain(`-    "${SCOPE}drive.readonly",\n`);
  });
});
