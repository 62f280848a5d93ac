import { pathToFileURL } from "node:url";
import manifest from "../../../package.json" with { type: "json" };
import { rulePageFile } from "../workspace/shipped-files.ts";

/** The project's own pages, once `package.json` names a home for them. */
const { homepage } = manifest as { readonly homepage?: string };

/** Address of the page about a rule: at home, else the one that is shipped. Undefined if there is none. */
export function rulePageAddress(ruleId: string): string | undefined {
  if (homepage !== undefined) return `${homepage.replace(/#.*$/, "")}/blob/main/docs/rules/${ruleId}.md`;
  const file = rulePageFile(ruleId);
  return file === undefined ? undefined : pathToFileURL(file).href;
}
