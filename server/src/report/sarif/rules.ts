import type { ReportingDescriptor } from "sarif";
import type { RuleMeta, Severity } from "../../model/finding.ts";
import { RULES } from "../../rules/index.ts";
import { rulePageAddress } from "../../service/rule-page.ts";
import { readRulePage } from "../../workspace/shipped-files.ts";

export const LEVELS: Readonly<Record<Severity, "error" | "warning" | "note">> = {
  error: "error",
  warning: "warning",
  info: "note",
};

/** GitHub's scale: from 7.0 high, from 4.0 medium, below low. */
const SECURITY_SEVERITY: Readonly<Record<Severity, string>> = { error: "7.0", warning: "5.0", info: "3.0" };

/** All rules, whether or not they have found anything: what a rule does not report is thereby said too. */
export function ruleDescriptors(): ReportingDescriptor[] {
  return RULES.map(({ meta }) => descriptorOf(meta, readRulePage(meta.id)));
}

/** `page`: the Markdown page of the rule. */
export function descriptorOf(meta: RuleMeta, page: string | undefined): ReportingDescriptor {
  const sentence = `Reports ${meta.says}.`;
  const description = (page && sectionOf(page, "What it says")) ?? sentence;
  const address = rulePageAddress(meta.id);
  return {
    id: meta.id,
    shortDescription: { text: sentence },
    fullDescription: { text: description.replaceAll("`", ""), markdown: description },
    help: { text: description.replaceAll("`", ""), markdown: page ?? sentence },
    // A page on this machine is of no use to whoever reads the report elsewhere.
    ...(address?.startsWith("https:") ? { helpUri: address } : {}),
    defaultConfiguration:
      meta.default === "off" ? { enabled: false, level: "note" } : { enabled: true, level: LEVELS[meta.default] },
    properties: propertiesOf(meta),
  };
}

/**
 * A rule whose fix takes power away, or corrects what a tool says it does, is about security; the others are about a
 * program that fails, or about tidiness.
 */
function propertiesOf({ default: level, fix }: RuleMeta) {
  const precision = level === "off" ? "medium" : "high";
  if (level === "off" || (fix !== "narrows" && fix !== "declares")) return { precision, tags: ["permissions"] };
  // CWE-250: execution with unnecessary privileges.
  const weakness = fix === "narrows" ? ["external/cwe/cwe-250"] : [];
  return {
    precision,
    "security-severity": SECURITY_SEVERITY[level],
    tags: ["permissions", "security", ...weakness],
  };
}

/** First paragraph under a heading of the second level. */
function sectionOf(page: string, heading: string): string | undefined {
  const [, after] = page.split(`\n## ${heading}\n`);
  const paragraph = after?.trimStart().split(/\r?\n\s*\r?\n/, 1)[0];
  return paragraph?.replaceAll(/\s+/g, " ").trim() || undefined;
}
