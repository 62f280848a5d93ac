/** A generated page. */
export function page(title: string, lines: readonly string[]): string {
  return ["<!-- Written by `npm run generate`; do not edit. -->", "", `# ${title}`, "", ...lines, ""].join("\n");
}

export function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  return [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`);
}
