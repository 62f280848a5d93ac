import { beforeEach, expect, it, vi } from "vitest";
import { Service } from "../../server/src/service/service.ts";
import { traceDeployable } from "../../server/src/service/tracing.ts";

/* The trace is what costs: how often it runs while somebody types, proofs of fixes included. */

vi.mock("../../server/src/service/tracing.ts", async (original) => {
  const module = await original<typeof import("../../server/src/service/tracing.ts")>();
  return { ...module, traceDeployable: vi.fn<typeof module.traceDeployable>(module.traceDeployable) };
});
const traced = vi.mocked(traceDeployable);
beforeEach(() => void traced.mockClear());

/** One scope too many: a finding with a fix. */
const AGENT = `import { google } from "googleapis";

const auth = new google.auth.GoogleAuth({
  scopes: ["https://www.googleapis.com/auth/gmail.readonly", "https://www.googleapis.com/auth/drive.readonly"],
});
await google.gmail({ version: "v1", auth }).users.messages.get({ userId: "me", id: "1" });
`;

function create(): Promise<Service> {
  return Service.create({
    root: "/w",
    files: {
      "one/package.json": '{ "name": "one", "main": "agent.ts" }',
      "one/agent.ts": AGENT,
      "two/package.json": '{ "name": "two", "main": "agent.ts" }',
      "two/agent.ts": AGENT,
    },
  });
}

/** Which deployables were traced since the last time, by their roots. */
function since(): string[] {
  const roots = traced.mock.calls.map(([{ seeds }]) => seeds[0]!.split("/")[0]!);
  traced.mockClear();
  return roots.sort();
}

it("traces each deployable once as it is, and once with its fixes", async () => {
  const service = await create();
  const { findings } = await service.analyse();
  expect(findings.map(({ fixes }) => fixes.map(({ safe }) => safe))).toEqual([[true], [true]]);
  expect(since()).toEqual(["one", "one", "two", "two"]);
});

it("traces nothing when nothing but places changed, and proves nothing anew", async () => {
  const service = await create();
  await service.analyse();
  since();
  service.workspace.setDocument("one/agent.ts", `// a comment\n\n${AGENT}`);
  const { findings } = await service.analyse();
  expect(findings.map(({ fixes }) => fixes.map(({ safe }) => safe))).toEqual([[true], [true]]);
  expect(since()).toEqual([]);
});

it("traces what an edit can matter to, and nothing else", async () => {
  const service = await create();
  await service.analyse();
  since();
  service.workspace.setDocument("two/agent.ts", `${AGENT}console.log("more");\n`);
  await service.analyse();
  expect(since()).toEqual(["two", "two"]);
});

it("computes all safe fixes of a file from what is known", async () => {
  const service = await create();
  await service.analyse();
  since();
  const [change, ...others] = await service.fixAll("one/agent.ts", ["narrows"]);
  expect(others).toEqual([]);
  expect(change!.after).toBe(AGENT.replace(', "https://www.googleapis.com/auth/drive.readonly"', ""));
  // Alone, the fix of one file is another text than that of both: the other package is as it was.
  expect(since()).toEqual(["two"]);
});

it("traces nothing anew when a manifest changes: its grants are judged by the calls that are known", async () => {
  const manifest = (scopes: string[]) =>
    JSON.stringify({ display_information: { name: "app" }, oauth_config: { scopes: { bot: scopes } } });
  const service = await Service.create({
    root: "/w",
    files: {
      "app.ts":
        'import { App } from "@slack/bolt";\nnew App({}).message("hi", async ({ say }) => void (await say("hi")));\n',
      "manifest.json": manifest(["chat:write"]),
    },
  });
  expect((await service.analyse()).findings).toEqual([]);
  since();
  service.workspace.setDocument("manifest.json", manifest(["chat:write", "channels:join"]));
  expect((await service.analyse()).findings.map(({ permission }) => permission)).toEqual(["channels:join"]);
  service.workspace.setDocument("manifest.json", "{}");
  expect((await service.analyse()).deployables.flatMap(({ grants }) => grants)).toEqual([]);
  service.workspace.closeDocument("manifest.json");
  expect((await service.analyse()).findings).toEqual([]);
  // Once, with the text that a fix makes of the manifest: code that is tried with it is traced in a database of its own.
  expect(since().length).toBeLessThanOrEqual(1);
});
