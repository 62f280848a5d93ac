import type { Effect } from "../../../server/src/model/effect.ts";

/**
 * What each Web API method does, by the last word of its name, which Slack uses alike everywhere. The first line of the
 * table that holds decides; `admin.` methods that change something administer the organisation.
 */
export const EFFECT_OF_METHOD: readonly {
  readonly effect: Effect;
  readonly methods: RegExp;
  readonly because: string;
}[] = [
  {
    effect: "send",
    methods:
      /^chat\.(?:postMessage|postEphemeral|meMessage|scheduleMessage|startStream|appendStream|stopStream|update|unfurl)$|^(?:dialog|views)\.(?:open|push|publish|update)$|^assistant\.threads\.set\w+$|^calls\.add$|^conversations\.(?:inviteShared|invite)$|^functions\.complete(?:Success|Error)$|^workflows\.triggers\.create$/,
    because: "what it hands over is shown to people",
  },
  {
    effect: "read",
    methods:
      /(?:^|\.)(?:list\w*|get\w*|info|history|replies|members|search\w*|find\w*|lookup\w*|test|identity|users|channels|all|files|messages|download|count|check\w*|exchange|authorizations|billableInfo|accessLogs|integrationLogs|preferences|permissions|profile|usersCounts|bulkGet|query|export|validate|context|teamInfo|userInfo|conversations|activity|metadata)$|\.(?:list|get|lookup|search|find|check)\b[^.]*$|^migration\.exchange$|^search\./,
    because: "by its last word it looks something up",
  },
  {
    effect: "delete",
    methods:
      /\.(?:delete\w*|remove\w*|revoke\w*|uninstall|archive|end|clear\w*|kick|leave|close|unset\w*|disconnect\w*|wipe|reset\w*|cancel\w*|expire\w*|disable\w*|deny\w*|decline\w*)$|\.(?:delete|remove|revoke|clear|disconnect)\b[^.]*$/,
    because: "by its last word it takes something away",
  },
  {
    effect: "create",
    methods:
      /\.(?:create\w*|add\w*|open|upload\w*|completeUploadExternal|start|join|share\w*|insert|install|convert\w*|copy\w*|import\w*)$|^rtm\.|^apps\.connections\.open$/,
    because: "by its last word it makes something",
  },
  { effect: "update", methods: /./, because: "any other changes something there is" },
];

/** Methods that belong to the administration of an organisation. */
const ADMINISTERS = /^admin\./;

/** Exchanges a code or token for another: the program's own state. */
export const OWN_STATE =
  /^(?:oauth\.(?:v2\.)?(?:user\.)?access|oauth\.v2\.exchange|openid\.connect\.token|tooling\.tokens\.rotate|auth\.revoke|apps\.connections\.open)$/;

export function effectOf(method: string): Effect {
  const { effect } = EFFECT_OF_METHOD.find(({ methods }) => methods.test(method))!;
  return effect !== "read" && ADMINISTERS.test(method) ? "administer" : effect;
}
