import type { Position, Range } from "vscode-languageserver/node";

/** Checks what a client sends before a handler sees it. A shape says what is wrong, or nothing. */
export type Shape = (params: unknown) => string | undefined;

export const ANYTHING: Shape = () => undefined;

/** `shape({ "textDocument.uri": isText, … })`. */
export function shape(members: Readonly<Record<string, (value: unknown) => boolean>>): Shape {
  const checks = Object.entries(members).map(([path, check]) => ({ path, keys: path.split("."), check }));
  return (params) => {
    const wrong = checks.find(({ keys, check }) => !check(keys.reduce(member, params)));
    return wrong && `params.${wrong.path} is missing or not what the protocol says`;
  };
}

function member(value: unknown, key: string): unknown {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>)[key] : undefined;
}

export function isText(value: unknown): value is string {
  return typeof value === "string";
}

export function isNumber(value: unknown): value is number {
  return typeof value === "number" && Number.isFinite(value);
}

export function isPosition(value: unknown): value is Position {
  return isNumber(member(value, "line")) && isNumber(member(value, "character"));
}

export function isRange(value: unknown): value is Range {
  return isPosition(member(value, "start")) && isPosition(member(value, "end"));
}

export function isListOf(check: (value: unknown) => boolean): (value: unknown) => boolean {
  return (value) => Array.isArray(value) && value.every(check);
}

export function has(key: string, check: (value: unknown) => boolean): (value: unknown) => boolean {
  return (value) => check(member(value, key));
}

export function isAbsentOr(check: (value: unknown) => boolean): (value: unknown) => boolean {
  return (value) => value === undefined || value === null || check(value);
}

export function isContentChange(value: unknown): boolean {
  return isText(member(value, "text")) && isAbsentOr(isRange)(member(value, "range"));
}
