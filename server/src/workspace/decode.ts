import { isUtf8 } from "node:buffer";
import type { FileContent, TextContent } from "./file-system.ts";

/** How far to look for the zero byte that no text has. */
const BINARY_PROBE = 8 * 1024;

/** Bytes of a file to its text. UTF-16 is recognised by its byte order mark; everything else must be UTF-8. */
export function decodeBytes(bytes: Uint8Array): FileContent {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (buffer[0] === 0xff && buffer[1] === 0xfe)
    return { kind: "text", text: buffer.toString("utf16le", 2), bom: true, encoding: "utf-16le" };
  if (buffer[0] === 0xfe && buffer[1] === 0xff)
    return {
      kind: "text",
      text: swapped(buffer.subarray(2)).toString("utf16le"),
      bom: true,
      encoding: "utf-16be",
    };
  if (buffer.subarray(0, BINARY_PROBE).includes(0)) return { kind: "binary" };
  if (!isUtf8(buffer)) return { kind: "not-utf-8" };
  const bom = buffer[0] === 0xef && buffer[1] === 0xbb && buffer[2] === 0xbf;
  return { kind: "text", text: buffer.toString("utf8", bom ? 3 : 0), bom, encoding: "utf-8" };
}

/** The bytes of an edited text, in the encoding the file had. */
export function encodeText(text: string, { bom, encoding }: Pick<TextContent, "bom" | "encoding">): Uint8Array {
  const marked = bom ? `\ufeff${text}` : text;
  if (encoding === "utf-8") return Buffer.from(marked, "utf8");
  const little = Buffer.from(marked, "utf16le");
  return encoding === "utf-16le" ? little : swapped(little);
}

function swapped(bytes: Buffer): Buffer {
  const even = Buffer.from(bytes.subarray(0, bytes.length - (bytes.length % 2)));
  return even.swap16();
}
