import type { Effect } from "../../../server/src/model/effect.ts";
import { effectOfAction } from "./effects.ts";
import type { IamService } from "./iam-data.ts";
import { readNeeds, readSdk, type NeedsTable, type SdkTable } from "./sources.ts";

/** All that the packs are made from. */
export interface AwsInput {
  readonly services: readonly IamService[];
  /** All actions, by folded name. */
  readonly actions: ReadonlyMap<string, KnownAction>;
  readonly needs: NeedsTable;
  readonly sdk: SdkTable;
}

export interface KnownAction {
  /** `s3:GetObject`. */
  readonly name: string;
  readonly effect: Effect;
}

export function inputOf(services: readonly IamService[]): AwsInput {
  const actions = services.flatMap(({ prefix, actions: own }) =>
    own.map((action): [string, KnownAction] => {
      const name = `${prefix}:${action.name}`;
      return [name.toLowerCase(), { name, effect: effectOfAction(prefix, action) }];
    }),
  );
  return { services, actions: new Map(actions), needs: readNeeds(), sdk: readSdk() };
}
