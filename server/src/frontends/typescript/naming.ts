import type { ts } from "ts-morph";
import { constantKey } from "./keys.ts";
import { isElementAccessExpression, isIdentifier, isPropertyAccessExpression, isStringLiteralLike } from "./syntax.ts";

/** What a nameless function or class is called by: the variable or property it is written into. */
export interface Naming {
  /** Part of the declaration path, `handlers.list`. */
  readonly segment: string;
  readonly name: string;
  /** The declaration whose doc comment speaks of it. */
  readonly documented?: ts.Node;
}

/** Naming by the target of an assignment: a variable's name or the last property. */
export function namingOf(target: ts.Node, documented?: ts.Node): Naming | undefined {
  const name = isIdentifier(target)
    ? target.text
    : isPropertyAccessExpression(target)
      ? target.name.text
      : isElementAccessExpression(target) && isStringLiteralLike(target.argumentExpression)
        ? target.argumentExpression.text
        : undefined;
  return name === undefined ? undefined : { segment: name, name, documented };
}

/** Naming of a property of an object that has one itself. */
export function memberNaming(outer: Naming | undefined, key: ts.PropertyName, documented: ts.Node): Naming | undefined {
  const name = constantKey(key);
  if (name === undefined) return undefined;
  return { segment: outer ? `${outer.segment}.${name}` : name, name, documented };
}
