import { ExternalCall } from "./external-call.ts";

/** Results of calls of packages at one place that are told apart. */
const MOST_CALLS = 8;

/**
 * What one expression gives in very many frames is told apart no more: one call stands for the rest, with the arguments of
 * them all. It is none of the calls that are made, and nobody is told of it.
 */
export class Representatives {
  private readonly counts = new Map<string, number>();
  private readonly shared = new Map<string, ExternalCall>();

  /** The call that stands for a new one in what it gives: itself, or the one for all at the place. */
  of(call: ExternalCall, site: string): ExternalCall {
    const place = `${site} ${call.callee.path} ${call.construct}`;
    const count = (this.counts.get(place) ?? 0) + 1;
    this.counts.set(place, count);
    if (count <= MOST_CALLS) return call;
    let shared = this.shared.get(place);
    if (!shared) {
      const { callee, construct, frame, node, guard } = call;
      shared = new ExternalCall(-1 - this.shared.size, callee, construct, frame, node, site, guard);
      this.shared.set(place, shared);
    }
    return shared;
  }
}
