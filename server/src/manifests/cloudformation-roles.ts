import { cloudFunction } from "./cloud-references.ts";
import type { CloudResource } from "./cloudformation-resources.ts";
import type { ManifestGrant, ManifestSource } from "./manifest.ts";
import { readStatements, type PolicyHolder } from "./policy-statements.ts";
import type { ManifestNode } from "./tree.ts";
import { at } from "./tree.ts";

/** All that one role may do, as far as the template writes it. */
export interface CloudRole extends PolicyHolder {
  /** What `Statement` holds, of each of its policies. */
  readonly statements: readonly ManifestNode[];
  /** The roles that have it, and the functions that are one with theirs. */
  readonly holders: readonly CloudResource[];
}

/**
 * The roles of a template, those that SAM makes for functions, and policies of which it is not told whose they are. A role that no
 * function of the template has is for code that may be anywhere: its token is nobody's.
 */
export function rolesOf(resources: readonly CloudResource[]): CloudRole[] {
  const holders = resources.filter(({ type }) => HOLDERS.has(type));
  const functions = resources.filter(({ type }) => FUNCTIONS.has(type));
  const holderOf = (holder: CloudResource): PolicyHolder => {
    const isOurs =
      holder.type !== "AWS::IAM::Role" || functions.some((one) => refersTo(at(one.properties, "Role"), holder.name));
    return { list: `role ${holder.name}`, ...(!isOurs && { token: holder.name }) };
  };
  const sharedHolder = ({ name }: CloudResource, having: readonly CloudResource[]): PolicyHolder => {
    const isOurs = having.some((holder) => holderOf(holder).token === undefined);
    return { list: `policy ${name}`, ...(!isOurs && { token: name }) };
  };
  const policies = resources.filter(({ type }) => POLICIES.has(type));
  const whose = new Map(policies.map((policy) => [policy, holders.filter((holder) => isOf(policy, holder))]));
  const own = holders.map((holder): CloudRole => {
    const attached = policies.filter((policy) => whose.get(policy)!.length === 1 && whose.get(policy)![0] === holder);
    return {
      ...holderOf(holder),
      statements: [...writtenAt(holder), ...attached.flatMap(documentOf)],
      holders: [holder],
    };
  });
  const shared = policies
    .filter((policy) => whose.get(policy)!.length !== 1)
    .map((policy): CloudRole => ({
      ...sharedHolder(policy, whose.get(policy)!),
      statements: documentOf(policy),
      holders: whose.get(policy)!,
    }));
  return [...own, ...shared];
}

/** The lists of the roles that a function has. */
export function listsOf(owner: CloudResource, roles: readonly CloudRole[]): string[] {
  return roles.filter(({ holders }) => holders.some((holder) => isRoleOf(holder, owner))).map(({ list }) => list);
}

function isRoleOf(holder: CloudResource, owner: CloudResource): boolean {
  const role = at(owner.properties, "Role");
  return role ? refersTo(role, holder.name) : holder === owner;
}

export function statementsOf({ list, token, statements }: CloudRole, source: ManifestSource): readonly ManifestGrant[] {
  const holder = { list, ...(token !== undefined && { token }) };
  return statements.flatMap((node) => readStatements(node, holder, source));
}

/** What runs code that the template names. */
export const FUNCTIONS: ReadonlySet<string> = new Set(["AWS::Serverless::Function", "AWS::Lambda::Function"]);
const HOLDERS: ReadonlySet<string> = new Set(["AWS::IAM::Role", "AWS::Serverless::Function"]);
const POLICIES: ReadonlySet<string> = new Set(["AWS::IAM::Policy", "AWS::IAM::RolePolicy", "AWS::IAM::ManagedPolicy"]);

// ---- whose a policy is

/** `Roles` of the policy names the role, or the role (of SAM, the function) names the policy. */
function isOf(policy: CloudResource, holder: CloudResource): boolean {
  const named = [at(policy.properties, "Roles"), at(policy.properties, "RoleName")];
  const naming = ["ManagedPolicyArns", "Policies"].map((key) => at(holder.properties, key));
  return named.some((node) => refersTo(node, holder.name)) || naming.some((node) => refersTo(node, policy.name));
}

/** A reference, or a list with one in it; statements that speak of a resource are none. */
function refersTo(node: ManifestNode | undefined, name: string): boolean {
  if (!node) return false;
  const made = cloudFunction(node);
  if (!made) return node.kind === "list" && node.items.some((item) => refersTo(item, name));
  const { argument } = made;
  const target = argument.kind === "list" ? argument.items[0] : argument;
  return (
    (made.name === "Ref" || made.name === "GetAtt") &&
    target?.kind === "scalar" &&
    String(target.value).split(".")[0] === name
  );
}

// ---- what they say

/** Policies of a role have a document; those of SAM are one. A name, or a template of SAM's, has none. */
function writtenAt({ properties }: CloudResource): ManifestNode[] {
  const policies = at(properties, "Policies");
  const items = policies?.kind === "list" ? policies.items : policies ? [policies] : [];
  return items.flatMap((item) => at(item, "PolicyDocument", "Statement") ?? at(item, "Statement") ?? []);
}

function documentOf({ properties }: CloudResource): ManifestNode[] {
  const statement = at(properties, "PolicyDocument", "Statement");
  return statement ? [statement] : [];
}
