import type { ts } from "ts-morph";
import { SyntaxKind, isNumericLiteral, isStringLiteralLike } from "./syntax.ts";

/** The text of a property name that is constant: `a`, `"a"`, `1`, `["a"]`, `#a`. */
export function constantKey(name: ts.PropertyName | ts.BindingName): string | undefined {
  switch (name.kind) {
    case SyntaxKind.Identifier:
    case SyntaxKind.PrivateIdentifier:
    case SyntaxKind.StringLiteral:
    case SyntaxKind.NoSubstitutionTemplateLiteral:
    case SyntaxKind.NumericLiteral:
      return (name as ts.Identifier).text;
    case SyntaxKind.ComputedPropertyName: {
      const { expression } = name;
      return isStringLiteralLike(expression) || isNumericLiteral(expression) ? expression.text : undefined;
    }
    default:
      return undefined;
  }
}
