import type { NodeId } from "../../model/summary.ts";
import type { FunctionBuilder, ParameterBinding, VariableBinding } from "./function-builder.ts";

/** A variable of `owner`; `order` is its place among those that loops may declare afresh. */
export function newVariable(
  owner: FunctionBuilder,
  name: string,
  constant: boolean,
  order = owner.variables.length,
): VariableBinding {
  const variable: VariableBinding = {
    kind: "variable",
    owner,
    name: owner.uniqueName(name),
    constant,
    order,
    definitions: [],
    uses: [],
    assignedElsewhere: false,
  };
  owner.variables.push(variable);
  owner.variablesByName.set(variable.name, variable);
  return variable;
}

/** Gives a variable a new value, in the function that is being read, whoever declares it. */
export function assignVariable(current: FunctionBuilder, variable: VariableBinding, value: NodeId): void {
  if (variable.owner === current) {
    current.define(variable, value);
    return;
  }
  variable.definitions.push({ value, function: current.path });
  variable.assignedElsewhere = true;
  current.step({ kind: "assign", name: variable.name, function: variable.owner.path, value });
}

/** The variable a parameter becomes when it is first assigned; what was read of it until then is read from the variable. */
export function parameterVariable(parameter: ParameterBinding): VariableBinding {
  if (parameter.becomes) return parameter.becomes;
  const { owner } = parameter;
  const variable = newVariable(owner, parameter.name, false, -1);
  parameter.becomes = variable;
  if (parameter.type) variable.type = parameter.type;
  const span = owner.parameterSpans[parameter.index] ?? { start: owner.start, end: owner.start };
  variable.definitions.push({
    value: owner.add({ kind: "parameter", index: parameter.index }, span.start, span.end),
  });
  owner.initial(variable);
  for (const use of parameter.uses) {
    if (use.in !== owner) {
      use.in.nodes[use.node] = { kind: "variable", name: variable.name, function: owner.path };
      continue;
    }
    owner.nodes[use.node] = { kind: "variable", name: variable.name, definitions: [0] };
    owner.recordUse(variable, use.node);
  }
  return variable;
}
