import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";

/** Programs that are written for measuring, of any number of files. */

/** A folder with `count` modules, each importing the one before. */
export function chain(folder: string, count: number, write: (i: number) => string): string {
  writeAll(folder, "src/m0.ts", function* () {
    for (let i = 0; i < count; i++) yield [`src/m${i}.ts`, write(i)];
  });
  return folder;
}

/** Uses no service at all. */
export function plainModule(i: number): string {
  const before =
    i > 0 ? `import { f0 as before } from "./m${i - 1}.ts";\nexport const used = before(${i}, "x");\n` : "";
  return `${before}${functions(8, i)}`;
}

/** Makes a client of its own and calls Gmail. */
export function mailModule(i: number): string {
  return `import { google } from "googleapis";
${plainModule(i)}
const gmail${i} = google.gmail({ version: "v1" });
export async function read${i}(id: string) {
  const { data } = await gmail${i}.users.messages.get({ userId: "me", id });
  return data.snippet;
}
`;
}

/** The same in Python. */
export function pythonChain(folder: string, count: number, write: (i: number) => string): string {
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, "pyproject.toml"), `[project]\nname = "${path.basename(folder)}"\n`);
  for (let i = 0; i < count; i++) writeFileSync(path.join(folder, `m${i}.py`), write(i));
  return folder;
}

export function plainPython(i: number): string {
  const before = i > 0 ? `from m${i - 1} import f0 as before\n\nused = before(${i}, "x")\n` : "";
  const one = (n: number): string => `

def f${n}(a: int, b: str) -> str:
    if a > ${n}:
        return b * a
    parts = [f"{x}-{b}" for x in (a, ${i})]
    return ",".join(parts)
`;
  return before + Array.from({ length: 8 }, (_, n) => one(n)).join("");
}

export function mailPython(i: number): string {
  return `from googleapiclient.discovery import build
${plainPython(i)}

gmail${i} = build("gmail", "v1")


def read${i}(id: str):
    data = gmail${i}.users().messages().get(userId="me", id=id).execute()
    return data["snippet"]
`;
}

/** Files of an agent that make one tool together: it hands a client down through helpers that each make a call. */
const FILES_A_TOOL = 20;

/** A folder with one agent of some `count` files: more files are more tools, each as deep as the others. */
export function agent(folder: string, count: number): string {
  const tools = Math.ceil(count / FILES_A_TOOL);
  writeAll(folder, "src/index.ts", function* () {
    yield ["src/index.ts", server(tools)];
    for (let tool = 0; tool < tools; tool++) {
      yield [`src/tool${tool}/client.ts`, CLIENT];
      yield [`src/tool${tool}/tool.ts`, registration(tool)];
      for (let step = 0; step < FILES_A_TOOL - 2; step++) yield [`src/tool${tool}/step${step}.ts`, helper(step)];
    }
  });
  return folder;
}

function server(tools: number): string {
  const registered = Array.from(
    { length: tools },
    (_, tool) => `import { register as register${tool} } from "./tool${tool}/tool.ts";\nregister${tool}(server);\n`,
  );
  return `import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
const server = new McpServer({ name: "generated", version: "1.0.0" });
${registered.join("")}`;
}

const CLIENT = `import { google } from "googleapis";
export function makeClient(auth: string) {
  return google.gmail({ version: "v1", auth });
}
`;

function registration(tool: number): string {
  return `import { makeClient } from "./client.ts";
import { step0 } from "./step0.ts";
export function register(server: any) {
  const gmail = makeClient("key");
  server.registerTool("tool_${tool}", { description: "Reads mail" }, async ({ id }: { id: string }) => step0(gmail, id));
}
`;
}

function helper(step: number): string {
  const next = step + 1;
  const isLast = next === FILES_A_TOOL - 2;
  return `${isLast ? "" : `import { step${next} } from "./step${next}.ts";\n`}${functions(6, step)}
export async function step${step}(gmail: any, id: string) {
${isLast ? "" : `  if (id.length > ${step}) return step${next}(gmail, id + "${step}");\n`}  const { data } = await gmail.users.messages.get({ userId: "me", id: f0(1, id) });
  return data;
}
`;
}

function functions(count: number, seed: number): string {
  const one = (i: number): string => `export function f${i}(a: number, b: string): string {
  if (a > ${i}) return b.repeat(a);
  const parts = [a, ${seed}].map((x) => \`\${x}-\${b}\`);
  return parts.join(",");
}
`;
  return Array.from({ length: count }, (_, i) => one(i)).join("\n");
}

function writeAll(folder: string, main: string, files: () => Iterable<readonly [name: string, text: string]>): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, "package.json"), JSON.stringify({ name: path.basename(folder), main }));
  for (const [name, text] of files()) {
    const file = path.join(folder, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
}
