import type { Effect } from "../../../server/src/model/effect.ts";
import { effectOfAction } from "./effects.ts";
import type { IamService } from "./iam-data.ts";
import { readNeeds, readSdk, type NeedsTable, type SdkTable } from "./sources.ts";

/** All that the packs are made from. */
export interface AwsInput {
  readonly services: readonly IamService[];
  /** All actions, by folded name. */
  readonly actions: ReadonlyMap<string, KnownAction>;
  /** Action → actions that are needed besides, by AWS's reference. */
  readonly dependent: ReadonlyMap<string, readonly string[]>;
  readonly needs: NeedsTable;
  readonly sdk: SdkTable;
}

export interface KnownAction {
  /** `s3:GetObject`. */
  readonly name: string;
  readonly effect: Effect;
}

export function inputOf(services: readonly IamService[], dependent: AwsInput["dependent"]): AwsInput {
  const actions = services.flatMap(({ prefix, actions: own }) =>
    own.map((action): [string, KnownAction] => {
      const name = `${prefix}:${action.name}`;
      return [name.toLowerCase(), { name, effect: effectOfAction(prefix, action) }];
    }),
  );
  return { services, actions: new Map(actions), dependent, needs: readNeeds(), sdk: readSdk() };
}
