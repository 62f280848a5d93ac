/**
 * How one agent framework of JavaScript is spelled. Ways are those of values: `@openai/agents#Agent`. A *place* names a part of a
 * call: `0` is its first argument, `0.execute` a field of that, `0.function.name` one further down.
 */
export interface AgentFramework {
  readonly id: string;
  /** Texts without which no file can use it. */
  readonly triggers: readonly string[];
  readonly tools: readonly ToolForm[];
  readonly agents: readonly AgentForm[];
  /** Classes whose instances are tools, with the method that runs them; in lists of agents, plain objects too. */
  readonly objects?: readonly ObjectForm[];
}

/** A call that makes a tool. */
export interface ToolForm {
  /** The way to the function, method or class. */
  readonly call: RegExp;
  /** Where its name is; absent: an agent knows it by a key. */
  readonly name?: string;
  /** The name that the framework gives it. */
  readonly called?: string;
  readonly description?: string;
  readonly annotations?: string;
  /** Where what runs is; several where one tool has functions for several things. */
  readonly runs: readonly string[];
  /** Which parameter is what the model sends; the first if it is not said. */
  readonly input?: number;
}

/** A call that makes an agent, or hands tools to a model. */
export interface AgentForm {
  readonly call: RegExp;
  readonly kind: "agent" | "server";
  readonly name?: string;
  /** Places that say what it is for, the first that is there. */
  readonly purpose: readonly string[];
  /** Where its tools are: a list, or an object by name. */
  readonly tools: readonly string[];
}

/** Something with a name and a function that runs. */
export interface ObjectForm {
  /** The way to the class that its own extends; absent: an object that an agent lists. */
  readonly extends?: RegExp;
  readonly name: string;
  readonly description?: string;
  readonly annotations?: string;
  readonly runs: string;
}
