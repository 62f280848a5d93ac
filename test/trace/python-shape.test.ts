import { ModelIndex } from "../../server/src/libraries/model-index.ts";
import { describe, expect, it } from "vitest";
import { FRAMEWORKS } from "../../server/src/agents/index.ts";
import { BINDINGS } from "../../server/src/bindings/index.ts";
import { createFacts } from "../../server/src/facts/lookup.ts";
import type { FunctionSummary, ModuleSummary } from "../../server/src/model/summary.ts";
import { traceDeployable } from "../../server/src/service/tracing.ts";
import { readFactFile } from "../../server/src/workspace/shipped-files.ts";

/**
 * A module summary owes nothing to TypeScript. This one is what a Python front-end would say of
 *
 *     from googleapiclient.discovery import build
 *
 *     class Mail:
 *         def __init__(self, creds):
 *             self.service = build("gmail", "v1", credentials=creds)
 *
 *         def latest(self):
 *             return self.service.users().messages().list(userId="me").execute()
 *
 *     def main():
 *         Mail(None).latest()
 *
 *     main()
 */
const MODULE: FunctionSummary = {
  path: "",
  name: "",
  kind: "module",
  parameters: [],
  variables: [
    { name: "Mail", definitions: [{ value: 0 }] },
    { name: "main", definitions: [{ value: 1 }] },
  ],
  nodes: [
    { kind: "class", class: "Mail" },
    { kind: "function", function: "main" },
    { kind: "variable", name: "main" },
    { kind: "call", callee: 2, arguments: [] },
  ],
  steps: [{ kind: "call", node: 3 }],
  guards: [],
};

const INIT: FunctionSummary = {
  path: "Mail.__init__",
  name: "__init__",
  kind: "constructor",
  owner: "Mail",
  parent: "",
  parameters: [{ name: "creds" }],
  variables: [],
  nodes: [
    { kind: "receiver" },
    { kind: "member", of: 0, name: "service" },
    { kind: "import", request: 0, name: "build" },
    { kind: "literal", value: "gmail" },
    { kind: "literal", value: "v1" },
    { kind: "parameter", index: 0 },
    { kind: "call", callee: 2, arguments: [{ value: 3 }, { value: 4 }, { value: 5, name: "credentials" }] },
  ],
  steps: [
    { kind: "call", node: 6 },
    { kind: "set", target: 1, value: 6 },
  ],
  guards: [],
};

const LATEST: FunctionSummary = {
  path: "Mail.latest",
  name: "latest",
  kind: "method",
  owner: "Mail",
  parent: "",
  parameters: [],
  variables: [],
  nodes: [
    { kind: "receiver" },
    { kind: "member", of: 0, name: "service" },
    { kind: "member", of: 1, name: "users" },
    { kind: "call", callee: 2, arguments: [] },
    { kind: "member", of: 3, name: "messages" },
    { kind: "call", callee: 4, arguments: [] },
    { kind: "member", of: 5, name: "list" },
    { kind: "literal", value: "me" },
    { kind: "call", callee: 6, arguments: [{ value: 7, name: "userId" }] },
    { kind: "member", of: 8, name: "execute" },
    { kind: "call", callee: 9, arguments: [] },
  ],
  steps: [
    { kind: "call", node: 3 },
    { kind: "call", node: 5 },
    { kind: "call", node: 8 },
    { kind: "call", node: 10 },
    { kind: "return", value: 10 },
  ],
  guards: [],
};

const MAIN: FunctionSummary = {
  path: "main",
  name: "main",
  kind: "function",
  parent: "",
  parameters: [],
  variables: [],
  nodes: [
    { kind: "variable", name: "Mail", function: "" },
    { kind: "literal", value: null },
    { kind: "call", callee: 0, arguments: [{ value: 1 }], form: "new" },
    { kind: "member", of: 2, name: "latest" },
    { kind: "call", callee: 3, arguments: [] },
  ],
  steps: [
    { kind: "call", node: 2 },
    { kind: "call", node: 4 },
  ],
  guards: [],
};

const SUMMARY: ModuleSummary = {
  version: 1,
  language: "python",
  requests: [{ specifier: "googleapiclient.discovery", form: "from", typeOnly: false }],
  exports: [],
  functions: [MODULE, INIT, LATEST, MAIN],
  classes: [
    {
      path: "Mail",
      name: "Mail",
      parent: "",
      bases: [],
      members: [
        { name: "constructor", function: "Mail.__init__", kind: "constructor" },
        { name: "latest", function: "Mail.latest", kind: "method" },
      ],
      fields: [],
    },
  ],
  directives: [],
  problems: [],
  bundled: false,
};

describe("a summary that no TypeScript went into", () => {
  it("links to a Google call through a class field", () => {
    const traced = traceDeployable({
      deployable: "d",
      seeds: ["mail.py"],
      entries: [],
      own: new Set(["mail.py"]),
      host: {
        summary: (file) => (file === "mail.py" ? SUMMARY : undefined),
        resolve: (_file, request) => {
          const [name, ...rest] = request.specifier.split(".");
          return { kind: "package", name: `python:${name}`, subpath: rest.join("/") };
        },
      },
      frameworks: FRAMEWORKS,
      bindings: BINDINGS,
      models: new ModelIndex(),
      facts: createFacts(readFactFile),
    });
    expect(traced.blindSpots).toEqual([]);
    expect(
      traced.accesses.map((a) => [
        a.fact.operation,
        a.site.function,
        a.confidence,
        a.reach.map((r) => r.path.map((p) => p.label)),
      ]),
    ).toEqual([["users.messages.list", "Mail.latest", "certain", [["module", "main", "latest"]]]]);
  });
});
