import type { Framework } from "./framework.ts";
import { ListenerAdapter } from "./listeners.ts";

/**
 * Apps of GitHub: Probot (`app.on("issues.opened", handler)`, read off `probot` 14.3.2) and Octokit's own
 * (`app.webhooks.on(…)`, `@octokit/app` 16.1.4, `@octokit/webhooks` 14.2.0). The octokit that a handler is given is known to the
 * facts of GitHub.
 */
export const githubApps: Framework = {
  id: "github-apps",
  triggers: ["probot", "@octokit/app", "@octokit/webhooks", "octokit"],
  create: () =>
    new ListenerAdapter("github-apps", [
      {
        call: /^probot#(?:Probot(?:\.defaults\(\))?\.new\(\)|createProbot\(\)|.*?\(\d+→0\))(?:\.webhooks)?\.(on|onAny)$/,
        app: /^probot#(?:Probot(?:\.defaults\(\))?\.new\(\)|createProbot\(\)|.*\(\d+→0\))$/,
      },
      {
        call: /^(?:octokit|@octokit\/app)#App(?:\.defaults\(\))?\.new\(\)\.webhooks\.(on|onAny)$/,
        app: /^(?:octokit|@octokit\/app)#App(?:\.defaults\(\))?\.new\(\)$/,
      },
      {
        call: /^@octokit\/webhooks#Webhooks\.new\(\)\.(on|onAny)$/,
        app: /^@octokit\/webhooks#Webhooks\.new\(\)$/,
      },
    ]),
};
