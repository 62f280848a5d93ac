import type { NodeId } from "../../model/summary.ts";
import type { Syntax } from "./syntax.ts";
import { childOf, childrenOf, firstOfType } from "./syntax.ts";
import type { Walker } from "./walker.ts";

/** `import a`, `import a.b`, `import a.b as c`. */
export function importStatement(w: Walker, node: Syntax): void {
  for (const name of childrenOf(node, "name")) {
    const module = name.type === "aliased_import" ? childOf(name, "name") : name;
    if (!module) continue;
    const specifier = dottedName(module);
    const alias = name.type === "aliased_import" ? childOf(name, "alias") : undefined;
    const request = w.request(specifier, "import", module);
    if (alias) {
      w.assign(alias.text, w.add({ kind: "import", request, name: "*" }, module));
      continue;
    }
    const root = specifier.split(".")[0]!;
    if (root !== specifier) w.dotted.set(specifier, request);
    const first = root === specifier ? request : w.request(root, "import", module);
    w.assign(root, w.add({ kind: "import", request: first, name: "*" }, module));
  }
}

/** `from a import b`, `from . import b as c`, `from a import *`. */
export function importFrom(w: Walker, node: Syntax): void {
  const module = childOf(node, "module_name");
  if (!module) return;
  const specifier = module.type === "relative_import" ? relativeName(module) : dottedName(module);
  const request = w.request(specifier, "from", module);
  if (firstOfType(node, "wildcard_import")) {
    w.stars.push(request);
    if (w.function === w.module) w.exports.push({ kind: "from", name: "*", request, imported: "*" });
    return;
  }
  for (const name of childrenOf(node, "name")) {
    const imported = name.type === "aliased_import" ? childOf(name, "name") : name;
    const bound = name.type === "aliased_import" ? childOf(name, "alias") : name.children[0];
    if (!imported || !bound) continue;
    w.assign(bound.text, w.add({ kind: "import", request, name: dottedName(imported) }, name));
  }
}

/** A chain of names that `import a.b.c` made a way to a module: that module. */
export function dottedImport(w: Walker, node: Syntax): NodeId | undefined {
  if (w.dotted.size === 0) return undefined;
  const chain = chainOf(node);
  const request = chain && w.dotted.get(chain.join("."));
  if (request === undefined) return undefined;
  // Unless the first name means something else here.
  const binding = w.scope.find(chain![0]!);
  return binding?.kind === "variable" && binding.owner === w.module
    ? w.add({ kind: "import", request, name: "*" }, node)
    : undefined;
}

function chainOf(node: Syntax): string[] | undefined {
  if (node.type === "identifier") return [node.text];
  if (node.type !== "attribute") return undefined;
  const [object, name] = [childOf(node, "object"), childOf(node, "attribute")];
  const before = object && chainOf(object);
  return before && name ? [...before, name.text] : undefined;
}

function dottedName(node: Syntax): string {
  if (node.type === "identifier") return node.text;
  return node.children
    .filter((child) => child.named)
    .map((child) => child.text)
    .join(".");
}

/** `..a.b`, as written. */
function relativeName(node: Syntax): string {
  const dots = firstOfType(node, "import_prefix")?.children.length ?? 0;
  const name = firstOfType(node, "dotted_name");
  return ".".repeat(Math.max(dots, 1)) + (name ? dottedName(name) : "");
}
