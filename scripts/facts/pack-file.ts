import { createHash } from "node:crypto";
import { brotliCompressSync, constants } from "node:zlib";

/** A pack as it lies on disk: brotli over JSON in one line, always the same bytes for the same data. */
export function packFile(data: object): Buffer {
  const json = Buffer.from(`${JSON.stringify(data)}\n`);
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
