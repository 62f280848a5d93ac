import type { PermissionRow } from "../../model/pack.ts";
import type { Place } from "../../model/place.ts";
import type { Result, WorkspaceResult } from "../../model/result.ts";
import { type Analysed, type Engine, type EngineOptions, permissionKey } from "../engine.ts";

/** The service as an engine. It loads facts and rules, and compilers once there is something to compile. */
export async function createServiceEngine({ root, documentsOnly, onProgress }: EngineOptions): Promise<Engine> {
  const { Service } = await import("../../service/service.ts");
  const service = await Service.create({ root, ...(documentsOnly && { files: {} }), onProgress });
  const { workspace } = service;
  return {
    isLost: () => false,
    setDocument: (path, text) => workspace.setDocument(path, text),
    closeDocument: (path) => workspace.closeDocument(path),
    filesChanged: (paths) => workspace.filesChanged(paths),
    analyse: async (token) => analysed(await service.analyse(token), (...asked) => service.permission(...asked)),
    fixAll: (path, kinds) => service.fixAll(path, kinds),
    accept: (finding, reason) => service.accept(finding, reason),
    explain: (subject) => service.explain(subject),
    describePlace: (path, line) => service.describePlace(path, line),
    dispose: () => undefined,
  };
}

/** A result with all that an editor may ask about it later. The service reads texts as they are now; here they are kept as they were. */
export function analysed(
  { textOf, ...result }: WorkspaceResult,
  permission: (deployable: string | null, provider: string, name: string) => PermissionRow | undefined,
): Analysed {
  const texts = new Map<string, string>();
  for (const file of filesOf(result)) {
    const text = textOf(file);
    if (text !== undefined) texts.set(file, text);
  }
  const permissions = new Map<string, PermissionRow>();
  for (const asked of permissionsOf(result)) {
    const row = permission(...asked);
    if (row) permissions.set(permissionKey(...asked), row);
  }
  return { result, texts, permissions };
}

/** Every file that a place of the result is in. */
function filesOf({ errors, findings, deployables }: Result): Set<string> {
  const files = new Set(errors.map(({ file }) => file));
  const add = (...places: (Place | null | undefined)[]): void => {
    for (const place of places) if (place) files.add(place.file);
  };
  for (const { place, related, fixes } of findings) {
    add(place, ...related.map((each) => each.place));
    for (const { edits, listChanges } of fixes) {
      for (const { file } of edits) files.add(file);
      for (const { list } of listChanges ?? []) files.add(list.file);
    }
  }
  for (const { accesses, grants, tools, agents, blindSpots } of deployables) {
    for (const { place, reachedBy } of accesses) {
      add(place);
      for (const { trace } of reachedBy) add(...trace.map((step) => step.place));
    }
    for (const grant of grants) add(grant.place, grant.takesEffectAt);
    for (const tool of tools) add(tool.place, tool.handler, tool.annotationsObject?.place);
    add(...agents.map(({ place }) => place), ...blindSpots.map(({ place }) => place));
  }
  return files;
}

function* permissionsOf({
  findings,
  deployables,
}: Result): Iterable<readonly [deployable: string | null, provider: string, name: string]> {
  for (const { deployable, grants } of deployables)
    for (const { permission } of grants) yield [deployable.id, permission.provider, permission.name];
  for (const { deployable, service, permission, evidence } of findings) {
    if (service === null) continue;
    for (const name of new Set([permission, ...evidence.narrowest.flat()]))
      if (name !== null) yield [deployable, service.split(".")[0]!, name];
  }
}
