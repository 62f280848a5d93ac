import { rmSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { AGENT, AUTH, folder, type Folder, SLIDES } from "./support/project.ts";
import { codes, PULL, pulled, session, type Session } from "./support/session.ts";

const STATUS = { initializationOptions: { status: true }, expects: ["remit/status"] };

describe("while a large folder is analysed", () => {
  it("everything else is answered", async () => {
    const { talk, uri } = await large();
    const order: string[] = [];
    const long = pulled(talk, uri).then(() => order.push("the diagnostics"));
    await talk.client.notification("remit/status");
    for (let i = 0; i < 5; i++) await hoverNowhere(talk);
    order.push("five hovers");
    await long;
    expect(order).toEqual(["five hovers", "the diagnostics"]);
  });

  it("a request that is cancelled is answered, and its work stops", async () => {
    const { talk, uri } = await large();
    talk.open(uri, module(0));
    const whole = await timed(() => pulled(talk, uri));
    talk.change(uri, 2, module(0, "changed"));
    const { id, answer } = talk.client.ask("textDocument/diagnostic", { textDocument: { uri } });
    // Begun: nothing that was remembered answers.
    await states(talk, (all) => all.at(-1) === "analysing");
    talk.client.notify("$/cancelRequest", { id });
    expect((await answer).error).toMatchObject({ code: -32800 });
    const ending = await timed(() => states(talk, (all) => all.at(-1) === "idle"));
    expect(ending, "until it stopped, against all of it").toBeLessThan(whole / 2);
  });

  it("what is typed meanwhile begins it anew, and the one answer is of the new text", async () => {
    const { talk, uri } = await large();
    talk.open(uri, module(0));
    const answer = pulled(talk, uri);
    await states(talk, (all) => all.at(-1) === "analysing");
    talk.change(uri, 2, `${AUTH}${SLIDES.split("\n").slice(3).join("\n")}`);
    expect(codes((await answer).items)).toEqual(["unused-permission"]);
  });
});

describe("the thread that analyses", () => {
  it("may break while nobody asks: the next question finds another, with all that is open", async () => {
    const { talk, uri, firstLine } = await troubled();
    expect(await firstLine()).toBe(6);
    talk.client.process.kill("SIGUSR2");
    await talk.client.until(() => said(talk, "window/logMessage", "out of order"), "the log to say so");
    talk.change(uri, 2, `\n\n${AUTH}`);
    expect(await firstLine()).toBe(7);
    expect(talk.client.notifications.filter(({ method }) => method === "window/showMessage")).toEqual([]);
  });

  it("may break over a question: that one fails, the next does not", async () => {
    const { talk, uri, firstLine } = await troubled();
    expect(await firstLine()).toBe(6);
    const explain = (subject: string) =>
      talk.client.ask("workspace/executeCommand", { command: "remit.server.explain", arguments: [subject] }).answer;
    expect((await explain("trouble")).error).toMatchObject({ message: expect.stringContaining("out of order") });
    expect((await explain("unused-permission")).result).toContain("unused-permission");
    talk.change(uri, 2, `\n\n${AUTH}`);
    expect(await firstLine()).toBe(7);
  });

  it("is found beside the command as well", async () => {
    const project = folder(AGENT);
    const program = fileURLToPath(new URL("../../dist/cli.js", import.meta.url));
    const talk = await session({ program, arguments: ["lsp", "--stdio"], capabilities: PULL, folders: [project] });
    expect(codes((await pulled(talk, project.at("src/auth.ts"))).items)).toEqual(["unused-permission"]);
  });

  it("is told of a folder that is not there yet when it is", async () => {
    const project = folder(AGENT);
    rmSync(project.path, { recursive: true });
    const talk = await session({ capabilities: PULL, folders: [project], expects: ["window/showMessage"] });
    const uri = project.at("src/auth.ts");
    expect((await pulled(talk, uri)).items).toEqual([]);
    await talk.client.notification("window/showMessage");
    for (const [file, text] of Object.entries(AGENT)) project.write(file, text);
    talk.client.notify("workspace/didChangeWatchedFiles", { changes: [{ uri, type: 1 }] });
    expect(codes((await pulled(talk, uri)).items)).toEqual(["unused-permission"]);
  });
});

// ---- helpers

/** So many files that know of one another that analysing them takes a while. */
const COUNT = 400;

function module(i: number, more = ""): string {
  const before = i > 0 ? `import { name${i - 1} } from "./m${i - 1}.js";\nconsole.log(name${i - 1}("x"));\n` : "";
  return `import { google } from "googleapis";
${before}const gmail = google.gmail({ version: "v1" });
export function name${i}(id: string): string {
  void gmail.users.messages.get({ userId: "me", id });
  return [id, "${more}"].map((part) => \`\${part}-${i}\`).join(",");
}
`;
}

async function large(): Promise<{ talk: Session; project: Folder; uri: string }> {
  const files = Object.fromEntries(Array.from({ length: COUNT }, (_, i) => [`src/m${i}.ts`, module(i)]));
  const project = folder({ "package.json": `{ "name": "large", "main": "src/m${COUNT - 1}.ts" }`, ...files });
  return {
    talk: await session({ capabilities: PULL, folders: [project], ...STATUS }),
    project,
    uri: project.at("src/m0.ts"),
  };
}

/** Answered without any analysis, as soon as the server listens. */
function hoverNowhere({ client }: Session): Promise<unknown> {
  return client.request("textDocument/hover", {
    textDocument: { uri: "untitled:nowhere" },
    position: { line: 0, character: 0 },
  });
}

/** Waits for what was told of how the folder is. */
function states({ client }: Session, isMeant: (states: readonly string[]) => boolean): Promise<true> {
  return client.until(() => {
    const told = client.notifications.filter(({ method }) => method === "remit/status");
    return isMeant(told.map(({ params }) => (params as { state: string }).state)) || undefined;
  }, "another state");
}

/** A session with an open document whose text is not that of the disk, and a thread that breaks when it is told to. */
async function troubled(): Promise<{ talk: Session; uri: string; firstLine: () => Promise<number | undefined> }> {
  const project = folder(AGENT);
  const preload = new URL("support/thread-trouble.mjs", import.meta.url).href;
  const talk = await session({ capabilities: PULL, folders: [project], preload });
  const uri = project.at("src/auth.ts");
  talk.open(uri, `\n${AUTH}`);
  return { talk, uri, firstLine: async () => (await pulled(talk, uri)).items?.[0]?.range.start.line };
}

function said({ client }: Session, method: string, text: string): true | undefined {
  return (
    client.notifications.some((each) => each.method === method && JSON.stringify(each).includes(text)) || undefined
  );
}

async function timed(run: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await run();
  return performance.now() - begun;
}
