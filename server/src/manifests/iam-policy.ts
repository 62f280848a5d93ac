import type { ManifestContent, ManifestKind } from "./manifest.ts";
import { readStatements } from "./policy-statements.ts";
import type { ManifestNode } from "./tree.ts";
import { at } from "./tree.ts";

/** A policy document of AWS in a file of its own, for whoever it is attached to. */
export const iamPolicy: ManifestKind = {
  id: "iam-policy",
  title: "IAM policy",
  marks: ['"Statement"', '"Effect"', '"Action"'],

  recognises: (root) => documentsOf(root).length > 0,

  read: (root, source): ManifestContent => ({
    grants: documentsOf(root).flatMap((document) =>
      readStatements(at(document, "Statement"), { list: "policy" }, source),
    ),
    needs: [],
    entries: [],
    isUnattached: true,
  }),
};

/** The file itself, or what the command line takes, `{ "PolicyDocument": … }`. */
function documentsOf(root: ManifestNode): ManifestNode[] {
  const document = at(root, "PolicyDocument") ?? root;
  const statements = statementsOf(at(document, "Statement"));
  return statements.length > 0 && statements.every(isOfWhoever) ? [document] : [];
}

function statementsOf(node: ManifestNode | undefined): readonly ManifestNode[] {
  return node?.kind === "list" ? node.items : node ? [node] : [];
}

/** Whom a bucket or a role trusts is no grant to the code beside it. */
function isOfWhoever(statement: ManifestNode): boolean {
  return at(statement, "Effect") !== undefined && !at(statement, "Principal") && !at(statement, "NotPrincipal");
}
