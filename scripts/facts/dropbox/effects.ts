import type { Effect } from "../../../server/src/model/effect.ts";

/** One line of the table that says what a route does. */
export interface RouteEffect {
  readonly effect: Effect;
  /** Matched against route and scope: `files/delete_v2 files.content.write`. */
  readonly routes: RegExp;
  readonly because: string;
}

/** The first that fits. */
export const EFFECT_OF_ROUTE: readonly RouteEffect[] = [
  {
    effect: "administer",
    routes: /^team\/\S*\/set_/,
    because: "sets something for a team, even where its scope is one to read",
  },
  { effect: "read", routes: /^(?:check|openid)\/|\.(?:read|list)$/, because: "its scope only reads" },
  {
    effect: "read",
    routes:
      /^(?!files\/get_temporary_upload_link\b)\S*\/(?:(?:get|list|check)(?:_\w+)?|search|status\/\w+)(?:\/(?:continue|check|get)\w*)? /,
    because: "asks for a state, a list or how far a job is, whatever its scope",
  },
  { effect: "administer", routes: /^auth\/token\//, because: "ends or replaces a token" },
  {
    effect: "administer",
    routes:
      /^(?:sharing|paper\/docs\/(?:users|sharing_policy))\/(?!(?:un)?mount_folder)|^file_properties\/templates\/\w+_for_team/,
    because: "changes who may see something, or what holds for a whole team",
  },
  {
    effect: "administer",
    routes: /^team\/(?!team_folder\/)/,
    because: "changes a team: its members, groups and rules",
  },
  { effect: "delete", routes: /\/(?:permanently_)?(?:delete|remove)\w* /, because: "its name says so" },
  {
    effect: "create",
    routes: /\/(?:create|copy|upload|save_url|add|start)\w*(?:\/(?!append|finish)\w+)? |get_temporary_upload_link/,
    because: "its name says so",
  },
  { effect: "update", routes: /./, because: "all others" },
];

/** What a route does. */
export function effectOf(route: string, scope: string | undefined): Effect {
  return EFFECT_OF_ROUTE.find(({ routes }) => routes.test(`${route} ${scope ?? ""}`))!.effect;
}
