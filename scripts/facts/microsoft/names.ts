/** What the names of Graph's permissions say by themselves: `<resource>.<operation>.<constraint>`. */

/** `Mail` of `Mail.Read`. */
export function familyOf(name: string): string {
  return name.slice(0, name.indexOf("."));
}

/** Only reads: `Read`, `ReadBasic`, `ReadForTeam`. */
export function onlyReads(name: string): boolean {
  return /^Read(?:Basic|Anonymous)?(?:Selected)?(?:For(?:Chat|Team|User))?$/.test(operationOf(name));
}

/** Reads some of the properties only. */
export function isBasic(name: string): boolean {
  return operationOf(name).endsWith("Basic");
}

export function sends(name: string): boolean {
  return operationOf(name) === "Send";
}

/** Reaches only part of the resources, chosen by an owner or administrator, or by how they came to be. */
export function isPartial(name: string): boolean {
  return PARTIAL.has(name.slice(name.lastIndexOf(".") + 1));
}

const PARTIAL = new Set([
  ..."Chat Group Selected User".split(" "),
  ..."AppFolder CreatedByApp CrossCloud IdentityParentedBy ManagedBy OwnedBy WhereInstalled".split(" "),
]);

/** `Read` of `Mail.Read`, `ReadWrite` of `Sites.ReadWrite.All`. */
function operationOf(name: string): string {
  return name.split(".")[1] ?? "";
}
