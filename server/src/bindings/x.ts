import { clientMethods } from "./client-methods.ts";

/** X: `twitter-api-v2` (`client.v2.tweet(…)`), and Python's `tweepy.Client`. Of version 1.1 of the API there are no facts. */
export const x = clientMethods({
  provider: "x",
  pack: "x/api",
  service: "x",
  title: "X",
  triggers: ["api.x.com", "api.twitter.com"],
  libraries: [
    {
      package: "twitter-api-v2",
      client:
        /^twitter-api-v2#(?:default\.)?(?:TwitterApi(?:\.default)?|default)\.new\(\)(?:\.(?:login|loginWithOAuth2|refreshOAuth2Token)\(\)\.client|\.appLogin\(\))*/,
      leads: /\b(?:readWrite|readOnly)\.(?=\w)/g,
      local:
        /^(?:generate\w+|login\w*|appLogin|refreshOAuth2Token|revokeOAuth2Token|getActiveTokens|getPlugins|use|v1|v2|readOnly|readWrite)$/,
    },
    {
      package: "python:tweepy",
      client: /^python:tweepy#(?:client\.|asynchronous\.(?:client\.)?)?(?:Async)?Client\(\)/,
      local: /^(?:request|session|__\w+__)$/,
      undescribed: /^python:tweepy#(?:api\.)?API\(\)\.\w+$/,
    },
  ],
  grants: [
    {
      path: /^twitter-api-v2#(?:default\.)?(?:TwitterApi(?:\.default)?|default)\.new\(\)\.generateOAuth2AuthLink$/,
      argument: 1,
      name: "scope",
      kind: "user",
    },
    { path: /^python:tweepy#(?:auth\.)?OAuth2UserHandler$/, argument: -1, name: "scope", kind: "user" },
  ],
});
