import type { ExternalCall } from "../../trace/external-call.ts";
import type { Reading } from "../../trace/reading.ts";
import { HOLE } from "../../trace/texts.ts";
import type { NamedLibrary } from "../named/binding.ts";
import { namedBinding } from "../named/binding.ts";
import { isChecked } from "../sql/checks.ts";
import type { StatementText } from "../sql/sent.ts";
import { PROVIDER, statementSightings } from "../sql/sightings.ts";
import { taggedTexts } from "../tagged.ts";

/** Object mappers and query builders. */
interface Mapper extends NamedLibrary {
  readonly service: string;
  /** Methods that send a statement of SQL. */
  readonly statements: readonly string[];
}

const MAPPERS: readonly Mapper[] = [
  {
    pack: "db/prisma",
    service: "db.prisma",
    packages: ["@prisma/client", "@prisma/client/edge", ".prisma/client"],
    receivers: /^PrismaClient\.new\(\)(?:\.\$(?:extends|transaction)\((?:0→0)?\))*(?:\.\w+)?$/,
    statements: ["$queryRaw", "$executeRaw", "$queryRawUnsafe", "$executeRawUnsafe"],
    named: true,
  },
  {
    pack: "db/mongoose",
    service: "db.mongodb",
    packages: ["mongoose"],
    receivers: /^(?:.*\.)?(?:model\(\)|models\.\w+|Model|Document)(?:\.new\(\))?(?:\.\w+\(\))*$/,
    statements: [],
    naming: ["model"],
  },
  {
    pack: "db/typeorm",
    service: "db.typeorm",
    packages: ["typeorm", "@nestjs/typeorm"],
    receivers:
      /^(?:.*\.)?(?:get(?:Mongo|Tree)?Repository\(\)|(?:Mongo)?Repository\.new\(\)|manager|(?:Entity|Mongo)\w*Manager\.new\(\)|BaseEntity(?:\.new\(\))?|(?:DataSource|Connection)\.new\(\)|createConnection\(\)|createQueryRunner\(\)|transaction\(\d→0\))$/,
    statements: ["query"],
  },
  {
    pack: "db/sequelize",
    service: "db.sequelize",
    packages: ["sequelize", "sequelize-typescript"],
    receivers: /^(?:Model|(?:default|Sequelize)\.new\(\)(?:\.define\(\)|\.models\.\w+)?)(?:\.new\(\)|\.\w+\(\))*$/,
    statements: ["query"],
    naming: ["define"],
  },
  {
    pack: "db/knex",
    service: "db.knex",
    packages: ["knex"],
    receivers: /^(?:default|knex)\(\)(?:\(\)|\.\w+\(\)|\.schema|\.\w+\(\d→0\))*$/,
    statements: ["raw"],
    naming: ["from", "into", "table"],
    callable: { values: /^(?:default|knex)\(\)(?:\.transaction\(0→0\))?$/, operation: "select" },
  },
  {
    pack: "db/drizzle",
    service: "db.drizzle",
    packages: ["drizzle-orm/"],
    receivers: /^(?:default|drizzle)\(\)(?:\.transaction\(0→0\)|\.query\.\w+)*$/,
    statements: ["execute", "run", "all", "get", "values"],
  },
];

export const mappers = namedBinding<Mapper>({
  provider: PROVIDER,
  libraries: MAPPERS,
  remembered: ["mongoose#", "sequelize#", "knex#", "drizzle-orm#sql"],
  special(call, method, { service, statements }, { facts, reading }) {
    if (!statements.includes(method)) return undefined;
    return statementTexts(call, reading).flatMap((text) =>
      statementSightings(text, service, facts, { leavesNothing: () => false, isChecked: () => isChecked(call) }),
    );
  },
});

/** A text, a tag of a template, or what the tag `sql` of the library made of one. */
function statementTexts(call: ExternalCall, reading: Reading): StatementText[] {
  const [first] = call.argument(0);
  if (first?.kind === "object" && first.object.kind === "list") return taggedTexts(call, reading);
  const texts = call.argument(0).flatMap((value): StatementText[] => {
    if (value.kind === "text") return [value.pieces];
    const made = value.kind === "external" && value.step?.kind === "call" ? value.step.call : null;
    return made ? taggedTexts(made, reading) : [[HOLE]];
  });
  return texts.length === 0 ? [[HOLE]] : texts;
}
