import type { ManifestNode, ManifestTree, MapEntry } from "./tree.ts";
import { readYamlTree } from "./yaml.ts";

/**
 * What stands above a Markdown text between two lines of dashes. Hosts read it more leniently than YAML is written: where it is
 * none, each key of the outermost level is read by itself.
 */
export function readFrontMatter(text: string): ManifestTree {
  const match = /^---[^\S\n]*\r?\n([^]*?)^---[^\S\n]*(?:\r?\n|$)/m.exec(text);
  if (!match || match.index !== 0) return { roots: [], comments: [] };
  // The first line becomes a comment of the same length: everything stands where it stood.
  const front = text.slice(0, match[0].lastIndexOf("---"));
  const tree = readYamlTree(`#${front.slice(1)}`);
  return tree.problem === undefined ? tree : { roots: [keyByKey(front)], comments: [] };
}

const KEY = /^([A-Za-z][\w-]*):(?=\s|$)/gm;

function keyByKey(front: string): ManifestNode {
  const keys = [...front.matchAll(KEY)];
  const entries = keys.flatMap((match, i): MapEntry[] => {
    const end = keys[i + 1]?.index ?? front.length;
    const [root] = readYamlTree(`${"\n".repeat(match.index)}${front.slice(match.index, end)}`).roots;
    const [own] = root?.kind === "map" ? root.entries : [];
    return own ? [own] : [];
  });
  return { kind: "map", flow: false, entries, span: { start: 0, end: front.length } };
}
