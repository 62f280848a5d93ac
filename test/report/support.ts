import type { Access, Agent, BlindSpot, DeployableAnalysis, Grant, Tool } from "../../server/src/model/analysis.ts";
import type { Finding } from "../../server/src/model/finding.ts";
import type { Place } from "../../server/src/model/place.ts";
import type { WorkspaceResult } from "../../server/src/model/result.ts";

/**
 * Results of a made-up analysis, for tests of what is done with results. Files are given as text; places are found by
 * what stands there.
 */
export class ResultBuilder {
  readonly #files: Readonly<Record<string, string>>;

  constructor(files: Readonly<Record<string, string>>) {
    this.#files = files;
  }

  place(file: string, what: string): Place {
    const start = this.#files[file]?.indexOf(what) ?? -1;
    if (start < 0) throw new Error(`${file} does not contain ${what}`);
    return { file, span: { start, end: start + what.length } };
  }

  grant(file: string, scope: string, more: Partial<Grant> = {}): Grant {
    const name = googleScope(scope);
    return {
      id: `grant-${scope}`,
      permission: { provider: "google", name },
      written: name,
      service: `google.${scope.split(".")[0]!}`,
      place: this.place(file, name),
      form: "GoogleAuth",
      verb: "requested",
      level: "credential",
      group: "group-1",
      open: false,
      credential: "google",
      confidence: "certain",
      sharedWith: [],
      takesEffectAt: this.place(file, name),
      ...more,
    };
  }

  access(
    file: string,
    what: string,
    operation: string,
    accepted: readonly string[],
    more: Partial<Access> = {},
  ): Access {
    const requires = accepted.map((scope) => [googleScope(scope)]);
    return {
      id: `access-${operation}`,
      service: `google.${operation.split(".")[0]!}`,
      operation,
      effect: "read",
      place: this.place(file, what),
      requirement: { provider: "google", byCredential: { any: requires } },
      requires,
      resource: null,
      credential: "google",
      credentialKind: null,
      confidence: "certain",
      ownState: false,
      unreached: false,
      reachedBy: [],
      fact: { operation, source: "googleapis 188.0.0", date: "2026-11-22" },
      ...more,
    };
  }

  tool(file: string, name: string, accesses: readonly string[], more: Partial<Tool> = {}): Tool {
    return {
      id: `tool-${name}`,
      name,
      framework: "mcp",
      place: this.place(file, `"${name}"`),
      handler: null,
      description: null,
      annotations: {},
      annotationPlaces: {},
      approval: null,
      agent: null,
      accesses,
      blindSpots: [],
      ...more,
    };
  }

  blindSpot(file: string, what: string, reason: string): BlindSpot {
    return {
      id: `blind-${what}`,
      place: this.place(file, what),
      reason,
      affects: ["google"],
      reachedBy: [],
    };
  }

  finding(file: string, what: string, more: Partial<Finding> = {}): Finding {
    return {
      ruleId: "unused-permission",
      severity: "error",
      confidence: "certain",
      message: "No call needs it.",
      place: this.place(file, what),
      permission: null,
      service: null,
      deployable: "deployable-1",
      agents: [],
      tools: [],
      related: [],
      fixes: [],
      fingerprint: "0123456789abcdef",
      ...more,
      evidence: {
        used: [],
        facts: [],
        narrowest: [],
        cost: null,
        blindSpots: [],
        reason: "every call of the service was traced",
        ...more.evidence,
      },
    };
  }

  deployable(
    parts: Partial<Omit<DeployableAnalysis, "deployable">> & { readonly agents?: readonly Agent[] },
  ): DeployableAnalysis {
    return {
      deployable: { id: "deployable-1", name: "mail-server", kind: "package", root: "" },
      agents: [],
      tools: [],
      accesses: [],
      grants: [],
      blindSpots: [],
      assumptions: [],
      ...parts,
    };
  }

  result(parts: Partial<WorkspaceResult>): WorkspaceResult {
    return {
      files: Object.keys(this.#files).length,
      notAnalysed: [],
      deployables: [],
      findings: [],
      suppressed: [],
      baselined: 0,
      errors: [],
      factsDate: "2026-11",
      textOf: (file) => this.#files[file],
      ...parts,
    };
  }
}

export function googleScope(short: string): string {
  return `https://www.googleapis.com/auth/${short}`;
}

/** A server that reads mail and also asks for Drive: one finding, three tools, four calls. */
export function mailServer() {
  const build = new ResultBuilder({
    "src/auth.ts": [
      "export const SCOPES = [",
      "  'https://www.googleapis.com/auth/gmail.readonly',",
      "\t'https://www.googleapis.com/auth/drive.readonly',",
      "];",
      "",
    ].join("\n"),
    "src/server.ts": [
      'server.registerTool("list_mail", {}, () => gmail.users.messages.list({ userId }));',
      'server.registerTool("get_mail", {}, () => gmail.users.messages.get({ userId, id }));',
      'server.registerTool("list_labels", {}, () => gmail.users.labels.list({ userId }));',
      "gmail.users.getProfile({ userId });",
      "plugin.run(gmail);",
    ].join("\n"),
  });
  const reachedBy = (tool: string) => ({
    reachedBy: [
      {
        tool: `tool-${tool}`,
        agent: "agent-1",
        guard: null,
        trace: [{ place: build.place("src/server.ts", `"${tool}"`), label: tool }],
      },
    ],
  });
  const accesses = [
    build.access(
      "src/server.ts",
      "gmail.users.messages.list",
      "gmail.users.messages.list",
      ["gmail.readonly", "gmail.modify"],
      reachedBy("list_mail"),
    ),
    build.access(
      "src/server.ts",
      "gmail.users.messages.get",
      "gmail.users.messages.get",
      ["gmail.readonly", "gmail.modify"],
      reachedBy("get_mail"),
    ),
    build.access(
      "src/server.ts",
      "gmail.users.labels.list",
      "gmail.users.labels.list",
      ["gmail.labels", "gmail.readonly"],
      reachedBy("list_labels"),
    ),
    build.access("src/server.ts", "gmail.users.getProfile", "gmail.users.getProfile", ["gmail.readonly"]),
  ];
  const ids = accesses.map((access) => access.id);
  const tools = ["list_mail", "get_mail", "list_labels"].map((name, index) =>
    build.tool("src/server.ts", name, [ids[index]!], { agent: "agent-1" }),
  );
  const agents: Agent[] = [
    {
      id: "agent-1",
      name: "mail",
      kind: "server",
      place: build.place("src/server.ts", "server"),
      purpose: null,
      tools: tools.map((tool) => tool.id),
      coverage: "seen",
    },
  ];
  const drive = "'https://www.googleapis.com/auth/drive.readonly'";
  const unused = build.finding("src/auth.ts", drive, {
    message: "No call needs drive.readonly: gmail.readonly covers all 4 Google calls.",
    permission: googleScope("drive.readonly"),
    service: "google.drive",
    related: accesses.map((access) => ({
      place: access.place,
      message: `${access.operation} → gmail.readonly`,
    })),
    evidence: {
      used: ids,
      facts: [
        {
          operation: "gmail.users.messages.list",
          source: "googleapis 188.0.0",
          date: "2026-11-22",
        },
      ],
      narrowest: [[googleScope("gmail.readonly")]],
      cost: "sign in again; an old token keeps the scope until it is revoked",
      blindSpots: [],
      reason: "every call of the service was traced",
    },
    fixes: [
      {
        title: "Stop requesting drive.readonly (all 4 calls stay covered)",
        kind: "narrows",
        safe: true,
        edits: [{ ...build.place("src/auth.ts", `${drive},`), newText: "" }],
      },
    ],
  });
  const deployable = build.deployable({
    agents,
    tools,
    accesses,
    grants: [build.grant("src/auth.ts", "gmail.readonly"), build.grant("src/auth.ts", "drive.readonly")],
    blindSpots: [],
  });
  return {
    build,
    deployable,
    unused,
    result: build.result({ deployables: [deployable], findings: [unused] }),
  };
}
