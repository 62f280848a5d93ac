/** What the documentation of a command says of permissions: the comment above its class in the package's declarations. */

/** Sentences that name an action without asking for it. */
const ASKS_FOR_NOTHING: readonly RegExp[] = [
  // What somebody else must be allowed or kept from.
  /\bden(?:y|ied|ies|ying)\b/i,
  /\bnot (?:be )?authorized\b|\bnot against\b|n't authorized\b/i,
  /\bservice principal\b|\byou must grant it\b|\bthe IAM role that\b|\bexecution role includes\b|\bthe role (?:that )?you assigned\b|\breceiver's policy\b/i,
  /\bA user who has\b|\bUsers with\b|\bamazonaws\.com\b/,
  // What happens with it or without.
  /\bwithout requiring\b|\bis not required\b|\bwon[’']t work\b|\bis lifted\b|\bdoes not require\b/i,
  /\bIf you (?:have|don[’']t have) the\b|\bif you have the\b|\blacks?(?:ing)?\b|\bbut you don[’']t have\b/,
  /\bdoes(?:n[’']t| not) exist\b/,
  /\bCause:|"Action"|"Effect"/,
];

/** Actions that the documentation asks for, as it writes them. */
export function mentionedActions(declaration: string): string[] {
  const found = sentencesOf(declaration)
    .filter((sentence) => !ASKS_FOR_NOTHING.some((pattern) => pattern.test(sentence)))
    .flatMap((sentence) => sentence.match(/\b[a-z][a-z0-9-]*:[A-Z][A-Za-z0-9]+\b/g) ?? []);
  return [...new Set(found)].sort();
}

/** The documentation says that no permission is checked. */
export function needsNothing(declaration: string): boolean {
  return sentencesOf(declaration).some((sentence) =>
    /^No permissions are required (?:for users )?to perform this operation|\bdoesn't evaluate Identity and Access Management \(IAM\) policies in requests for this API operation|\bYou do not need any credentials to call this API|\bdoes not require the use of Amazon Web Services security credentials/.test(
      sentence,
    ),
  );
}

function sentencesOf(declaration: string): string[] {
  const end = declaration.indexOf("export declare class");
  const comment = declaration.slice(declaration.lastIndexOf("/**", end), end).split("@example")[0]!;
  const lines = comment
    .replace(/\n\s*\*\s?/g, " ")
    .replace(/<\/?(?:p|li|dt|dd|ul|ol|dl|note|important|br)\/?>/g, "\n")
    .replace(/<[^>]*>/g, "")
    .split("\n");
  return lines
    .flatMap((line) => line.replace(/\s+/g, " ").split(/(?<=[.;])\s+(?=[A-Z])/))
    .map((sentence) => sentence.trim())
    .filter((sentence) => sentence !== "");
}
