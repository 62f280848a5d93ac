import { ts } from "ts-morph";

/** The text of a property name that is constant: `a`, `"a"`, `1`, `["a"]`, `#a`. */
export function constantKey(name: ts.PropertyName | ts.BindingName): string | undefined {
  switch (name.kind) {
    case ts.SyntaxKind.Identifier:
    case ts.SyntaxKind.PrivateIdentifier:
    case ts.SyntaxKind.StringLiteral:
    case ts.SyntaxKind.NoSubstitutionTemplateLiteral:
    case ts.SyntaxKind.NumericLiteral:
      return (name as ts.Identifier).text;
    case ts.SyntaxKind.ComputedPropertyName: {
      const { expression } = name as ts.ComputedPropertyName;
      return ts.isStringLiteralLike(expression) || ts.isNumericLiteral(expression) ? expression.text : undefined;
    }
    default:
      return undefined;
  }
}
