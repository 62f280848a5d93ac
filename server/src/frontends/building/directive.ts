import type { Directive } from "../../model/summary.ts";

const DIRECTIVE = /^[\s*]*remit-(ignore-file|ignore|assume)(?![\w-])([\s\S]*)$/;

/** What a comment says to Remit, by the text between its signs: `remit-ignore rule-a, rule-b -- reason` and its kin. */
export function parseDirective(content: string): Directive | undefined {
  const match = DIRECTIVE.exec(content);
  if (!match) return undefined;
  const rest = match[2]!.replace(/^:/, "").replace(/\s*[\r\n]\s*\*?\s*/g, " ");
  const [, before = rest, after] = /^(.*?)(?:^|\s)--(?:\s+(.*))?$/.exec(rest) ?? [];
  const reason = after?.trim();
  return {
    kind: match[1] as Directive["kind"],
    subjects: before.split(/[\s,]+/).filter((subject) => subject !== ""),
    ...(reason && { reason }),
  };
}
