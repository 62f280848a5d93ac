import type { ExternalCall } from "../../trace/external-call.ts";
import type { Interpreter } from "../../trace/interpreter.ts";
import type { ValueSet } from "../../trace/values.ts";

/** Commands that were made and handed to something, a client or what nobody can follow. One that is only made asks for nothing. */
const handed = new WeakMap<Interpreter, ReadonlySet<ExternalCall> | "any">();

/** How deep in lists and objects a command is looked for. */
const DEEPEST = 2;

/** Whether a command that was made goes anywhere. Asked of a trace that has settled. */
export function isHanded(command: ExternalCall, trace: Interpreter): boolean {
  let known = handed.get(trace);
  if (known === undefined) handed.set(trace, (known = allHanded(trace)));
  return known === "any" || known.has(command.representative);
}

/** `any`: something is sent and it is not known what. */
function allHanded(trace: Interpreter): ReadonlySet<ExternalCall> | "any" {
  const found = new Set<ExternalCall>();
  const sends = trace.calls.filter(
    ({ callee }) => callee.package.startsWith("@aws-sdk/") && callee.path.endsWith(".send"),
  );
  if (sends.some((call) => call.argument(0).some((value) => value.kind === "unknown"))) return "any";
  const visit = (values: ValueSet, depth: number): void => {
    for (const value of values) {
      if (value.kind === "external") {
        const { step } = value;
        if (step?.kind === "new" && step.call) found.add(step.call);
      } else if (value.kind === "object" && depth > 0) {
        for (const cell of [...value.object.fields.values(), value.object.rest]) visit(cell.values, depth - 1);
      }
    }
  };
  for (const call of trace.calls) {
    for (const values of [...call.arguments, ...call.named.values()]) visit(values, DEEPEST);
    visit(call.returned, DEEPEST);
  }
  for (const lost of [...trace.unknownCalls.values(), ...trace.unknownStores.values()]) visit(lost.arguments, DEEPEST);
  return found;
}
