import type { ExternalCall } from "../../trace/external-call.ts";
import { NOTHING } from "../../trace/values.ts";
import { PYTHON_LIBRARIES } from "./libraries.ts";
import type { Request } from "./requests.ts";

const BY_CLASS = new Map(PYTHON_LIBRARIES.map((library) => [library.class, library]));

/** How the ways to classes begin that ask AWS for something. */
export const PYTHON_LIBRARY_PACKAGES = [
  ...new Set(PYTHON_LIBRARIES.map((library) => library.class.slice(0, library.class.indexOf("#") + 1))),
];

/** What making an object of such a class leads to: `BedrockModel(model_id=…)`; undefined for every other call. */
export function pythonLibraryRequests({ callee, named }: ExternalCall): readonly Request[] | undefined {
  if (callee.path.includes("(") || callee.step?.kind !== "member") return undefined;
  const library = BY_CLASS.get(`${callee.package}#${callee.step.name}`);
  return library?.operations.map((operation) => ({
    kind: "operation",
    client: library.client,
    operation,
    input: NOTHING,
    defaults: NOTHING,
    fields: Object.fromEntries(
      Object.entries(library.fields ?? {}).map(([field, argument]) => [field, named.get(argument) ?? NOTHING]),
    ),
    ...(library.also && { also: library.also }),
  }));
}
