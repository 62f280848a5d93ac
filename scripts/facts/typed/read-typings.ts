import { ts } from "ts-morph";

/**
 * Reads type declarations as a graph: which type a package exports under a name, and which type a member, a call or a
 * parameter of a callback gives. Names are enough for that; nothing is type-checked.
 */
export interface Typings {
  /** Name of an export → the type of its value; of a class, `new` gives it. */
  readonly exports: ReadonlyMap<string, string>;
  readonly types: ReadonlyMap<string, TypeShape>;
}

export interface TypeShape {
  readonly bases: readonly string[];
  /** Members that can be called. */
  readonly methods: ReadonlySet<string>;
  /** `keyboard`, `goto()`, `route(1→0)` → type; only what leads to a type of these declarations. */
  readonly leads: ReadonlyMap<string, string>;
}

interface Declared {
  readonly members: readonly (ts.TypeElement | ts.ClassElement)[];
  readonly bases: readonly string[];
}

/** `hidden`: leads of types that stand behind functions of types, which nobody evaluates here. */
export function readTypings(
  texts: readonly string[],
  hidden: Readonly<Record<string, Readonly<Record<string, string>>>> = {},
): Typings {
  const files = texts.map((text, at) => ts.createSourceFile(`${at}.d.ts`, text, ts.ScriptTarget.Latest, true));
  const declared = new Map<string, Declared>();
  const aliases = new Map<string, ts.TypeNode>();
  const functions = new Map<string, ts.FunctionDeclaration>();
  const values = new Map<string, ts.TypeNode>();
  const classes = new Set<string>();
  for (const file of files) visit(file);
  const scope = { declared, aliases };
  const types = new Map(
    [...declared].map(([name, one]) => [name, withHidden(shapeOf(name, one, scope), hidden[name])]),
  );
  const exports = new Map<string, string>([...classes].map((name) => [name, name]));
  for (const [name, type] of values) {
    const of = referred(type, scope, "");
    if (of !== undefined) exports.set(name, of);
  }
  return { exports, types };

  function visit(node: ts.Node): void {
    if (ts.isInterfaceDeclaration(node) || ts.isClassDeclaration(node)) declare(node);
    else if (ts.isTypeAliasDeclaration(node)) aliases.set(node.name.text, node.type);
    else if (ts.isFunctionDeclaration(node) && node.name) functions.set(node.name.text, node);
    else if (ts.isVariableStatement(node))
      for (const { name, type } of node.declarationList.declarations)
        if (ts.isIdentifier(name) && type) values.set(name.text, type);
    ts.forEachChild(node, (child) => {
      if (ts.isModuleBlock(node) || ts.isSourceFile(node) || ts.isModuleDeclaration(node)) visit(child);
    });
  }

  function declare(node: ts.InterfaceDeclaration | ts.ClassDeclaration): void {
    const name = node.name?.text;
    if (name === undefined) return;
    if (ts.isClassDeclaration(node)) classes.add(name);
    const bases = (node.heritageClauses ?? [])
      .filter(({ token }) => token === ts.SyntaxKind.ExtendsKeyword)
      .flatMap(({ types: heritage }) => heritage.map(({ expression }) => expression.getText().split(".").at(-1)!));
    const known = declared.get(name);
    declared.set(name, {
      members: [...(known?.members ?? []), ...node.members],
      bases: [...new Set([...(known?.bases ?? []), ...bases])],
    });
  }
}

function withHidden(shape: TypeShape, hidden: Readonly<Record<string, string>> | undefined): TypeShape {
  return hidden ? { ...shape, leads: new Map([...shape.leads, ...Object.entries(hidden)]) } : shape;
}

interface Scope {
  readonly declared: ReadonlyMap<string, Declared>;
  readonly aliases: ReadonlyMap<string, ts.TypeNode>;
}

function shapeOf(self: string, { members, bases }: Declared, scope: Scope): TypeShape {
  const methods = new Set<string>();
  const leads = new Map<string, string>();
  const lead = (key: string, type: ts.TypeNode | undefined): void => {
    const found = type && referred(type, scope, self);
    if (found !== undefined && !leads.has(key)) leads.set(key, found);
  };
  const callable = (name: string, signature: ts.SignatureDeclaration): void => {
    methods.add(name);
    lead(`${name}()`, signature.type);
    signature.parameters.forEach((parameter, argument) => {
      const callback = parameter.type && functionOf(parameter.type, scope);
      callback?.parameters.forEach(({ type }, at) => lead(`${name}(${argument}→${at})`, type));
    });
  };
  for (const member of members) {
    if (isHidden(member)) continue;
    const name =
      member.name && (ts.isIdentifier(member.name) || ts.isStringLiteral(member.name)) ? member.name.text : undefined;
    if (name === undefined) continue;
    if (ts.isMethodSignature(member) || ts.isMethodDeclaration(member)) callable(name, member);
    else if (ts.isGetAccessorDeclaration(member)) lead(name, member.type);
    else if (ts.isPropertySignature(member) || ts.isPropertyDeclaration(member)) {
      const signature = member.type && functionOf(member.type, scope);
      if (signature) callable(name, signature);
      else lead(name, member.type);
    }
  }
  return { bases: bases.filter((base) => scope.declared.has(base)), methods, leads };
}

function isHidden(member: ts.TypeElement | ts.ClassElement): boolean {
  const modifiers = ts.canHaveModifiers(member) ? (ts.getModifiers(member) ?? []) : [];
  return modifiers.some(({ kind }) => kind === ts.SyntaxKind.PrivateKeyword || kind === ts.SyntaxKind.ProtectedKeyword);
}

function functionOf(type: ts.TypeNode, scope: Scope, depth = 0): ts.SignatureDeclaration | undefined {
  if (depth > 8) return undefined;
  if (ts.isFunctionTypeNode(type)) return type;
  if (ts.isParenthesizedTypeNode(type)) return functionOf(type.type, scope, depth + 1);
  if (ts.isUnionTypeNode(type)) return type.types.map((one) => functionOf(one, scope, depth + 1)).find(Boolean);
  if (ts.isTypeReferenceNode(type)) {
    const alias = scope.aliases.get(type.typeName.getText());
    return alias && functionOf(alias, scope, depth + 1);
  }
  return undefined;
}

/** Types that give what they hold: promises and lists are seen through. */
const SEEN_THROUGH = new Set(
  "Array Awaited AsyncGenerator AsyncIterable AsyncIterableIterator Iterable NonNullable Partial Promise PromiseLike Readonly ReadonlyArray Required Set".split(
    " ",
  ),
);

/** The declared type behind a written one, if there is one and no other. */
function referred(type: ts.TypeNode, scope: Scope, self: string, depth = 0): string | undefined {
  if (depth > 12) return undefined;
  const of = (inner: ts.TypeNode | undefined) => inner && referred(inner, scope, self, depth + 1);
  if (ts.isThisTypeNode(type)) return self;
  if (ts.isArrayTypeNode(type)) return of(type.elementType);
  if (ts.isParenthesizedTypeNode(type)) return of(type.type);
  if (ts.isTypeOperatorNode(type)) return of(type.type);
  if (ts.isUnionTypeNode(type) || ts.isIntersectionTypeNode(type)) {
    const found = new Set(type.types.map(of).filter((name) => name !== undefined));
    return found.size === 1 || ts.isIntersectionTypeNode(type) ? [...found][0] : undefined;
  }
  if (!ts.isTypeReferenceNode(type)) return undefined;
  const name = type.typeName.getText().replace(/\$\d+$/, "");
  if (SEEN_THROUGH.has(name)) return of(type.typeArguments?.[0]);
  if (scope.declared.has(name)) return name;
  const alias = scope.aliases.get(name);
  return alias && of(alias);
}
