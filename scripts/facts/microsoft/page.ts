import { EFFECTS } from "../../../server/src/model/effect.ts";
import type { Pack, PermissionVocabulary } from "../../../server/src/model/pack.ts";
import { compareText } from "../../../server/src/model/place.ts";
import { FACTS_DATE } from "../date.ts";
import { BASIC_PROPERTIES } from "./basic.ts";
import { EFFECT_EXCEPTIONS, EFFECT_OF_VERB, WORDS } from "./effects.ts";
import { DEPENDS_ON, FAMILY_WORDS, RELUCTANT_RULES, VETO_RULES, type Veto } from "./least.ts";
import type { DerivedRequest } from "./packs.ts";
import { CLEANING, type StatedPaths } from "./paths.ts";
import { KINDS, type Kind, type MicrosoftSources } from "./sources.ts";

/** `docs/facts/microsoft.md`: what the Graph facts say, where they come from, how they are derived, what they do not know. */
export function pageOf(
  requests: readonly DerivedRequest[],
  packs: readonly Pack[],
  vocabulary: PermissionVocabulary,
  stated: StatedPaths,
  sources: MicrosoftSources,
): string {
  const sections: readonly (readonly [heading: string, text: string])[] = [
    ["# Microsoft Graph facts", counts(requests, packs, vocabulary)],
    ["## Sources", sourceTable(sources)],
    ["## What a request is", `${paths(stated)}\n\n${fromPages(requests)}`],
    ["## What a request needs", needs(requests)],
    ["## Flags that are not believed", vetoes(requests)],
    ["## How the effect is derived", effects(requests)],
    ["## The vocabulary", vocabularyText(vocabulary)],
    ["## What the facts do not know", unknowns(requests, vocabulary)],
    ["## Packs", packs.map(({ id, operations }) => `${id.slice(id.indexOf(".") + 1)} ${operations.length}`).join(", ")],
  ];
  return `${["<!-- Written by `npm run facts`; do not edit. -->", ...sections.flat()].join("\n\n")}\n`;
}

function counts(requests: readonly DerivedRequest[], packs: readonly Pack[], vocabulary: PermissionVocabulary): string {
  const columns = KINDS.map((kind) => `${kind} ${requests.filter(({ needs: all }) => all[kind]).length}`);
  return [
    `Facts of ${FACTS_DATE}: ${packs.length} packs (one a first segment of the path, all of the service \`microsoft.graph\`), ${requests.length} operations (verb and path), ${vocabulary.permissions.length} permissions.`,
    `Operations with a column: ${columns.join(", ")}.`,
  ].join("\n");
}

function sourceTable(sources: MicrosoftSources): string {
  return table(
    ["what", "source", "version", "date", "licence"],
    sources.provenance.map((source) => [
      `\`${source.table}.json\`: ${source.what}`,
      source.name,
      source.version,
      source.date,
      source.licence,
    ]),
  );
}

function paths({ dropped }: StatedPaths): string {
  return [
    "An operation is a verb and a path, `GET /me/messages`; `{id}` stands for a parameter, `{path}` for the path of a file, `{ids}` for a parameter that spans segments. Paths are compared without regard to case, without version (`/v1.0`, `/beta`), host and query; a key in parentheses, `users('id')`, is a segment. Where no row has a path below `/me`, that of `/users/{id}` counts: “the `/me` alias for the signed-in user, which is the same as `/users/{signed-in user's id}`”. A chat is the same by itself and below a user: the requests that the source has in both forms need the same of a signed-in user. An item that is addressed by its path, `root:/folder/file:`, is `items/{id}`; a cast, `members/microsoft.graph.user`, and what is only the number or the raw value of a resource, `$count`, `$ref` and `$value`, need what the resource needs, unless they have a row.",
    "What the source's paths are freed of:",
    bullets(CLEANING.map(({ from, to, because }) => `\`${from.source}\` → \`${to}\`: ${because}`)),
    `Left out, because another request is the same then: ${dropped.map((one) => `\`${one}\``).join(", ")}.`,
  ].join("\n\n");
}

function fromPages(requests: readonly DerivedRequest[]): string {
  const stated = requests.flatMap(({ name, page }) => (page ? [{ name, page: page.name }] : []));
  const names = [...new Set(stated.map(({ page }) => page))].sort(compareText);
  return [
    "Some requests, or columns of them, the table lacks; they are from pages of Microsoft's reference, and cite them:",
    bullets(
      names.map((name) => {
        const its = stated.filter(({ page }) => page === name).map((one) => `\`${one.name}\``);
        return `${name.replace(/^.*\//, "")}: ${its.length} requests, as ${its[0]!}`;
      }),
    ),
  ].join("\n\n");
}

function needs(requests: readonly DerivedRequest[]): string {
  const reluctant = requests.reduce(
    (sum, { needs: all }) =>
      sum + Object.values(all).filter(({ enoughIfGranted }) => enoughIfGranted.length > 0).length,
    0,
  );
  return [
    "Columns: `delegated` for a signed-in user of an organisation, `personal` for one with a personal account, `application` for no user. Any one of the permissions of a column is enough; the least comes first: what the source flags, then by privilege level, then by the number of requests that accept it.",
    `Some of what is accepted is not what the request asks for. It is enough where it was granted, but Remit never offers it in another's place, and takes nothing away because of it. There are such permissions in ${reluctant} columns, because:`,
    bullets(Object.values(RELUCTANT_RULES)),
    "If that leaves nothing, the flagged ones stay. Permissions for chosen chats, teams, sites or files are marked as reaching part of the resources.",
    "Two at once are needed where the source says that one “also requires” another. That other it lists as if it were enough alone, too: where it only reads and the request writes, that is not believed.",
    `${requests.filter(({ needs: all }) => Object.values(all).some(({ also }) => also.length > 0)).length} requests that write are flagged with a permission that only reads, whose writing counterpart they do not accept, as with conditional access: it may be needed besides.`,
    "A permission that reads basic properties only is what a request asks for where it selects no others (and neither filters, searches nor expands):",
    bullets(
      BASIC_PROPERTIES.map(
        ({ paths: pattern, permissions, properties, because }) =>
          `${permissions.join(", ")} for \`GET ${pattern.source}\`: ${properties.join(", ")}; ${because}`,
      ),
    ),
    "The body of the request decides, and no source says how:",
    bullets(DEPENDS_ON.map(({ paths: pattern, because }) => `\`${pattern.source}\`: ${because}`)),
  ].join("\n\n");
}

function vetoes(requests: readonly DerivedRequest[]): string {
  const all = requests.flatMap(({ name, needs: columns }) =>
    (Object.entries(columns) as [Kind, { vetoes: readonly Veto[] }][]).flatMap(([kind, { vetoes: some }]) =>
      some.map((veto) => ({ name, kind, ...veto })),
    ),
  );
  const rows = new Set(all.map(({ name }) => name));
  const family = all.filter(({ rule }) => rule === "family");
  return [
    `${all.length} flags of ${rows.size} operations; these cite their source as “least permission corrected”.`,
    table(
      ["rule", "flags", "for example"],
      Object.entries(VETO_RULES).map(([rule, text]) => {
        const some = all.filter((veto) => veto.rule === rule);
        const [first] = some;
        const example = first ? `\`${first.name}\`, ${first.kind}: ${first.flagged}, ${first.instead} instead` : "";
        return [text, String(some.length), example];
      }),
    ),
    "Words by which a path names a family:",
    bullets(Object.entries(FAMILY_WORDS).map(([name, words]) => `${name}: ${words.join(", ")}`)),
    "Flags of a family that the path does not name:",
    table(
      ["flagged", "instead", "flags", "for example"],
      [...new Set(family.map(pairOf))].map((pair) => {
        const same = family.filter((one) => pairOf(one) === pair);
        const { name, kind, flagged, instead } = same[0]!;
        return [flagged, instead, String(same.length), `\`${name}\`, ${kind}`];
      }),
    ),
  ].join("\n\n");
}

const pairOf = ({ flagged, instead }: { readonly flagged: string; readonly instead: string }) =>
  `${flagged} ${instead}`;

function effects(requests: readonly DerivedRequest[]): string {
  const count = (effect: string) => requests.filter((request) => request.effect === effect).length;
  return [
    "The first that applies:",
    [
      "1. an exception, below; never for a GET",
      `2. the verb: GET read, ${Object.entries(EFFECT_OF_VERB)
        .map(([verb, effect]) => `${verb} ${effect}`)
        .join(", ")}`,
      "3. a POST to `messages` or `replies` whose least permission is one to send, sends",
      "4. the leading word of the path's last segment",
      "5. a POST to a collection creates: there are requests for its items",
      "6. the beginning of a last segment whose words are not told apart",
      "7. a POST to what is in the plural creates",
      "8. a POST whose least permission only reads is a read; not for devices, where it is flagged for what changes them, too",
      "9. any other POST updates",
    ].join("\n"),
    table(
      ["effect", "words", "operations"],
      EFFECTS.map((effect) => [effect, (WORDS[effect] ?? []).join(" "), String(count(effect))]),
    ),
    "Exceptions:",
    bullets(
      EFFECT_EXCEPTIONS.map(({ paths: pattern, effect, because }) => `\`${pattern.source}\`: ${effect}, ${because}`),
    ),
  ].join("\n\n");
}

function vocabularyText({ permissions }: PermissionVocabulary): string {
  return [
    "A permission may be written with the resource before it, `https://graph.microsoft.com/Mail.Read`, in any case, or as the id under which manifests name it. `.default` stands for whatever the registration lists. The meaning is Microsoft's title. The effect is the highest of any request that asks for it; one that by its name only reads stays at read. The breadth is the number of requests that accept it.",
    "The tier is `admin` where an administrator must consent to the delegated permission, or to an application's where there is no other; else it follows the privilege level, “a hint as to the risks of consenting to the permissions. Valid values range from 1 (least privileged) to 5 (most privileged)”: 1 is non-sensitive, more is sensitive.",
    "A permission includes another where the names say so (ReadWrite over Read, Read over ReadBasic, `.All` over none) and every request that accepts the lower accepts the higher; and one for what is shared includes that for one's own (“including their own and shared mail”).",
    `Say who the user is, and are never excess: ${permissions
      .filter(({ identity }) => identity)
      .map(({ name }) => `\`${name}\``)
      .join(", ")}.`,
  ].join("\n\n");
}

function unknowns(requests: readonly DerivedRequest[], { permissions }: PermissionVocabulary): string {
  const unlisted = permissions.filter((row) => row.unlisted).map(({ name }) => `\`${name}\``);
  const without = requests.filter(({ needs: all }) => !all.delegated).length;
  return bullets([
    `which requests open: ${unlisted.sort(compareText).join(", ")}. The source lists none, or few; they are never judged`,
    `what a signed-in user needs for ${without} operations for which the source has no delegated column: the request may not be open to users, or the source may be wanting. It counts as unknown`,
    "v1.0 and beta are mixed in the source",
    "roles of users and administrators, access policies, and what a resource's owner allows",
    "bodies: a message with recipients that is only stored as a draft, and an event with guests, are what their request is",
  ]);
}

const bullets = (lines: readonly string[]): string => lines.map((line) => `- ${line}`).join("\n");

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}
