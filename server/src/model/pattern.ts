/** Patterns over names, as policies write them: `*` is any text, `?` any one character. */

export function isPattern(text: string): boolean {
  return /[*?]/.test(text);
}

/**
 * Whether every text that fits pattern `b` fits pattern `a`. Sound, not complete: a `*` of `b` must meet a `*` of `a`.
 */
export function containsPattern(a: string, b: string): boolean {
  let from = 0;
  let star = -1;
  let resume = 0;
  let at = 0;
  while (at < b.length) {
    if (a[from] === "*") {
      star = from++;
      resume = at;
    } else if (from < a.length && (a[from] === b[at] || (a[from] === "?" && b[at] !== "*")) && b[at] !== "*") {
      from++;
      at++;
    } else if (star >= 0) {
      from = star + 1;
      at = ++resume;
    } else {
      return false;
    }
  }
  while (a[from] === "*") from++;
  return from === a.length;
}

/** Several patterns, any of which is enough, as one text. */
export function anyOf(patterns: readonly string[]): string {
  return [...new Set(patterns)].join(BETWEEN);
}

/** The patterns of such a text. */
export function patternsOf(text: string): readonly string[] {
  return text.split(BETWEEN);
}

const BETWEEN = " or ";

/** Whether some text fits both. A reference that is not resolved, `${TABLE}`, may be any text. */
export function patternsMeet(a: string, b: string): boolean {
  const [left, right] = [unresolved(a), unresolved(b)];
  let reached = new Set([0]);
  // Positions of the right pattern that can be reached after each character of the left one.
  const closure = (positions: ReadonlySet<number>): Set<number> => {
    const all = new Set(positions);
    for (const at of all) if (right[at] === "*") all.add(at + 1);
    return all;
  };
  reached = closure(reached);
  for (const character of left) {
    const next = new Set<number>();
    for (const at of reached) {
      if (character === "*") for (let to = at; to <= right.length; to++) next.add(to);
      else if (right[at] === "*") next.add(at);
      else if (at < right.length && (character === "?" || right[at] === "?" || right[at] === character))
        next.add(at + 1);
    }
    reached = closure(next);
  }
  return reached.has(right.length);
}

const unresolved = (pattern: string): string => pattern.replace(/\$\{[^}]*\}/g, "*");
