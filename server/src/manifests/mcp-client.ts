import type { Wildcard } from "../model/analysis.ts";
import type { ManifestContent, ManifestGrant, ManifestKind } from "./manifest.ts";
import type { ManifestNode, MapEntry, ScalarNode } from "./tree.ts";
import { at, listAt, mapAt, textAt, textItems } from "./tree.ts";

/** Which MCP servers a host starts, and with what: folders, mounts of a container, what a runtime allows. */
export const mcpClient: ManifestKind = {
  id: "mcp-client",
  title: "MCP configuration",
  marks: ["command", "args"],

  recognises: (root) => serversOf(root).some(({ value }) => isServer(value)),

  read: (root): ManifestContent => ({
    grants: serversOf(root).flatMap(({ key, value }) => grantsOf(key, value)),
    needs: [],
    entries: [],
  }),
};

/** Where hosts keep them. */
const ROOTS: readonly string[] = ["mcpServers", "servers", "context_servers"];

function serversOf(root: ManifestNode): readonly MapEntry[] {
  return ROOTS.flatMap((key) => mapAt(root, key)?.entries ?? []);
}

function isServer(node: ManifestNode): boolean {
  return textAt(node, "command") !== undefined && (listAt(node, "args") !== undefined || at(node, "env") !== undefined);
}

interface Argument {
  readonly text: string;
  readonly node: ScalarNode;
}

function grantsOf(server: string, node: ManifestNode): ManifestGrant[] {
  const list = listAt(node, "args");
  if (!isServer(node) || !list) return [];
  const command = textAt(node, "command")!
    .replace(/^.*[\\/]/, "")
    .replace(/\.(?:exe|cmd)$/, "");
  const args = textItems(list);
  const found = [
    ...foldersOf(args),
    ...(command === "docker" || command === "podman" ? containerOf(args) : []),
    ...(command === "deno" ? denoOf(args) : []),
  ];
  return found.map(({ written, node: place, wildcard }) => ({
    provider: "mcp-host",
    written: `${server}: ${written}`,
    span: place.span,
    list: `${server} ${place.span.start}`,
    verb: "granted",
    ...(wildcard && { wildcard }),
  }));
}

interface Found {
  readonly written: string;
  readonly node: ScalarNode;
  readonly wildcard?: Wildcard | undefined;
}

/** `@modelcontextprotocol/server-filesystem` takes the folders it may read and write as its arguments. */
const FILESYSTEM = /^(?:@modelcontextprotocol\/server-filesystem|mcp\/filesystem)(?:[@:][^/]*)?$/;

function foldersOf(args: readonly Argument[]): Found[] {
  const position = args.findIndex(({ text }) => FILESYSTEM.test(text));
  const folders = position < 0 ? [] : args.slice(position + 1).filter(({ text }) => !text.startsWith("-"));
  // In a container they are folders of the container: what they are outside is said by its mounts.
  if (args.some(({ text }) => text === "run")) return [];
  return folders.map(({ text, node }) => ({ written: `files ${text}`, node, wildcard: wideFolder(text, "update") }));
}

/** The whole disk, or all that one of its users has. */
const WHOLE_DISK = /^(?:\/|[A-Za-z]:[\\/]*|\/(?:home|Users)\/?)$/;
const WHOLE_HOME =
  /^(?:~|\$HOME|\$\{(?:env:)?HOME\}|\$\{userHome\}|%USERPROFILE%|\/(?:home|Users)\/[^/]+|[A-Za-z]:[\\/]+Users[\\/]+[^\\/]+)[\\/]*$/;

function wideFolder(folder: string, effect: Wildcard["effect"]): Wildcard | undefined {
  const does = effect === "read" ? "read" : "read and write";
  if (WHOLE_DISK.test(folder)) return { says: `lets the server ${does} the whole disk`, effect };
  return WHOLE_HOME.test(folder) ? { says: `lets the server ${does} everything its user has`, effect } : undefined;
}

/** Mounts and privileges of a container. */
function containerOf(args: readonly Argument[]): Found[] {
  return args.flatMap(({ text, node }, i): Found[] => {
    if (text === "--privileged")
      return [
        { written: text, node, wildcard: { says: "takes the walls of the container down", effect: "administer" } },
      ];
    const mount = /^(?:-v|--volume|--mount)$/.test(args[i - 1]?.text ?? "")
      ? text
      : /^(?:-v|--volume=|--mount=)(.+)$/.exec(text)?.[1];
    if (mount === undefined) return [];
    const host = /(?:^|,)(?:src|source)=([^,]+)/.exec(mount)?.[1] ?? /^((?:[A-Za-z]:)?[^:]*):/.exec(mount)?.[1];
    if (host === undefined) return [];
    const onlyRead = /:ro(?:,|$)|(?:^|,)(?:readonly|ro)(?:=true|=1)?(?:,|$)/.test(mount);
    const wildcard: Wildcard | undefined = host.endsWith("docker.sock")
      ? { says: "hands the server Docker itself, and with it the machine", effect: "administer" }
      : wideFolder(host, onlyRead ? "read" : "update");
    return [{ written: `mount ${host}${onlyRead ? " (read)" : ""}`, node, wildcard }];
  });
}

/** What Deno allows; without a list it is everything of its kind. */
function denoOf(args: readonly Argument[]): Found[] {
  return args.flatMap(({ text, node }): Found[] => {
    if (text === "-A" || text === "--allow-all")
      return [
        { written: text, node, wildcard: { says: "lets the server do all that its user may", effect: "execute" } },
      ];
    return text.startsWith("--allow-") ? [{ written: text, node }] : [];
  });
}
