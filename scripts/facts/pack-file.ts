import { createHash } from "node:crypto";
import { brotliCompressSync, constants } from "node:zlib";

/** Packs as they lie on disk: brotli over JSON, one a line; always the same bytes for the same data. */
export function packFile(...data: readonly object[]): Buffer {
  const json = Buffer.from(data.map((line) => `${JSON.stringify(line)}\n`).join(""));
  return brotliCompressSync(json, {
    params: {
      [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
      [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
      [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS,
      [constants.BROTLI_PARAM_SIZE_HINT]: json.length,
    },
  });
}

export const sha256 = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");
