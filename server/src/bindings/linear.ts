import { typedBinding } from "./typed/binding.ts";

/** Linear by its library: `new LinearClient({ apiKey }).createIssue(…)`, and what its issues and teams can do. */
export const linear = typedBinding({
  provider: "linear",
  libraries: [{ pack: "linear/api", packages: ["@linear/sdk"] }],
});
