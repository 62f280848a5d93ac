import { SLICE } from "../../model/summary.ts";
import type { Value } from "../values.ts";
import { PYTHON_DICT, PYTHON_LIST, PYTHON_TEXT } from "./python-methods.ts";

/** The method of Python's own types that `holder.name` is, if it is one. */
export function pythonName(holder: Value, name: string): string | undefined {
  switch (holder.kind) {
    case "text":
      return PYTHON_TEXT.has(name) ? `python-text.${name}` : undefined;
    case "object":
      if (holder.object.kind === "list") return PYTHON_LIST.has(name) ? `python-list.${name}` : undefined;
      if (holder.object.kind === "instance") return undefined;
      return PYTHON_DICT.has(name) ? `python-dict.${name}` : undefined;
    default:
      return undefined;
  }
}

/** Of a text a slice is cut; of anything else, part counts as all of it. */
export function sliceName(holder: Value): string {
  return `${holder.kind === "text" ? "python-text" : "python-list"}.${SLICE}`;
}
