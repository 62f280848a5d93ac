import type { Hover, HoverParams } from "vscode-languageserver/node";
import { protocolOffset } from "../convert/range.ts";
import { hoverAt } from "../hover/hover.ts";
import type { View } from "../language-server.ts";

export function hover({ position }: HoverParams, { server, snapshot, file }: View): Hover | null {
  const text = snapshot.text(file);
  if (text === undefined) return null;
  const offset = protocolOffset(text, snapshot.lineStarts(file), position);
  return hoverAt(snapshot, file, offset, server.client.markdown);
}
