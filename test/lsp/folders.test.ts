import type { WorkspaceDiagnosticReport } from "vscode-languageserver/node";
import { describe, expect, it } from "vitest";
import { AGENT, AUTH, folder, SLIDES } from "./support/project.ts";
import { codes, published, PULL, pulled, PUSH, session } from "./support/session.ts";

/** Grant and calls in one file. */
const WHOLE = `${AUTH}${SLIDES.split("\n").slice(3).join("\n")}`;
const OTHER = { "package.json": '{ "name": "other" }', "main.ts": WHOLE };

describe("several folders", () => {
  it("are analysed each by itself, and told of together", async () => {
    const [one, two] = [folder(AGENT), folder(OTHER)];
    const { client } = await session({ capabilities: PULL, folders: [one, two] });
    const { items } = await client.request<WorkspaceDiagnosticReport>("workspace/diagnostic", {
      previousResultIds: [],
    });
    expect(items.map(({ uri }) => uri).sort()).toEqual([one.at("src/auth.ts"), two.at("main.ts")].sort());
  });

  it("come and go: what was said of one that went is taken back", async () => {
    const [one, two] = [folder(AGENT), folder(OTHER)];
    const talk = await session({ capabilities: PUSH, folders: [one] });
    talk.open(one.at("src/auth.ts"), AUTH);
    await published(talk, one.at("src/auth.ts"), (all) => all.length === 1);
    talk.client.notify("workspace/didChangeWorkspaceFolders", {
      event: { added: [{ uri: two.uri, name: "two" }], removed: [{ uri: one.uri, name: "one" }] },
    });
    await published(talk, one.at("src/auth.ts"), (all) => all.length === 0);
    talk.open(two.at("main.ts"), WHOLE);
    await published(talk, two.at("main.ts"), (all) => all.length === 1);
  });

  it("tell a client that pulls when a folder it knew of is gone", async () => {
    const [one, two] = [folder(AGENT), folder(OTHER)];
    const { client } = await session({ capabilities: PULL, folders: [one, two] });
    const { items } = await client.request<WorkspaceDiagnosticReport>("workspace/diagnostic", {
      previousResultIds: [],
    });
    const known = items.map(({ uri, resultId }) => ({ uri, value: resultId! }));
    const held = client.ask("workspace/diagnostic", { previousResultIds: known });
    client.notify("workspace/didChangeWorkspaceFolders", {
      event: { added: [], removed: [{ uri: two.uri, name: "two" }] },
    });
    const { result } = await held.answer;
    expect(result).toMatchObject({
      items: [
        { kind: "unchanged", uri: one.at("src/auth.ts") },
        { kind: "full", uri: two.at("main.ts"), items: [] },
      ],
    });
  });

  it("may lie in one another: the inner one speaks of its files, and nothing is said twice", async () => {
    const outer = folder({ ...AGENT, "inner/package.json": '{ "name": "inner" }', "inner/main.ts": WHOLE });
    const inner = { ...outer, path: `${outer.path}/inner`, uri: `${outer.uri}/inner` };
    const { client } = await session({ capabilities: PULL, folders: [outer, inner] });
    const { items } = await client.request<WorkspaceDiagnosticReport>("workspace/diagnostic", {
      previousResultIds: [],
    });
    expect(items.map(({ uri }) => uri)).toEqual([outer.at("src/auth.ts"), outer.at("inner/main.ts")]);
    for (const item of items) expect(item.kind === "full" && codes(item.items)).toEqual(["unused-permission"]);
  });

  it("have names with spaces and signs, spelled as the client spells them", async () => {
    const project = folder({ "a b/[c] #1/é.ts": WHOLE, "package.json": "{}" });
    const talk = await session({ capabilities: PULL, folders: [project] });
    const spelled = `${project.uri}/a%20b/%5Bc%5D%20%231/%C3%A9.ts`;
    talk.open(spelled, WHOLE);
    expect(codes((await pulled(talk, spelled)).items)).toEqual(["unused-permission"]);
    const { items } = await talk.client.request<WorkspaceDiagnosticReport>("workspace/diagnostic", {
      previousResultIds: [],
    });
    expect(items.map(({ uri }) => uri)).toEqual([spelled]);
  });
});

describe("files outside any folder", () => {
  it("are seen with the other open documents of their directory, and with nothing else that lies there", async () => {
    const place = folder(AGENT);
    const talk = await session({ capabilities: PUSH });
    talk.open(place.at("src/auth.ts"), AUTH);
    // The calls are in a file nobody opened: without them there is no verdict.
    await new Promise((resolve) => setTimeout(resolve, 3000));
    expect(talk.client.notifications).toEqual([]);
    talk.open(place.at("src/slides.ts"), SLIDES);
    await published(talk, place.at("src/auth.ts"), (all) => all.length === 1);
  });

  it("are cleared when they are closed", async () => {
    const place = folder(OTHER);
    const talk = await session({ capabilities: PUSH });
    talk.open(place.at("main.ts"), WHOLE);
    await published(talk, place.at("main.ts"), (all) => all.length === 1);
    talk.client.notify("textDocument/didClose", { textDocument: { uri: place.at("main.ts") } });
    await published(talk, place.at("main.ts"), (all) => all.length === 0);
  });

  it("that are on no disk are left alone", async () => {
    const talk = await session({ capabilities: PULL });
    talk.open("untitled:Untitled-1", WHOLE);
    expect(await pulled(talk, "untitled:Untitled-1")).toEqual({ kind: "full", items: [] });
  });

  it("become part of a folder when one is opened around them", async () => {
    const place = folder(AGENT);
    const talk = await session({ capabilities: PULL });
    talk.open(place.at("src/auth.ts"), AUTH);
    expect((await pulled(talk, place.at("src/auth.ts"))).items).toEqual([]);
    talk.client.notify("workspace/didChangeWorkspaceFolders", {
      event: { added: [{ uri: place.uri, name: "place" }], removed: [] },
    });
    expect(codes((await pulled(talk, place.at("src/auth.ts"))).items)).toEqual(["unused-permission"]);
  });
});
