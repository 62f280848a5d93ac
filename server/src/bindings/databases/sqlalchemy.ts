import type { ExternalCall } from "../../trace/external-call.ts";
import { HOLE } from "../../trace/texts.ts";
import type { Value } from "../../trace/values.ts";
import { externalChain } from "../../trace/values.ts";
import type { BindingContext, Sighting } from "../binding.ts";
import { isChecked } from "../sql/checks.ts";
import type { StatementText } from "../sql/sent.ts";
import { PROVIDER, statementSightings } from "../sql/sightings.ts";
import { typedBinding } from "../typed/binding.ts";

/** Functions that make a statement, and how it begins: `select(User).where(…)`, `users.insert()`. */
const STATEMENTS: Readonly<Record<string, string>> = {
  select: "SELECT",
  insert: "INSERT",
  update: "UPDATE",
  delete: "DELETE",
};
const SENDS = /\.(?:execute|exec_driver_sql|scalars?|stream(?:_scalars)?)$/;

/** SQLAlchemy: sessions, connections and queries are known by their types, statements by what they say or what made them. */
export const sqlalchemy = typedBinding({
  provider: PROVIDER,
  libraries: [{ pack: "db/sqlalchemy", packages: ["python:sqlalchemy"] }],
  remembered: ["python:sqlalchemy#"],
  refine({ call, operation, pack }, access, context) {
    if (!SENDS.test(operation)) return [access];
    const texts = (call.named.get("statement") ?? call.argument(0)).flatMap((value) => statementOf(value, context));
    const sightings = texts.flatMap((text): Sighting[] =>
      statementSightings(text, pack.service, context.facts, {
        leavesNothing: () => false,
        isChecked: () => isChecked(call),
      }),
    );
    return sightings.length > 0 ? sightings : [access];
  },
});

/** The text of a statement, or as much of it as the function says that made it. */
function statementOf(value: Value, { reading }: BindingContext): StatementText[] {
  if (value.kind === "text") return [value.pieces];
  if (value.kind !== "external") return [[HOLE]];
  for (const { step, parent } of externalChain(value)) {
    const name = step?.kind === "call" && parent?.step?.kind === "member" ? parent.step.name : "";
    if (Object.hasOwn(STATEMENTS, name)) return [[{ text: STATEMENTS[name]!, offset: -1 }]];
    const made: ExternalCall | null = step?.kind === "call" ? step.call : null;
    if (name !== "text") continue;
    const texts = made ? reading.texts(made.named.get("text") ?? made.argument(0)) : [];
    return texts.length > 0 ? texts.map(({ pieces }) => pieces) : [[HOLE]];
  }
  return [[HOLE]];
}
