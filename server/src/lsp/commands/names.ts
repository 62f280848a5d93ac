/** Commands of `workspace/executeCommand`. The names differ from those of the extension: a client registers what a server announces. */
export const EXPLAIN = "remit.server.explain";
export const TRACE = "remit.server.trace";
export const IGNORE = "remit.server.ignore";
export const SHOW = "remit.server.show";
export const REFRESH = "remit.server.refresh";

export const COMMANDS: readonly string[] = [EXPLAIN, TRACE, IGNORE, SHOW, REFRESH];

/** A command of the client, where it has one: asks for the reason, and hands it to `IGNORE`. */
export const IGNORE_WITH_REASON = "remit.ignoreWithReason";
