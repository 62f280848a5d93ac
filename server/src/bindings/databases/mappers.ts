import type { ExternalCall } from "../../trace/external-call.ts";
import type { Reading } from "../../trace/reading.ts";
import { patternText } from "../../trace/texts.ts";
import type { ExternalValue, ValueSet } from "../../trace/values.ts";
import { externalChain } from "../../trace/values.ts";
import type { BindingContext, ServiceBinding, Sighting } from "../binding.ts";
import { PROVIDER, statementSightings } from "../sql/sightings.ts";
import { taggedTexts } from "../tagged.ts";

/** Object mappers and query builders: a method is known by its name, on a value that is known by the way to it. */
interface Mapper {
  readonly pack: string;
  readonly service: string;
  /** Names to import it by; with `/` at the end, all that begin so. */
  readonly packages: readonly string[];
  /** The ways to values that have the methods, behind the package. */
  readonly receivers: RegExp;
  /** Methods that send a statement of SQL. */
  readonly statements: readonly string[];
  /** Calls whose first argument names what is worked on. */
  readonly naming: readonly string[];
  /** The last name on the way to the receiver is that of what is worked on. */
  readonly named?: true;
  /** Calling the client itself names a table, and asks for it if nothing else is done with it. */
  readonly callable?: RegExp;
}

const MAPPERS: readonly Mapper[] = [
  {
    pack: "db/prisma",
    service: "db.prisma",
    packages: ["@prisma/client", "@prisma/client/edge", ".prisma/client"],
    receivers: /^PrismaClient\.new\(\)(?:\.\$(?:extends|transaction)\((?:0→0)?\))*(?:\.\w+)?$/,
    statements: ["$queryRaw", "$executeRaw", "$queryRawUnsafe", "$executeRawUnsafe"],
    naming: [],
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
    naming: [],
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
    callable: /^(?:default|knex)\(\)(?:\.transaction\(0→0\))?$/,
  },
  {
    pack: "db/drizzle",
    service: "db.drizzle",
    packages: ["drizzle-orm/"],
    receivers: /^(?:default|drizzle)\(\)(?:\.transaction\(0→0\)|\.query\.\w+)*$/,
    statements: ["execute", "run", "all", "get", "values"],
    naming: [],
  },
];

const PACKAGES = MAPPERS.flatMap(({ packages }) => packages);

export const mappers: ServiceBinding = {
  provider: PROVIDER,
  triggers: [],
  secondary: { modules: PACKAGES.map((name) => name.replace(/\/$/, "")) },
  clients: ["mongoose#", "sequelize#", "knex#", "drizzle-orm#sql"],
  values: PACKAGES.map((name) => (name.endsWith("/") ? name : `${name}#`)),

  sight(call, context) {
    const mapper = mapperOf(call.callee);
    if (!mapper) return undefined;
    return (call.construct ? undefined : sightingsOf(call, mapper, context)) ?? "harmless";
  },

  reach: () => [],
};

function mapperOf({ package: name }: ExternalValue): Mapper | undefined {
  return MAPPERS.find(({ packages }) =>
    packages.some((one) => (one.endsWith("/") ? name.startsWith(one) : name === one)),
  );
}

function sightingsOf(call: ExternalCall, mapper: Mapper, context: BindingContext): Sighting[] | undefined {
  const { callee } = call;
  const { facts, reading } = context;
  if (mapper.callable?.test(behindPackage(callee)))
    return accessTo("select", constantOf(call.argument(0), reading), mapper, context);
  if (callee.step?.kind !== "member" || !callee.parent || !mapper.receivers.test(behindPackage(callee.parent)))
    return undefined;
  const { name } = callee.step;
  if (!mapper.statements.includes(name)) return accessTo(name, nameOf(call, mapper, reading), mapper, context);
  return statementTexts(call, reading).flatMap((text) => statementSightings(text, mapper.service, facts));
}

function behindPackage({ path }: ExternalValue): string {
  return path.slice(path.indexOf("#") + 1);
}

function accessTo(
  method: string,
  resource: string | undefined,
  { pack: id }: Mapper,
  { facts }: BindingContext,
): Sighting[] | undefined {
  const pack = facts.pack(id);
  const row = facts.operation(id, method);
  if (!pack || !row) return undefined;
  return [
    {
      kind: "access",
      fact: facts.requirement(pack, row, () => null),
      provider: PROVIDER,
      credential: { provider: PROVIDER },
      ...(resource !== undefined && { resource }),
    },
  ];
}

/** What is worked on: a model, a collection, a table. */
function nameOf({ callee }: ExternalCall, mapper: Mapper, reading: Reading): string | undefined {
  const receiver = callee.parent!;
  if (mapper.named && receiver.step?.kind === "member") return receiver.step.name;
  const naming = externalChain(receiver).findLast((link) => names(link, mapper));
  return naming?.step?.kind === "call" ? constantOf(naming.step.call?.argument(0) ?? [], reading) : undefined;
}

function names({ step, parent }: ExternalValue, { naming, callable }: Mapper): boolean {
  if (step?.kind !== "call" || !parent) return false;
  if (parent.step?.kind === "member" && naming.includes(parent.step.name)) return true;
  return callable?.test(behindPackage(parent)) === true;
}

function constantOf(values: ValueSet, reading: Reading): string | undefined {
  const constants = reading.constants(values);
  return constants.length === 1 && values.length === 1 ? constants[0] : undefined;
}

/** A text, a tag of a template, or what the tag `sql` of the library made of one. */
function statementTexts(call: ExternalCall, reading: Reading): string[] {
  const [first] = call.argument(0);
  if (first?.kind === "object" && first.object.kind === "list") return taggedTexts(call, reading).map(patternText);
  const texts = call.argument(0).flatMap((value): string[] => {
    if (value.kind === "text") return [patternText(value.pieces)];
    const made = value.kind === "external" && value.step?.kind === "call" ? value.step.call : null;
    return made ? taggedTexts(made, reading).map(patternText) : ["{}"];
  });
  return texts.length === 0 ? ["{}"] : texts;
}
