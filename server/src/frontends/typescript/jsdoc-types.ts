import type { ts } from "ts-morph";
import type { Walker } from "./walker.ts";
import { isIdentifier, isJSDocParameterTag, isJSDocReturnTag, isJSDocTypeLiteral, isJSDocTypeTag } from "./syntax.ts";

/** What the doc comment of a JavaScript declaration says of types. */
export interface CommentTypes {
  readonly type?: ts.TypeNode;
  readonly returns?: ts.TypeNode;
  readonly parameters: ReadonlyMap<string, ts.TypeNode>;
}

/** Whether a file's comments are worth parsing for types. */
export function mayHaveCommentTypes(text: string): boolean {
  return /@(?:param|type|returns?)\s*\{/.test(text);
}

export function jsdocOf(w: Walker, node: ts.Node): CommentTypes | undefined {
  const comments = (node as { readonly jsDoc?: readonly ts.JSDoc[] }).jsDoc;
  if (!comments || !w.javascript) return undefined;
  const parameters = new Map<string, ts.TypeNode>();
  let type: ts.TypeNode | undefined;
  let returns: ts.TypeNode | undefined;
  for (const tag of comments.flatMap((comment) => comment.tags ?? [])) {
    if (
      isJSDocParameterTag(tag) &&
      isIdentifier(tag.name) &&
      tag.typeExpression &&
      !isJSDocTypeLiteral(tag.typeExpression)
    ) {
      parameters.set(tag.name.text, tag.typeExpression.type);
    } else if (isJSDocTypeTag(tag)) type = tag.typeExpression.type;
    else if (isJSDocReturnTag(tag)) returns = tag.typeExpression?.type;
  }
  return { type, returns, parameters };
}
