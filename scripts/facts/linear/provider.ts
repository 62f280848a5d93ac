import { readFileSync } from "node:fs";
import type { Effect } from "../../../server/src/model/effect.ts";
import type { FactSource } from "../../../server/src/model/pack.ts";
import { FACTS_DATE } from "../date.ts";
import { withPackage } from "../download.ts";
import { effectsOnly } from "../effects-only.ts";
import type { FactProvider } from "../provider.ts";
import { classify, type MethodRule } from "../typed/classify.ts";
import { readTypings, type Typings } from "../typed/read-typings.ts";

const SDK = {
  name: "@linear/sdk",
  version: "98.0.0",
  integrity: "sha512-DRakJJiGe4QE2tc49+XQVE0lyeR9CUHJTpCPsx5291LsmDaMvhP8+beCgXQQ7jET+OshHEm2BYtMx6EUt9ZR8Q==",
} as const;
const SOURCE: FactSource = { name: SDK.name, version: SDK.version, date: FACTS_DATE, licence: "MIT" };

/** Linear, by the classes of its library: each method is a query or a mutation of its API, and the declarations say which. */
export const provider: FactProvider = {
  id: "linear",
  generate() {
    const text = withPackage(SDK, (folder) => readFileSync(`${folder}/dist/index.d.mts`, "utf8"));
    // `LinearFetch<Issue>` is a promise.
    const typings = readTypings([text.replaceAll("LinearFetch<", "Promise<")]);
    const { rows, types, harmless } = classify(typings, {}, ["LinearClient"], rulesOf(typings), SOURCE);
    return effectsOnly({
      provider: "linear",
      title: "Linear",
      about: ["The effect of a mutation is what its name says: it deletes, creates, or changes something."],
      packs: [{ id: "linear/api", service: "linear", title: "Linear", rows, types, harmless }],
      unknown: [
        "properties that ask when they are read (`issue.assignee`), and what is done to the items of a list",
        "requests of its GraphQL client, and its scopes",
      ],
    });
  },
};

function rulesOf({ types }: Typings): MethodRule[] {
  const mutations = methods(types, (type, method) => isMutation(types, type, method));
  const effectOf = (method: string): Effect =>
    /(?:^|[a-z])(?:delete|archive|remove)(?:$|[A-Z])/i.test(method) && !/unarchive/i.test(method)
      ? "delete"
      : /^(?:create|add|import|upload)|(?:Create|Upload|Upsert)(?:$|[A-Z])/.test(method)
        ? "create"
        : "update";
  const group = (effect: Effect, because: string): MethodRule => ({
    methods: anyOf(mutations.filter(([, method]) => effectOf(method) === effect)),
    effect,
    because,
  });
  const asked = methods(
    types,
    (type, method) =>
      (type === "LinearSdk" || types.get(type)!.leads.has(`${method}()`)) && !isMutation(types, type, method),
  );
  return [
    group("delete", "a mutation, as the class of its name says or what it gives; its name says that something goes"),
    group("create", "a mutation, as the class of its name says or what it gives; its name says that something comes"),
    group("update", "a mutation, as the class of its name says or what it gives"),
    {
      methods: anyOf(asked.filter(([type]) => type !== "LinearClient")),
      effect: "read",
      because: "a query: there is no class `…Mutation` of its name, and what it gives is no payload of one",
    },
    { methods: /./, effect: null, because: "goes on with what was given" },
  ];
}

type Method = readonly [type: string, method: string];

function methods(types: Typings["types"], holds: (type: string, method: string) => boolean): Method[] {
  return [...types].flatMap(([type, shape]) =>
    [...shape.methods].filter((method) => holds(type, method)).map((method): Method => [type, method]),
  );
}

/** Of the client: there is a class `CreateIssueMutation`. Of what it gives: `update` and the like give a payload. */
function isMutation(types: Typings["types"], type: string, method: string): boolean {
  const named = method[0]!.toUpperCase() + method.slice(1);
  if (type === "LinearSdk") return types.has(`${named}Mutation`);
  return (
    types.get(type)!.leads.get(`${method}()`)?.endsWith("Payload") === true &&
    /^(?:create|update|delete|archive|unarchive|add|remove)/.test(method)
  );
}

function anyOf(found: readonly Method[]): RegExp {
  return new RegExp(`^(?:${found.map(([type, method]) => `${type}\\.${method}`).join("|")})$`);
}
