import type {
  Argument,
  FunctionSummary,
  GuardId,
  ModuleSummary,
  NodeId,
  Step,
  TypePath,
} from "../../server/src/model/summary.ts";
import { summariseTypeScript } from "../../server/src/frontends/typescript/summarise.ts";

/** The steps of one function of a source text, as lines of pseudo-code; the module body by default. */
export function stepsOf(source: string, path = "", file = "a.ts"): string[] {
  return new FunctionPrinter(functionOf(summaryOf(source, file), path)).steps();
}

export function summaryOf(source: string, file = "a.ts"): ModuleSummary {
  return summariseTypeScript(file, source).summary;
}

export function functionOf(summary: ModuleSummary, path: string): FunctionSummary {
  const found = summary.functions.find((f) => f.path === path);
  if (!found) throw new Error(`no function "${path}"; there are: ${summary.functions.map((f) => f.path).join(", ")}`);
  return found;
}

/** The exports of a source text: `name = value`. */
export function exportsOf(source: string, file = "a.ts"): string[] {
  const summary = summaryOf(source, file);
  return summary.exports.map((e) => {
    if (e.kind === "from") return `${e.name} = ${e.imported} of ${summary.requests[e.request]!.specifier}`;
    const value = new FunctionPrinter(functionOf(summary, e.function ?? "")).value(e.value);
    const where = e.function ? ` in ${e.function}` : "";
    return e.kind === "whole" ? `whole = ${value}${where}` : `${e.name} = ${value}${where}`;
  });
}

/** The variables of a function with the values they are given. */
export function variablesOf(source: string, path = "", file = "a.ts"): string[] {
  const summary = summaryOf(source, file);
  const owner = functionOf(summary, path);
  return owner.variables.map((v) => {
    const values = v.definitions.map((d) => {
      const value = new FunctionPrinter(functionOf(summary, d.function ?? path)).value(d.value);
      return d.function === undefined ? value : `${value} in ${d.function}`;
    });
    return `${v.constant ? "const" : "let"} ${v.name}${v.type ? `: ${typeText(v.type)}` : ""} = ${values.join(" | ")}`;
  });
}

export function typeText(type: TypePath): string {
  const root =
    type.root.kind === "import"
      ? `import(${type.root.request}).${type.root.name}`
      : type.root.kind === "class"
        ? `class ${type.root.class}`
        : type.root.kind === "literals"
          ? type.root.values.map((v) => JSON.stringify(v)).join(" | ")
          : type.root.kind === "local"
            ? `local ${type.root.name}`
            : type.root.name;
  const held = type.arguments ? `<${type.arguments.map(typeText).join(", ")}>` : "";
  return [root, ...type.path].join(".") + held;
}

/** Prints nodes as expressions; calls, which are steps of their own, by their number. */
export class FunctionPrinter {
  private readonly summary: FunctionSummary;
  private readonly calls: NodeId[];

  constructor(summary: FunctionSummary) {
    this.summary = summary;
    this.calls = summary.steps.flatMap((s) => (s.kind === "call" ? [s.node] : []));
  }

  steps(): string[] {
    return this.summary.steps.map(
      (step) => this.step(step) + (step.guard === undefined ? "" : ` ${this.guard(step.guard)}`),
    );
  }

  private step(step: Step): string {
    switch (step.kind) {
      case "call":
        return `%${this.calls.indexOf(step.node) + 1} = ${this.call(step.node)}`;
      case "set":
        return `${this.value(step.target)} := ${this.value(step.value)}`;
      case "delete":
        return `delete ${this.value(step.target)}`;
      case "assign":
        return `${step.function === undefined ? "global " : step.function === "" ? "module " : `${step.function} `}${step.name} := ${this.value(step.value)}`;
      case "return":
      case "throw":
        return step.value === undefined ? step.kind : `${step.kind} ${this.value(step.value)}`;
      case "yield":
        return `yield ${this.value(step.value)}`;
    }
  }

  private guard(id: GuardId): string {
    const guard = this.summary.guards[id]!;
    const outer = guard.parent === undefined ? "" : ` ${this.guard(guard.parent)}`;
    const list = (nodes: readonly NodeId[]): string => nodes.map((n) => this.value(n)).join(", ");
    switch (guard.kind) {
      case "if":
        return `if ${guard.when ? "" : "not "}${this.value(guard.condition)}${outer}`;
      case "case":
        return `case ${this.value(guard.subject)} of ${guard.otherwise ? `none of ${list(guard.otherwise)}` : list(guard.tests)}${outer}`;
      case "loop":
        return `loop${guard.over === undefined ? "" : ` over ${this.value(guard.over)}`}${outer}`;
      case "catch":
        return `catch${outer}`;
    }
  }

  private call(id: NodeId): string {
    const node = this.summary.nodes[id]!;
    if (node.kind !== "call") throw new Error(`node ${id} is no call`);
    const form = node.form === undefined ? "" : `${node.form} `;
    return `${form}${this.value(node.callee)}${node.optional ? "?." : ""}(${node.arguments.map((a) => this.argument(a)).join(", ")})`;
  }

  private argument(argument: Argument): string {
    return `${argument.spread ? "..." : ""}${this.value(argument.value)}`;
  }

  value(id: NodeId): string {
    const node = this.summary.nodes[id];
    if (!node) throw new Error(`no node ${id}`);
    const text = (n: NodeId): string => this.value(n);
    switch (node.kind) {
      case "literal":
        return JSON.stringify(node.value);
      case "undefined":
        return "undefined";
      case "pattern":
        return node.source;
      case "template":
        return `\`${node.parts.map((p) => (typeof p === "string" ? p : `\${${text(p)}}`)).join("")}\``;
      case "operation":
        return node.operands.length === 1
          ? `${node.operator} ${text(node.operands[0]!)}`
          : `(${node.operands.map(text).join(` ${node.operator} `)})`;
      case "conditional":
        return `(${text(node.condition)} ? ${text(node.then)} : ${text(node.otherwise)})`;
      case "logical":
        return `(${text(node.left)} ${node.operator}${node.undefinedOnly ? "undefined" : ""} ${text(node.right)})`;
      case "variable": {
        const owner = node.function === undefined ? "" : node.function === "" ? "module " : `${node.function} `;
        return `${owner}${node.name}${node.definitions ? `@${node.definitions.join(",")}` : ""}`;
      }
      case "parameter":
        return `${node.function === undefined ? "" : `${node.function} `}$${node.index}`;
      case "receiver":
        return "this";
      case "arguments":
        return "arguments";
      case "base":
        return "super";
      case "import":
        return `import(${node.request}).${node.name}`;
      case "global":
        return node.name;
      case "member":
        return `${text(node.of)}.${node.name}`;
      case "index":
        return `${text(node.of)}[${text(node.key)}]`;
      case "element":
        return `${node.keys ? "key" : "element"} of ${text(node.of)}`;
      case "rest":
        return `rest of ${text(node.of)} without ${node.skip === undefined ? node.without.join(", ") : `the first ${node.skip}`}`;
      case "object":
        return `{${node.entries.map((e) => ("spread" in e ? `...${text(e.spread)}` : "key" in e ? `${e.accessor ? `${e.accessor} ` : ""}${e.key}: ${text(e.value)}` : `[${text(e.computed)}]: ${text(e.value)}`)).join(", ")}}`;
      case "list":
        return `[${node.items.map((i) => (typeof i === "number" ? text(i) : `...${text(i.spread)}`)).join(", ")}]`;
      case "function":
        return `function ${node.function}`;
      case "class":
        return `class ${node.class}`;
      case "call":
        return `%${this.calls.indexOf(id) + 1}`;
      case "await":
        return `await ${text(node.of)}`;
      case "yield":
        return `yield ${text(node.of)}`;
      case "enter":
        return `enter ${text(node.of)}`;
      case "typed":
        return `(${text(node.of)} as ${typeText(node.type)})`;
      case "unknown":
        return `<${node.reason}${node.of ? `: ${node.of.map(text).join(", ")}` : ""}>`;
    }
  }
}
