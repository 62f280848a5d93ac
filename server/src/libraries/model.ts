/**
 * What functions do that are not traced, as data: those of libraries (the tables beside this file) and a company's own
 * (`models:` in `remit.yaml`). The same form in both places; the pages are `docs/libraries.md` and `docs/configuration.md`.
 */
export interface Models {
  readonly clients?: readonly ClientModel[];
  readonly wrappers?: readonly FunctionModel[];
  readonly harmless?: readonly Way[];
  readonly stores?: readonly StoreModel[];
  readonly sanitizers?: readonly SanitizerModel[];
  readonly facts?: readonly FactModel[];
}

/**
 * The way to something of a package, as the trace names it: `p-retry#default`, `p-limit#default()` for what its default
 * export gives, `node:events#EventEmitter.new().on`. `*` stands for anything.
 */
export type Way = string;

/**
 * What a way leads to is another, known value: a company's own factory gives a client of `googleapis`. A way to what is
 * passed to functions may hold `*`: every handler of a server is passed the request.
 */
export interface ClientModel {
  readonly way: Way;
  readonly is: Way;
}

/** What a function does with what it is handed. */
export interface FunctionModel {
  /** The way to it; `.new` at the end for a constructor. */
  readonly call: Way;
  /** The functions it calls, at once or later. */
  readonly calls?: Term;
  /** What it calls them with, in order; absent: what only it knows. */
  readonly with?: readonly Term[];
  /** What gets the members of all that is handed over after it: `assign(target, …)`. */
  readonly fills?: number;
  /** What it gives; absent: something of its own. */
  readonly returns?: Term;
}

/** A function that keeps something, or gives back what was kept by another on the same receiver. */
export interface StoreModel extends FunctionModel {
  /** `credential`: tokens, in a place from which they are read again as the same credential. Else what can be read again as `kept`. */
  readonly keeps?: Term;
  /** The name it is kept or looked for under. */
  readonly under?: Term;
  /** As members of what it is kept; absent: on what the function is called on. */
  readonly in?: Way;
  /** What is said holds for each of these one by one: it is `each`. */
  readonly each?: Term;
}

/**
 * Values of a call. `0` is the first argument, `0.run` a member of it, `0[]` any member or item, `0[1]` the member that the
 * second argument names, `1...` the second argument and all after it; `this` is what the function is called on, `result` what the
 * called functions give, `kept` what was kept on the receiver; `of.0` is the first argument of the call that gave what this one
 * is made on. `new 0` is an instance of a class that is handed over, `0 or 1` either. A list of a term, and a table of terms, are
 * what they look like; a way is what it leads to.
 */
export type Term = number | string | readonly [Term] | { readonly [member: string]: Term };

/** A function that checks or cleans what a model chose. */
export interface SanitizerModel {
  readonly call: Way;
  readonly for: readonly ("path" | "command" | "url" | "query")[];
}

/** What a call reaches, where no facts say so. */
export interface FactModel {
  /** The way to a function, or a request: `GET https://api.acme.com/contacts/{}`. */
  readonly operation: string;
  /** `acme.crm`: provider and service. */
  readonly service: string;
  readonly effect: string;
  /** One of these sets is enough; `[[]]`: it needs nothing. */
  readonly requires: readonly (readonly string[])[];
  readonly source?: string;
  readonly date?: string;
}

/** What is known of one library, and where that was read. */
export interface Library extends Pick<Models, "clients" | "wrappers" | "harmless" | "stores"> {
  /** The name it is imported by. */
  readonly package: string;
  /** The version that was read. */
  readonly version: string;
  /** A file of the published package, or a page. */
  readonly source: string;
  /** ISO date on which it was read. */
  readonly date: string;
}
