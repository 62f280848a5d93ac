import { createHash } from "node:crypto";

/** Short stable id of a structure: 16 hex digits of SHA-256 over the parts, parted so that no two lists collide. */
export function structuralId(...parts: readonly string[]): string {
  return createHash("sha256").update(JSON.stringify(parts)).digest("hex").slice(0, 16);
}
