import { posix } from "node:path";
import { describe, expect, test } from "vitest";
import { exists, headings, manifest, pages, projectFiles, prose, read } from "./project.ts";

/* What the pages point at is there. */

describe.each(pages())("%s", (page) => {
  test("its links lead somewhere", () => {
    const links = [...prose(page).matchAll(/\]\(([^()\s]+)\)/g)].map((match) => match[1]!);
    const broken = links.filter((link) => !/^https?:/.test(link) && !leadsSomewhere(page, link));
    expect(broken).toEqual([]);
  });

  test("the files and folders it names are there", () => {
    const named = [
      ...prose(page).matchAll(
        /`((?:server\/|client\/|test\/|scripts\/|docs\/|examples\/|syntaxes\/|bench\/|\.ci\/)[^`<>*…]*)`/g,
      ),
    ].map((match) => match[1]!);
    expect(named.filter((path) => !exists(path))).toEqual([]);
  });

  test("the commands it names are scripts", () => {
    const named = [...read(page).matchAll(/\bnpm (?:run (?:-s )?([\w:-]+)|(start|test)\b)/g)].map(
      (match) => match[1] ?? match[2]!,
    );
    expect(named.filter((name) => !Object.hasOwn(manifest.scripts, name))).toEqual([]);
  });
});

function leadsSomewhere(page: string, link: string): boolean {
  const [path, anchor] = link.split("#") as [string, string?];
  const target = path === "" ? page : posix.normalize(posix.join(posix.dirname(page), path));
  if (!exists(target)) return false;
  return anchor === undefined || headings(target).map(anchorOf).includes(anchor);
}

/** As GitHub makes them. */
function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, "")
    .replaceAll(/\s/g, "-");
}

test("every screenshot in docs/images is shown somewhere", () => {
  const pictures = projectFiles().filter((path) => /^docs\/images\/.*\.png$/.test(path));
  const texts = pages().map(read).join("\n");
  expect(pictures.filter((path) => !texts.includes(path.slice("docs/".length)))).toEqual([]);
});
