import type { Frame } from "../trace/frames.ts";
import type { Interpreter } from "../trace/interpreter.ts";
import type { Place, Way } from "./reach.ts";
import { conditionsOf, waysTo } from "./reach.ts";
import type { TracedReach, TracedTool } from "./traced.ts";

/** Who reaches what: the calls that are one thing in the report, gathered, and then followed back all at once. */
export class Reaches {
  private readonly places = new Map<string, Map<Frame, Place>>();
  private readonly trace: Interpreter;
  private readonly toolOfRoot: ReadonlyMap<string, TracedTool>;

  constructor(trace: Interpreter, toolOfRoot: ReadonlyMap<string, TracedTool>) {
    this.trace = trace;
    this.toolOfRoot = toolOfRoot;
  }

  add(key: string, place: Place): void {
    const known = this.places.get(key);
    if (known) known.set(place.frame, place);
    else this.places.set(key, new Map([[place.frame, place]]));
  }

  /** One for each tool, and for what no tool does. Reached without condition on one way: no condition. */
  of(key: string): TracedReach[] {
    const free: Place[] = [];
    const conditional: Place[] = [];
    for (const place of this.places.get(key)?.values() ?? [])
      (conditionsOf(this.trace, place).length === 0 ? free : conditional).push(place);
    const reaches = new Map<string, TracedReach>();
    for (const way of [...waysTo(free), ...waysTo(conditional)]) {
      const reach = this.reachOf(way);
      const one = JSON.stringify([reach.tool, reach.unreached]);
      const known = reaches.get(one);
      reaches.set(one, known ? joined(known, reach) : reach);
    }
    return [...reaches.values()];
  }

  private reachOf({ root, path, from, end, merged }: Way): TracedReach {
    const tool = root.kind === "tool" ? this.toolOfRoot.get(root.name) : undefined;
    return {
      tool: tool?.id ?? null,
      ...(merged && { undecided: true }),
      unreached: root.kind === "unreached",
      path,
      from: STARTED.has(root.kind) ? from : null,
      conditions: conditionsOf(this.trace, end),
      registered: tool?.registered ?? [],
    };
  }
}

/** What begins here is started here, and by nothing else. */
const STARTED: ReadonlySet<Way["root"]["kind"]> = new Set(["entry", "tool"]);

/** The shorter way of two. */
function joined(known: TracedReach, added: TracedReach): TracedReach {
  const shorter = added.path.length < known.path.length ? added : known;
  const conditions = known.conditions.length === 0 || added.conditions.length === 0 ? [] : shorter.conditions;
  const { undecided: _, ...reach } = shorter;
  const isUndecided = known.undecided === true && added.undecided === true;
  const from = known.from && added.from ? [...new Set([...known.from, ...added.from])].sort() : null;
  return { ...reach, from, ...(isUndecided && { undecided: true }), conditions };
}
