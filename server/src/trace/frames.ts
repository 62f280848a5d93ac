import type { FunctionSummary, GuardId, Language, NodeId, Variable } from "../model/summary.ts";
import type { Passed } from "./contexts.ts";
import { Cell } from "./heap.ts";
import type { Value, ValueSet } from "./values.ts";
import { NOTHING } from "./values.ts";

/** Where a chain of calls starts: a module's own body, a tool's handler, an entry, or a function nobody was seen to call. */
export interface Root {
  readonly kind: "module" | "tool" | "entry" | "unreached" | "shared";
  /** Unique in a trace. */
  readonly name: string;
  /** The tool's name: calls that are handed it are told apart by root. */
  readonly subject?: string;
}

/** What tells two uses of one function apart. */
export interface Context {
  readonly id: number;
  readonly root: Root;
  /** Last calls on the way here, newest first. */
  readonly sites: readonly string[];
  /** What is passed, where that is little enough to tell uses apart by it; the way here then matters no more. */
  readonly passed: Passed | undefined;
}

/** How many calls back two uses of a function are told apart. */
export const CONTEXT_DEPTH = 3;

/** One function evaluated in one context. */
export class Frame {
  readonly id: number;
  readonly file: string;
  /** Of the file: what names nothing declares mean, and which methods texts and lists have. */
  readonly language: Language;
  readonly function: FunctionSummary;
  readonly environment: Frame | null;
  /** Changes while a single call leads here and passes more and more. */
  context: Context;
  /** The one receiver it runs on, if any. */
  readonly receiver: Value | null;
  readonly parameters: Cell[];
  /** What the caller passed past the last declared parameter, and by spreading unknown lists. */
  readonly extraArguments = new Cell();
  readonly namedArguments = new Map<string, Cell>();
  readonly returned = new Cell();
  readonly yielded = new Cell();
  /** The same, by the expression that yields it. */
  readonly yields = new Map<NodeId, Cell>();
  /** What is sent in where it yields: `generator.next(value)`. */
  readonly sent = new Cell();
  /** Variables that other functions read or write. */
  readonly variables = new Map<string, Cell>();
  /** Results of calls, by node, of the latest evaluation. */
  calls: (ValueSet | undefined)[] = [];
  queued = false;
  /** Stands for several uses, or shares what it makes with other frames: more may seem to happen here than does. */
  merged = false;
  /** Is being run. */
  runs = false;
  /** Was run before. */
  hasRun = false;
  /** Nothing is known yet of a condition or an argument, so that something was not run. */
  stalled = false;
  /** Runs on as if what is not known could be anything: it will not become known. */
  insists = false;
  /** Number of calls that lead here. */
  users = 0;
  /** Where each of its own calls leads, by site and function. */
  readonly assigned = new Map<string, { readonly wanted: Context; readonly frame: Frame }>();
  /** The frame that first called it. */
  creator: Frame | undefined;
  /** Roots that begin here. */
  readonly starts = new Set<Root>();
  readonly callers = new Map<Frame, NodeId>();
  readonly callees = new Map<Frame, NodeId>();
  /** Rounds of its own loops, by loop and position. */
  readonly rounds = new Map<string, Round>();

  constructor(
    id: number,
    file: string,
    language: Language,
    summary: FunctionSummary,
    environment: Frame | null,
    context: Context,
    receiver: Value | null,
  ) {
    this.id = id;
    this.file = file;
    this.language = language;
    this.function = summary;
    this.environment = environment;
    this.context = context;
    this.receiver = receiver;
    this.parameters = summary.parameters.map(() => new Cell());
  }

  variable(name: string): Cell {
    let cell = this.variables.get(name);
    if (!cell) this.variables.set(name, (cell = new Cell()));
    return cell;
  }

  argument(index: number): ValueSet {
    return this.parameters[index]?.values ?? NOTHING;
  }
}

/** What a loop binds in one round. */
export interface LoopItem {
  readonly item: ValueSet;
  readonly key: ValueSet;
  /** Tells it from the others, whatever else is found. */
  readonly label: string;
}

/** One round of a loop that is followed item by item: functions made in it keep the variables it declared afresh. */
export class Round extends Frame {
  readonly loop: GuardId;
  /** The first node of the loop's body: what stands before it is the same in all rounds. */
  readonly from: NodeId;
  /** The frame, or round of a loop around, whose loop it is. */
  readonly outer: Frame;
  /** Tells its calls and objects from those of other rounds. */
  readonly label: string;
  /** What its own loop and those around bind in it. */
  items: ReadonlyMap<GuardId, LoopItem> = new Map();

  constructor(id: number, outer: Frame, loop: GuardId, label: string) {
    super(id, outer.file, outer.language, outer.function, outer.environment, outer.context, outer.receiver);
    this.loop = loop;
    this.from = outer.function.nodes.findIndex((node) => node.kind === "element" && node.loop === loop);
    this.outer = outer;
    this.label = label;
  }

  /** The frame that is run. */
  get whole(): Frame {
    return this.outer instanceof Round ? this.outer.whole : this.outer;
  }

  override variable(name: string): Cell {
    return this.isOwn(name) ? super.variable(name) : this.outer.variable(name);
  }

  /** Declared in the loop, or in one within it. */
  isOwn(name: string): boolean {
    const variable = variableOf(this.function, name);
    for (let at = variable?.loop; at !== undefined; at = this.function.guards[at]!.parent)
      if (at === this.loop) return true;
    return variable === undefined;
  }
}

const VARIABLES = new WeakMap<FunctionSummary, ReadonlyMap<string, Variable>>();

/** A variable of a function, by name. */
export function variableOf(summary: FunctionSummary, name: string): Variable | undefined {
  let known = VARIABLES.get(summary);
  if (!known) VARIABLES.set(summary, (known = new Map(summary.variables.map((v) => [v.name, v]))));
  return known.get(name);
}
