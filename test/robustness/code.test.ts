import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { AGENT, FINDING, bundledProgram } from "./program.ts";
import type { Program, Ran } from "./program.ts";

let program: Program;
beforeAll(async () => void (program = await bundledProgram()), 60_000);
afterAll(() => program.remove());

const times = (count: number, text: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => text(index)).join("");

/** A call with a client that came a long way. Nobody granted what it needs. */
const call = (client: string): string => `${client}.users.settings.filters.create({});\n`;

/**
 * Programs that nobody writes, but generators do. `seen`: the call at the end of the way is found. `blind`: a bound was hit,
 * and the call may be found or not, but is a blind spot. `said`: only that the rest is as certain as ever.
 */
const PROGRAMS: Readonly<Record<string, [code: string, outcome: "seen" | "blind" | "said"]>> = {
  "20,000 terms": [`export const text = ${Array(20_000).fill('"x"').join(" + ")};\n${call("gmail")}`, "seen"],
  "20,000 terms before a scope": [
    `auth.generateAuthUrl({ scope: [${Array(20_000).fill('""').join(" + ")} + "https://mail.google.com/"] });\n`,
    "said",
  ],
  "20,000 alternatives": [`const a = ${times(20_000, () => "z || ")}gmail;\n${call("a")}`, "blind"],
  "5,000 names for one client": [
    `const v0 = gmail;\n${times(5000, (i) => `const v${i + 1} = v${i};\n`)}${call("v5000")}`,
    "blind",
  ],
  "1,000 functions in a row": [
    `${times(1000, (i) => `function f${i}(g) { return f${i + 1}(g); }\n`)}function f1000(g) { ${call("g")} }\nf0(gmail);\n`,
    "seen",
  ],
  "300 calls inside each other": [
    `const f = (x) => x;\nconst a = ${"f(".repeat(300)}gmail${")".repeat(300)};\n${call("a")}`,
    "seen",
  ],
  "150 functions that return functions": [
    `const f = ${"() => (".repeat(150)}gmail${")".repeat(150)};\n${call(`f${"()".repeat(150)}`)}`,
    "seen",
  ],
  "300 classes above each other": [
    `class C0 { get() { return gmail; } }\n${times(300, (i) => `class C${i + 1} extends C${i} { get() { return super.get(); } }\n`)}${call("new C300().get()")}`,
    "seen",
  ],
  "values that double": [
    `let v0 = z ? gmail : null;\n${times(100, (i) => `const v${i + 1} = z ? v${i} : [v${i}, v${i}][0];\n`)}${call("v100")}`,
    "seen",
  ],
  "texts that double": [
    `const v0 = "ab";\n${times(60, (i) => `const v${i + 1} = v${i} + v${i};\n`)}auth.generateAuthUrl({ scope: v60 });\n`,
    "said",
  ],
  "variables in dense circles": [
    `let ${times(40, (i) => `${i === 0 ? "" : ", "}a${i}`)};\nwhile (q()) { a0 = gmail; ${times(40, (i) => `a${i} = z ? a${(i * 7 + 3) % 40} : y ? a${(i * 5 + 1) % 40} : a${(i * 3 + 2) % 40};\n`)} }\n${call("a0")}`,
    "blind",
  ],
  "functions that hand each other around": [
    times(
      60,
      (i) => `function f${i}(a, b) { return [f${(i * 7 + 1) % 60}(b, a), f${(i * 11 + 5) % 60}({ a }, () => b)]; }\n`,
    ) + `f0(gmail, auth);\n${call("gmail")}`,
    "seen",
  ],
  "functions made of themselves": [
    `function f(g, n) { return n ? f([g, f(g, n - 1)], n - 1) : g; }\nf(gmail, 10);\n` +
      `const Y = (h) => ((x) => h((v) => x(x)(v)))((x) => h((v) => x(x)(v)));\n${call("Y((s) => (n) => n ? s(n - 1) : gmail)(4)")}`,
    "seen",
  ],
  "2,000 functions of one name": [
    `import "googleapis";\n${"var a = function (x) { return x + 1; };".repeat(2000)}\n${call("gmail")}`,
    "seen",
  ],
  "600 tools with one helper": [
    `import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";\nconst server = new McpServer({ name: "many", version: "1" });\n` +
      times(600, (i) => `server.tool("t${i}", async () => help("t${i}"));\n`) +
      `async function help(name) { ${call("gmail")} }\n`,
    "seen",
  ],
  "names that every object has": [
    `import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
const server = new McpServer({ name: "__proto__", version: "1" });
const table = { __proto__: { a: gmail }, ["__proto__"]: gmail, constructor: gmail, toString: () => gmail, hasOwnProperty: gmail };
for (const name of ["__proto__", "constructor", "toString", "valueOf"]) server.tool(name, async () => gmail.users.messages.send({ userId: "me" }));
server.registerTool("hasOwnProperty", { annotations: { constructor: 1, __proto__: null } }, async () => ${call("table.constructor").trim().replace(";", "")});
auth.generateAuthUrl({ scope: ["__proto__", "constructor", "toString"] });
gmail.__proto__.constructor.list(); gmail.constructor(); google.constructor(); google["toString"](); gmail.users.hasOwnProperty("x");
class A { hasOwnProperty() { return this.constructor.valueOf(); } }
new A().hasOwnProperty();
const { __proto__: a, constructor: b } = table;
process.env.__proto__; process.env.constructor;
export { gmail as constructor, gmail as __proto__, gmail as toString, a, b };
`,
    "seen",
  ],
};

describe("a program that is deep, wide or circular", () => {
  // All in one run, each a package of its own: none may spoil another.
  const folderOf = (what: string): string => what.replaceAll(/\W+/g, "-");
  let ran: Ran;
  let inventory: {
    readonly accesses: readonly { readonly operation: string; readonly file: string }[];
    readonly blindSpots: readonly { readonly file: string }[];
  };
  const operationsIn = (wanted: string): string[] =>
    inventory.accesses.filter(({ file }) => file === wanted).map(({ operation }) => operation);
  beforeAll(async () => {
    const files = Object.entries(PROGRAMS).flatMap(([what, [code]]) => [
      [`${folderOf(what)}/package.json`, `{ "name": "${folderOf(what)}", "main": "agent.ts" }`],
      [`${folderOf(what)}/agent.ts`, AGENT + code],
    ]);
    const folder = program.folder(Object.fromEntries(files) as Record<string, string>);
    ran = await program.run(["check", "--all"], folder);
    inventory = JSON.parse((await program.run(["inventory", "--format", "json"], folder)).out) as typeof inventory;
  }, 240_000);

  it.each(Object.entries(PROGRAMS))("%s", (what, [, outcome]) => {
    const folder = folderOf(what);
    const file = `${folder}/agent.ts`;
    expect(ran.out).toContain(`${folder}/${FINDING}`);
    if (outcome === "seen")
      expect(operationsIn(file)).toContainEqual(expect.stringMatching(/\.settings\.filters\.create$/));
    if (outcome === "blind") expect(inventory.blindSpots.map((spot) => spot.file)).toContain(file);
  });

  it("and not a word on stderr", () => {
    expect({ code: ran.code, err: ran.err }).toEqual({ code: 1, err: "" });
  });
});

it("modules that import each other, and 500 that only pass a name on", async () => {
  const folder = program.folder({
    "agent.ts": AGENT,
    "a.ts": 'import "googleapis";\nimport { b } from "./b";\nexport * from "./b";\nexport const a = () => b();\n',
    "b.ts": 'import { c } from "./c";\nexport * from "./a";\nexport const b = () => c();\n',
    "c.ts": 'import { a } from "./a";\nexport * from "./b";\nexport const c = () => a();\na();\n',
    "use.ts": `import { gmail } from "./m0";\n${call("gmail")}`,
    ...Object.fromEntries(Array.from({ length: 500 }, (_, i) => [`m${i}.ts`, `export * from "./m${i + 1}";\n`])),
    "m500.ts": 'export { gmail } from "./agent";\n',
  });
  const { code, out, err } = await program.run(["check"], folder);
  expect({ code, err }).toEqual({ code: 1, err: "" });
  expect(out).toContain(FINDING);
  expect(out).toContain(`use.ts:2  error  missing-permission`);
});

it("a thousand suppressions, a thousand scopes, a thousand calls", async () => {
  const folder = program.folder({
    "agent.ts": AGENT,
    "comments.ts": `import "googleapis";\n${"// remit-ignore unused-permission -- because\n".repeat(1000)}`,
    "scopes.ts": `import { google } from "googleapis";\nnew google.auth.OAuth2("other").generateAuthUrl({ scope: [${times(1000, (i) => `"https://www.googleapis.com/auth/x${i}", `)}] });\n`,
    "calls.ts": `import { gmail } from "./agent";\n${"gmail.users.messages.send({});\n".repeat(1000)}`,
    "table.ts": `import { gmail } from "./agent";\nconst table = { ${times(1000, (i) => `k${i}: () => gmail.users.messages.send({}), `)} };\ntable[process.argv[2]]();\n`,
  });
  const { code, out, err } = await program.run(["check"], folder);
  expect({ code, err }).toEqual({ code: 1, err: "" });
  expect(out).toContain(FINDING);
  expect(out).toContain("1002 scopes, 2001 calls read");
});
