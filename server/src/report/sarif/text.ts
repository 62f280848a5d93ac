import { visible } from "../visible.ts";

/** Text of the workspace as viewers show it: nothing unprintable, and nothing that they would take for a link. */
export function plainText(text: string): string {
  return visible(text).replaceAll("](", "] (");
}
