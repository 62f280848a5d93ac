import type { ts } from "ts-morph";
import type { Argument, NodeId } from "../../model/summary.ts";
import { argumentsOf, callNode } from "./calls.ts";
import { awaited, expression } from "./expressions.ts";
import { lowerFunction } from "./functions.ts";
import { declareStatements, declareVars } from "./hoisting.ts";
import { statements } from "./statements.ts";
import type { Walker } from "./walker.ts";
import {
  isArrayLiteralExpression,
  isFunctionExpression,
  isIdentifier,
  isNumericLiteral,
  isPropertyAccessExpression,
} from "./syntax.ts";

/**
 * What compilers make of `async`: `__awaiter(this, void 0, void 0, function* () {…})` is an async closure that is called at
 * once; its `yield` is an `await`. `__generator(this, function (_a) {…})` is the same a step further down, a state machine.
 */
export function downLevelledAsync(w: Walker, call: ts.CallExpression, name: string | undefined): NodeId | undefined {
  if (name === undefined || !name.startsWith("_")) return undefined;
  const last = call.arguments[call.arguments.length - 1];
  if (!last || !isFunctionExpression(last)) return undefined;
  switch (name) {
    case "__awaiter":
    case "__async":
      return callNode(
        w,
        { callee: asyncClosure(w, last, true), arguments: passedOn(w, call.arguments[1], last) },
        call,
      );
    case "_asyncToGenerator":
    case "_async_to_generator":
      return last.asteriskToken ? asyncClosure(w, last, false) : undefined;
    case "__generator":
      return callNode(w, { callee: stateMachine(w, last), arguments: [] }, call);
    default:
      return undefined;
  }
}

function asyncClosure(w: Walker, node: ts.FunctionExpression, lexicalReceiver: boolean): NodeId {
  const path = w.functionPath(w.pathOf("<async>"));
  const value = w.add({ kind: "function", function: path }, node);
  const heading = {
    path,
    name: "<async>",
    kind: "function" as const,
    parent: w.function.path,
    async: true,
    ...(lexicalReceiver && { lexicalReceiver }),
  };
  lowerFunction(w, node, heading, node, true);
  return value;
}

/** The closure's own parameters get a list, or the `arguments` of the function around it. */
function passedOn(w: Walker, given: ts.Expression | undefined, node: ts.FunctionExpression): Argument[] {
  if (!given || node.parameters.length === 0) return [];
  if (isArrayLiteralExpression(given)) return argumentsOf(w, given.elements);
  if (!isIdentifier(given) || given.text !== "arguments") return [];
  return w.function.parameters.map((_, index) => ({ value: w.add({ kind: "parameter", index }, given) }));
}

function stateMachine(w: Walker, node: ts.FunctionExpression): NodeId {
  const path = w.functionPath(w.pathOf("<generator>"));
  const value = w.add({ kind: "function", function: path }, node);
  const state = node.parameters[0]?.name;
  const span = { start: w.startOf(node), end: node.end };
  w.inFunction(
    { path, name: "<generator>", kind: "function", parent: w.function.path, async: true, lexicalReceiver: true },
    span,
    (built) => {
      built.machine = { state: state && isIdentifier(state) ? state.text : "", sent: undefined };
      declareVars(w, node.body.statements);
      declareStatements(w, node.body.statements);
      built.repeat(() => statements(w, node.body.statements));
    },
  );
  return value;
}

/** The clauses of `switch (_a.label)` are simply what comes one after the other: the jumps between them are not followed. */
export function machineSwitch(w: Walker, node: ts.SwitchStatement): boolean {
  const { machine } = w.function;
  if (!machine || !isState(w, node.expression, "label")) return false;
  for (const clause of node.caseBlock.clauses) {
    w.function.live = true;
    w.function.guard = undefined;
    statements(w, clause.statements);
  }
  return true;
}

/** `return [4, x]` awaits, `return [2, x]` returns, the others jump. */
export function machineReturn(w: Walker, node: ts.ReturnStatement): boolean {
  const { machine } = w.function;
  if (!machine || !node.expression || !isArrayLiteralExpression(node.expression)) return false;
  const [operation, operand] = node.expression.elements;
  if (!operation || !isNumericLiteral(operation)) return false;
  if (operation.text === "4" && operand) machine.sent = awaited(w, expression(w, operand), node);
  if (operation.text === "2") w.function.step({ kind: "return", ...(operand && { value: expression(w, operand) }) });
  return true;
}

/** `_a.sent()` is what the last `await` gave; `_a.trys.push(…)` is bookkeeping. */
export function machineCall(w: Walker, call: ts.CallExpression): NodeId | undefined {
  const { machine } = w.function;
  if (!machine) return undefined;
  if (isState(w, call.expression, "sent")) return machine.sent ?? w.add({ kind: "undefined" }, call);
  const callee = call.expression;
  if (isPropertyAccessExpression(callee) && isState(w, callee.expression, "trys"))
    return w.add({ kind: "undefined" }, call);
  return undefined;
}

/** Whether an expression is the state machine's own `name`. */
export function isState(w: Walker, node: ts.Expression, name: string): boolean {
  return (
    isPropertyAccessExpression(node) &&
    node.name.text === name &&
    isIdentifier(node.expression) &&
    node.expression.text === w.function.machine?.state
  );
}
