import type { FunctionSummary } from "../model/summary.ts";
import { NO_ARGUMENTS } from "../trace/arguments.ts";
import type { Frame } from "../trace/frames.ts";
import type { Interpreter } from "../trace/interpreter.ts";
import type { ValueSet } from "../trace/values.ts";
import { Catalogue } from "./catalogue.ts";
import type { Framework, FrameworkAdapter } from "./framework.ts";
import { docText, functionsOf } from "./python-functions.ts";

/**
 * Functions of AWS Lambda in Python: `def lambda_handler(event, context)` at the top of a module, or `handler` with the same two
 * parameters. Nothing in the code says more; the setting that names the function stands in a manifest. It is called as that
 * setting calls it: `app.lambda_handler`.
 */
export const lambdaPython: Framework = {
  id: "lambda-python",
  triggers: ["lambda_handler"],
  create: () => new LambdaPythonAdapter(),
};

const NAMES = new Set(["lambda_handler", "handler"]);

class LambdaPythonAdapter implements FrameworkAdapter {
  readonly framework = "lambda-python";
  private readonly found = new Catalogue(this.framework);
  private readonly seen = new Set<string>();

  observe(): undefined {
    return undefined;
  }

  definitions() {
    return this.found.definitions();
  }

  /** No call tells of them: each module is looked at once it has run. */
  settle(trace: Interpreter): boolean {
    let started = false;
    for (const body of trace.frames.filter(({ function: of, language }) => of.path === "" && language === "python")) {
      if (this.seen.has(body.file)) continue;
      this.seen.add(body.file);
      for (const summary of trace.program.module(body.file)?.functions.values() ?? [])
        if (isHandler(summary)) started = this.start(summary, body, trace) || started;
    }
    return started;
  }

  private start(summary: FunctionSummary, body: Frame, trace: Interpreter): boolean {
    const node = body.function.nodes.findIndex((one) => one.kind === "function" && one.function === summary.path);
    const handler = handlerOf(summary, body, trace);
    const module = body.file.replace(/^.*\//, "").replace(/\.py$/, "");
    const name = trace.values.text([{ text: `${module}.${summary.name}`, offset: -1 }]);
    const at = { frame: body, node: Math.max(node, 0) };
    const agent = this.found.agent(body.file, "function", at);
    const unknown = trace.values.unknown("what a function of Lambda is called with");
    const given = { ...NO_ARGUMENTS, positional: [[unknown], [unknown]] };
    this.found.tool(trace, { name, agent, handler, at, description: docText(trace, summary) }, given);
    return true;
  }
}

function isHandler({ name, parent, owner, kind, parameters }: FunctionSummary): boolean {
  return (
    kind === "function" &&
    parent === "" &&
    owner === undefined &&
    NAMES.has(name) &&
    parameters.length === 2 &&
    /^_*event$/.test(parameters[0]!.name) &&
    /^_*(?:context|ctx)$/.test(parameters[1]!.name)
  );
}

/** What the name stands for when the module has run; the function as it is written, where a package decorates it. */
function handlerOf(summary: FunctionSummary, body: Frame, trace: Interpreter): ValueSet {
  const exported = trace.program.export(body.file, summary.name);
  const values = exported.kind === "node" ? functionsOf(trace.nodeOf(body, exported.node, body)) : [];
  return values.length > 0 ? values : [trace.values.closure(body.file, summary.path, body)];
}
