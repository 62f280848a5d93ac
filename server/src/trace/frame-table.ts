import type { FunctionSummary, GuardId, Language } from "../model/summary.ts";
import type { Arguments } from "./arguments.ts";
import type { Passed } from "./contexts.ts";
import { passedBy } from "./contexts.ts";
import type { Context, Root } from "./frames.ts";
import { CONTEXT_DEPTH, Frame, Round } from "./frames.ts";
import type { ClosureValue, ExternalValue, Value } from "./values.ts";

const SHARED: Root = { kind: "shared", name: "shared" };

/** Frames of one function up to which its uses are told apart by the place of the call as well. */
const FEW = 24;
/** Uses that pass objects of the same makes, but not the same objects, that are told apart. */
const MOST_ALIKE = 8;
/** Pieces of data, in all uses of a function together, that are told apart when it is used in more ways: parts of a path. */
const MOST_PIECES_OF_DATA = 1000;
/** From here on uses of a function are not told apart at all. */
const MANY = 3000;
/** Frames in a trace from which on the place of a call tells nothing apart. */
const CROWDED = 8000;

/** Which frame runs what: one for each use of a function that is told apart from the others. */
export class FrameTable {
  readonly frames: Frame[] = [];
  /** The same, by what they evaluate. */
  readonly framesOf = new Map<FunctionSummary, Frame[]>();
  private readonly byKey = new Map<string, Frame>();
  private readonly contexts = new Map<string, Context>();
  private readonly ids = new Map<FunctionSummary | string, number>();
  private readonly alike = new Map<string, number>();
  private readonly isClient: (value: ExternalValue) => boolean;
  private readonly languageOf: (file: string) => Language;
  private readonly isNew: (frame: Frame) => void;
  private rounds = 0;

  constructor(
    isClient: (value: ExternalValue) => boolean,
    languageOf: (file: string) => Language,
    isNew: (frame: Frame) => void,
  ) {
    this.isClient = isClient;
    this.languageOf = languageOf;
    this.isNew = isNew;
  }

  /** Short name of a function, a root or a place, for keys. */
  idOf(named: FunctionSummary | string): number {
    let id = this.ids.get(named);
    if (id === undefined) this.ids.set(named, (id = this.ids.size));
    return id;
  }

  context(root: Root, sites: readonly string[], passed?: Passed): Context {
    const key = `${this.idOf(`${root.kind}\u0000${root.name}`)} ${sites.join(" ")}${passed ? `\u0000${passed.exactly}` : ""}`;
    let context = this.contexts.get(key);
    if (!context) this.contexts.set(key, (context = { id: this.contexts.size, root, sites, passed }));
    return context;
  }

  /**
   * The context of a call made at `site` from `caller`. A function does the same whoever calls it with the same values; only
   * where too many are passed to say so is it told apart by the way to it, and by what began there.
   */
  inner(caller: Frame, site: string, given: Arguments): Context {
    const passed = passedBy(given, this.isClient, (place) => this.idOf(place));
    if (passed) return this.context(SHARED, [site], passed);
    return this.context(caller.context.root, [site, ...caller.context.sites].slice(0, CONTEXT_DEPTH));
  }

  frame(
    file: string,
    summary: FunctionSummary,
    environment: Frame | null,
    wanted: Context,
    receiver: Value | null,
  ): Frame {
    const base = this.base(summary, environment, receiver);
    const known = this.byKey.get(`${base} ${wanted.id}`);
    if (known) return known;
    const context = this.coarser(wanted, summary);
    const key = `${base} ${context.id}`;
    const coarse = context === wanted ? undefined : this.byKey.get(key);
    if (coarse) return coarse;
    const frame = new Frame(this.frames.length, file, this.languageOf(file), summary, environment, context, receiver);
    // What is passed in the same way does the same, wherever it is passed from.
    frame.merged = context.passed ? context.passed.exactly !== wanted.passed?.exactly : context !== wanted;
    this.byKey.set(key, frame);
    this.frames.push(frame);
    const others = this.framesOf.get(summary);
    if (others) others.push(frame);
    else this.framesOf.set(summary, [frame]);
    this.isNew(frame);
    return frame;
  }

  /** The frame a call leads to. One that passes more than it did, and shares its frame with no other call, goes on in it. */
  called(
    caller: Frame,
    { file, environment, bound, id }: ClosureValue,
    summary: FunctionSummary,
    context: Context,
    receiver: Value | null,
  ): Frame {
    const wanted = bound ? this.withBound(context, id) : context;
    const base = this.base(summary, environment, receiver);
    const edge = `${base} ${wanted.sites[0] ?? ""}${bound ? ` ${id}` : ""}`;
    const known = caller.assigned.get(edge);
    if (known?.wanted === wanted) return known.frame;
    const isAlone = known?.frame.users === 1 && known.frame.context === known.wanted;
    if (isAlone && !this.byKey.has(`${base} ${wanted.id}`)) {
      this.byKey.delete(`${base} ${known.wanted.id}`);
      known.frame.context = wanted;
      this.byKey.set(`${base} ${wanted.id}`, known.frame);
      caller.assigned.set(edge, { wanted, frame: known.frame });
      return known.frame;
    }
    const frame = this.frame(file, summary, environment, wanted, receiver);
    if (known) known.frame.users--;
    frame.users++;
    caller.assigned.set(edge, { wanted, frame });
    return frame;
  }

  /** One round of a loop of a frame. */
  round(outer: Frame, loop: GuardId, item: string): Round {
    const key = `${loop}#${item}`;
    let round = outer.rounds.get(key);
    if (!round) {
      const label = `${outer instanceof Round ? outer.label : ""}#${item}`;
      outer.rounds.set(key, (round = new Round(-++this.rounds, outer, loop, label)));
    }
    return round;
  }

  /** Whether a function is used in so many ways that what it does with each of so many pieces of data is not told apart any more. */
  isCrowded(frame: Frame, count: number): boolean {
    const uses = this.framesOf.get(frame.function)?.length ?? 0;
    return uses > MOST_ALIKE && uses * count > MOST_PIECES_OF_DATA;
  }

  private withBound({ root, sites, passed }: Context, closure: number): Context {
    const bound = ` bound ${closure}`;
    return this.context(root, sites, {
      exactly: (passed?.exactly ?? "") + bound,
      alike: (passed?.alike ?? "") + bound,
    });
  }

  /**
   * A function used in many ways is told apart by what is passed only; data that is made at the same places is then the
   * same; in the end nothing is told apart.
   */
  private coarser(context: Context, summary: FunctionSummary): Context {
    const uses = this.framesOf.get(summary)?.length ?? 0;
    if (uses > MANY) return this.context(context.root, []);
    const { root, passed } = context;
    const isCrowded = uses > FEW || this.frames.length > CROWDED;
    const sites = isCrowded ? context.sites.slice(0, passed ? 0 : 1) : context.sites;
    if (!passed || passed.alike === passed.exactly) return this.context(root, sites, passed);
    const key = `${this.idOf(summary)} ${passed.alike}`;
    const others = this.alike.get(key) ?? 0;
    this.alike.set(key, others + 1);
    if (others < MOST_ALIKE) return this.context(root, sites, passed);
    return this.context(root, sites, { exactly: passed.alike, alike: passed.alike });
  }

  private base(summary: FunctionSummary, environment: Frame | null, receiver: Value | null): string {
    return `${this.idOf(summary)} ${environment?.id ?? ""} ${receiver?.id ?? ""}`;
  }
}
