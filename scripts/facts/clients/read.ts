import { parsePython } from "../../../server/src/frontends/python/grammar.ts";
import type { Syntax } from "../../../server/src/frontends/python/syntax.ts";
import { childOf, namedChildren } from "../../../server/src/frontends/python/syntax.ts";
import type { Alternatives, Names } from "./texts.ts";
import { sourceOf, textsOf } from "./texts.ts";

/** How a library sends requests, in the words of its own source. */
export interface RequestStyle {
  /** Calls that send. */
  readonly senders: readonly Sender[];
  /** Calls that put an address together: a pattern of the call, and the text with `{}` for the first argument. */
  readonly addresses?: readonly (readonly [call: RegExp, text: string])[];
  /** Fields that hold texts; `<self>` stands for the path of the object, as its constructor names it. */
  readonly texts?: Readonly<Record<string, string>>;
  /** Constructors of bases whose requests go below another path. */
  readonly paths?: readonly (readonly [call: string, path: string])[];
  /** Fields that hold objects of the library: `self.client` → `HTTPClient`. */
  readonly fields?: Readonly<Record<string, string>>;
  /** What a method without a request that is known must not hold, if it is to send nothing. */
  readonly touches?: RegExp;
  /** Lines of docstrings that say what a method sends; then nothing else is read. */
  readonly documented?: RegExp;
  /** Lists and pages of the library: what stands in brackets behind them is what they hold. */
  readonly lists: readonly string[];
}

export interface Sender {
  /** A pattern of the call, without white space. */
  readonly call: RegExp;
  /** A verb, or where it stands among the arguments. */
  readonly verb: string | number;
  /** Position and name of the address; `class`: the argument is a class, whose constructor names it. */
  readonly address: number;
  readonly name?: string;
  readonly class?: true;
  readonly prefix?: string;
}

export interface LibraryClass {
  readonly name: string;
  readonly bases: readonly string[];
  /** What `<self>` stands for. */
  readonly path: string | undefined;
  /** `user`, `get_issue()` → the type it gives, as it is annotated. */
  readonly leads: ReadonlyMap<string, string>;
  readonly methods: ReadonlyMap<string, LibraryMethod>;
}

export interface LibraryMethod {
  /** `GET /repos/{}/{}`; null where one is not known. */
  readonly requests: ReadonlySet<string> | null;
  /** Other methods that it calls: type and name. `self` is the type it is called on, `super` the bases of its own. */
  readonly calls: readonly (readonly [type: string, method: string])[];
}

/** Reads the classes of a library's files: what their methods send, and what they give. */
export function readLibrary(files: ReadonlyMap<string, string>, style: RequestStyle): Map<string, LibraryClass> {
  const parsed = [...files.values()].map((source) => ({ source, root: parsePython(source).root }));
  const constants = new Map<string, Alternatives>();
  for (const { source, root } of parsed) {
    const names: Names = { source, locals: constants, constants, called: () => undefined };
    for (const statement of namedChildren(root)) assign(namedChildren(statement)[0], names);
  }
  for (const [name, text] of Object.entries(style.texts ?? {})) constants.set(name, [text]);
  const found = parsed.flatMap(({ source, root }) => classesOf(root).map((node) => ({ source, node })));
  const known = new Set(found.map(({ node }) => childOf(node, "name")!.text));
  const classes = new Map<string, LibraryClass>();
  const paths = new Map(
    found.flatMap(({ source, node }) => constructedPath(node, source, constants, style.paths ?? [])),
  );
  for (const { source, node } of found) {
    const read = new ClassReader(source, node, { style, constants, known, paths }).read();
    // Alternatives under `if TYPE_CHECKING` come first and are empty.
    if ((classes.get(read.name)?.methods.size ?? 0) <= read.methods.size) classes.set(read.name, read);
  }
  return classes;
}

function classesOf(node: Syntax): Syntax[] {
  return namedChildren(node).flatMap((child) =>
    child.type === "class_definition"
      ? [child]
      : ["decorated_definition", "if_statement", "block"].includes(child.type)
        ? classesOf(child)
        : [],
  );
}

/** `Resource.__init__(self, "issue/{0}", …)`: what its requests are sent to; below `"{server}/rest/agile/1.0/{path}"`, if that is said. */
function constructedPath(
  node: Syntax,
  source: string,
  constants: ReadonlyMap<string, Alternatives>,
  paths: NonNullable<RequestStyle["paths"]>,
): (readonly [string, Alternatives])[] {
  const call = descendants(node).find(
    (one) => one.type === "call" && /^\w+\.__init__$/.test(sourceOf(childOf(one, "function")!, { source })),
  );
  const path = call && argumentOf(call, 1);
  if (path?.type !== "string") return [];
  const names: Names = { source, locals: new Map(), constants, called: () => undefined };
  const base = paths.find(([callee]) => sourceOf(call!, names).startsWith(callee))?.[1] ?? baseOf(call!, names);
  const texts = textsOf(path, names).map((text) => base + text.replaceAll(/\{\w+\}/g, "{}"));
  return [[childOf(node, "name")!.text, texts]];
}

function baseOf(call: Syntax, names: Names): string {
  const given = argumentOf(call, 4);
  const base = given?.type === "string" ? textsOf(given, names)[0]! : "";
  return /^\{server\}(.*)\{path\}$/.exec(base)?.[1] ?? "";
}

interface Library {
  readonly style: RequestStyle;
  readonly constants: ReadonlyMap<string, Alternatives>;
  readonly known: ReadonlySet<string>;
  readonly paths: ReadonlyMap<string, Alternatives>;
}

class ClassReader {
  private readonly leads = new Map<string, string>();
  private readonly methods = new Map<string, LibraryMethod>();
  private readonly name: string;
  readonly source: string;
  private readonly node: Syntax;
  private readonly library: Library;

  constructor(source: string, node: Syntax, library: Library) {
    this.source = source;
    this.node = node;
    this.library = library;
    this.name = childOf(node, "name")!.text;
  }

  read(): LibraryClass {
    const bases = namedChildren(childOf(this.node, "superclasses") ?? { ...this.node, children: [] })
      .map((base) => sourceOf(base, this).replace(/\[.*$/, "").split(".").at(-1)!)
      .filter((base) => this.library.known.has(base));
    for (const statement of namedChildren(childOf(this.node, "body")!)) this.member(statement);
    const path = this.library.paths.get(this.name)?.[0];
    return { name: this.name, bases, path, leads: this.leads, methods: this.methods };
  }

  private member(statement: Syntax): void {
    const definition = statement.type === "decorated_definition" ? childOf(statement, "definition")! : statement;
    const decorators = namedChildren(statement)
      .filter(({ type }) => type === "decorator")
      .map((one) => sourceOf(one, this));
    if (definition.type !== "function_definition" || decorators.some((one) => /overload|\.setter/.test(one))) return;
    const name = childOf(definition, "name")!.text;
    const isProperty = decorators.some((one) => /^@(?:\w+\.)?(?:cached_)?property$/.test(one));
    // What `with` binds is no iterator, though the function is one that gives it.
    const isContext = decorators.some((one) => one.includes("contextmanager"));
    const given = this.typeIn(childOf(definition, "return_type"))?.replace(isContext ? /\[\]$/ : /$^/, "");
    if (given !== undefined) this.leads.set(isProperty ? name : `${name}()`, given);
    if (!isProperty) this.methods.set(name, this.method(definition));
  }

  /** The first type of the library that an annotation names; `[]` behind it for a list. */
  private typeIn(annotation: Syntax | undefined): string | undefined {
    if (!annotation) return undefined;
    const text = sourceOf(annotation, this).replaceAll(/["']/g, "");
    const names = [...text.matchAll(/[\w.]+/g)].map(([name]) => name.split(".").at(-1)!);
    const { known, style } = this.library;
    const at = names.findIndex((name) => name === "Self" || (known.has(name) && !style.lists.includes(name)));
    if (at < 0) return undefined;
    const isList = names.slice(0, at).some((name) => style.lists.includes(name));
    return (names[at] === "Self" ? this.name : names[at]!) + (isList ? "[]" : "");
  }

  private method(definition: Syntax): LibraryMethod {
    const body = childOf(definition, "body")!;
    const { style } = this.library;
    const isConstructor = childOf(definition, "name")!.text === "__init__";
    const isOpen = !isConstructor && style.touches?.test(this.source.slice(body.start, body.end)) === true;
    if (style.documented) {
      const lines = this.source.slice(body.start, body.end).match(style.documented) ?? [];
      const said = lines.flatMap((line) => [...line.matchAll(/\b(GET|POST|PUT|PATCH|DELETE) (\/[^\s`<,]*)/g)]);
      if (said.length > 0)
        return { requests: new Set(said.map(([, verb, path]) => requestText(verb!, path!))), calls: [] };
    }
    const reader = new BodyReader(this.source, this.library);
    for (const parameter of namedChildren(childOf(definition, "parameters")!)) reader.parameter(parameter);
    reader.visit(body);
    const isSilent = reader.requests?.size === 0 && (style.documented !== undefined || reader.calls.length === 0);
    return { requests: isOpen && isSilent ? null : reader.requests, calls: reader.calls };
  }
}

class BodyReader {
  requests: Set<string> | null = new Set();
  readonly calls: (readonly [string, string])[] = [];
  private readonly names: Names;
  private readonly types = new Map<string, string>();
  private readonly library: Library;

  constructor(source: string, library: Library) {
    this.library = library;
    this.names = {
      source,
      locals: new Map(),
      constants: library.constants,
      called: (call, names) => this.address(call, names),
    };
  }

  visit(node: Syntax): void {
    if (node.type === "assignment") {
      assign(node, this.names);
      this.typed(node);
    }
    if (node.type === "augmented_assignment") extend(node, this.names);
    if (node.type === "call") this.call(node);
    for (const child of namedChildren(node)) this.visit(child);
  }

  private address(call: Syntax, names: Names): Alternatives | undefined {
    const written = sourceOf(call, names);
    const [, text] = (this.library.style.addresses ?? []).find(([pattern]) => pattern.test(written)) ?? [];
    return text === undefined
      ? undefined
      : textsOf(argumentOf(call, 0), names).map((argument) => text.replace("{}", argument));
  }

  /** `client: HTTPClient`. */
  parameter(node: Syntax): void {
    const [name] = namedChildren(node);
    const type = node.type === "typed_parameter" ? childOf(node, "type") : undefined;
    const written = type && sourceOf(type, this.names).replaceAll(/["']/g, "");
    if (name && written !== undefined && this.library.known.has(written)) this.types.set(name.text, written);
  }

  private typed(node: Syntax): void {
    const [left, right] = [childOf(node, "left"), childOf(node, "right")];
    const callee = right?.type === "call" ? sourceOf(childOf(right, "function")!, this.names) : "";
    if (left?.type === "identifier" && this.library.known.has(callee)) this.types.set(left.text, callee);
  }

  private call(node: Syntax): void {
    const callee = sourceOf(childOf(node, "function")!, this.names);
    const sender = this.library.style.senders.find((one) => one.call.test(sourceOf(node, this.names)));
    if (sender) this.send(node, sender);
    else if (this.library.known.has(callee)) this.calls.push([callee, "__init__"]);
    else {
      const [, of, method] = /^(.+)\.(\w+)$/.exec(callee) ?? [];
      if (of === undefined || method === undefined) return;
      const type =
        of === "self" || of === "cls"
          ? "self"
          : of.startsWith("super(")
            ? "super"
            : (this.library.style.fields?.[of] ?? this.types.get(of) ?? (this.library.known.has(of) ? of : undefined));
      if (type !== undefined) this.calls.push([type, method]);
    }
  }

  private send(call: Syntax, sender: Sender): void {
    const { prefix = "", address, name } = sender;
    const given = argumentOf(call, address, name);
    const verbs =
      typeof sender.verb === "string" ? [sender.verb] : textsOf(argumentOf(call, sender.verb, "method"), this.names);
    const written = sender.class
      ? (this.library.paths.get(given ? sourceOf(given, this.names) : "") ?? ["{}"])
      : textsOf(given, this.names);
    const paths = written.map((text) => (text.startsWith("/") || text.includes("://") ? text : prefix + text));
    const isUnknown =
      paths.some((path) => !/^(?:https:\/\/|\/|rest\/|\{\}\/rest\/)/.test(path) || path === prefix + "{}") ||
      verbs.includes("{}");
    if (isUnknown) this.requests = null;
    for (const verb of verbs) for (const path of paths) this.requests?.add(requestText(verb, path));
  }
}

function requestText(verb: string, path: string): string {
  const known = path
    .replace(/[?#].*$/, "")
    .replaceAll(/\{[^{}]*\}/g, "{}")
    .replace(/^\{\}(?=\/rest\/)/, "")
    .replace(/\/$/, "");
  return `${verb.toUpperCase()} ${known.startsWith("rest/") ? "/" : ""}${known}`;
}

function assign(node: Syntax | undefined, names: Names): void {
  if (node?.type !== "assignment") return;
  const left = childOf(node, "left");
  const right = childOf(node, "right");
  if (left?.type !== "identifier" || !right) return;
  const texts = textsOf(right, names);
  const before = names.locals.get(left.text);
  const isText = texts.some((text) => text !== "{}");
  if (isText || before) names.locals.set(left.text, [...new Set([...(before ?? []), ...texts])]);
}

function extend(node: Syntax, names: Names): void {
  const left = childOf(node, "left");
  const before = left?.type === "identifier" ? names.locals.get(left.text) : undefined;
  if (!left || !before) return;
  const more = textsOf(childOf(node, "right"), names);
  names.locals.set(left.text, [...new Set(before.flatMap((text) => [text, ...more.map((end) => text + end)]))]);
}

function argumentOf(call: Syntax, position: number, name?: string): Syntax | undefined {
  const given = namedChildren(childOf(call, "arguments") ?? { ...call, children: [] });
  const named = given.find((one) => one.type === "keyword_argument" && childOf(one, "name")?.text === name);
  return named ? childOf(named, "value") : given.filter((one) => one.type !== "keyword_argument")[position];
}

function descendants(node: Syntax): Syntax[] {
  return [node, ...namedChildren(node).flatMap(descendants)];
}
