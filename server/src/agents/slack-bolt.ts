import type { Framework } from "./framework.ts";
import { ListenerAdapter } from "./listeners.ts";

/**
 * Slack Bolt (read off `@slack/bolt` 5.1.0): `app.command("/x", …)`, `app.event(…)`, `app.action(…)`, and the steps of an
 * `Assistant`. The client that a listener is given is known to the facts of Slack.
 */
export const slackBolt: Framework = {
  id: "slack-bolt",
  triggers: ["@slack/bolt"],
  create: () =>
    new ListenerAdapter("slack-bolt", [
      {
        call: /^@slack\/bolt#App\.new\(\)\.(command|event|message|action|shortcut|view|options|function)$/,
        app: /^@slack\/bolt#App\.new\(\)$/,
        prefix: (method) => (method === "command" ? "" : `${method} `),
        constraints: ["callback_id", "action_id"],
      },
      {
        call: /^@slack\/bolt#(Assistant)$/,
        named: true,
        app: /^@slack\/bolt#App\.new\(\)$/,
        prefix: () => "assistant ",
      },
    ]),
};
