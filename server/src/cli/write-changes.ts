import type { DiskFileSystem } from "../workspace/disk-file-system.ts";
import type { TextContent } from "../workspace/file-system.ts";
import type { Change } from "./fix-rounds.ts";

/** Why a file was left as it is. */
export interface Refusal {
  readonly file: string;
  readonly why: string;
}

/**
 * Writes all changes or none: a fix may reach over several files. A file that is no longer what was analysed is not
 * overwritten. Mode, byte order mark and encoding stay.
 */
export function writeChanges(disk: DiskFileSystem, changes: readonly Change[]): Refusal[] {
  const checked = changes.map((change) => ({ change, content: disk.read(change.file) }));
  const changed = checked.filter(({ change, content }) => content.kind !== "text" || content.text !== change.before);
  if (changed.length > 0) {
    return changed.map(({ change }) => ({ file: change.file, why: "it has changed since it was analysed" }));
  }
  const written: (readonly [Change, TextContent])[] = [];
  for (const { change, content } of checked) {
    const like = content as TextContent;
    const problem = disk.write(change.file, change.after, like);
    if (problem === undefined) {
      written.push([change, like]);
      continue;
    }
    for (const [{ file, before }, manner] of written) disk.write(file, before, manner);
    return [{ file: change.file, why: problem.replace(`${change.file}: `, "") }];
  }
  return [];
}
