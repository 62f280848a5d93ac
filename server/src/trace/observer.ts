import type { NodeId } from "../model/summary.ts";
import type { ExternalCall } from "./external-call.ts";
import type { Frame } from "./frames.ts";
import type { Interpreter } from "./interpreter.ts";
import type { ExternalValue, ValueSet } from "./values.ts";

/** What a framework's adapter may do when something outside is called; asked again whenever the arguments grow. */
export interface CallObserver {
  /** Whether it speaks for what this way leads to, though it has the name of a function of the language. */
  claims?(way: string): boolean;
  /** What a decorator, as `inject("mail")` gives it, asks for on behalf of what it decorates. */
  injected?(decorator: ExternalValue, trace: Interpreter, reader: Frame): ValueSet;
  /**
   * Tells what the call gives, or that functions handed to it, all or those of some arguments, are not called with what
   * only it knows; undefined: nothing special.
   */
  observe(
    call: ExternalCall,
    trace: Interpreter,
  ): { readonly result?: ValueSet; readonly keepsFunctions?: boolean | readonly number[] } | undefined;
  /** Told when something is stored in a thing of a package, again whenever there is more of it; true: what becomes of it is known. */
  stored?(
    to: ExternalValue,
    name: string,
    values: ValueSet,
    at: { readonly frame: Frame; readonly node: NodeId },
    trace: Interpreter,
  ): boolean;
}
