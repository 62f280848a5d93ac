import { clientMethods } from "./client-methods.ts";

/** Notion: `@notionhq/client`. What an integration may do is set where it is registered, so there are no grants in code. */
export const notion = clientMethods({
  provider: "notion",
  pack: "notion/api",
  service: "notion",
  title: "Notion",
  triggers: ["api.notion.com"],
  libraries: [
    {
      package: "@notionhq/client",
      client: /^@notionhq\/client#(?:default\.)?Client\.new\(\)/,
      local: /^(?:log|warnUnknownParams)$/,
    },
  ],
  grants: [],
});
