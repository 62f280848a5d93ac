/** What a tool answers. */
export function asText(value: unknown) {
  return { content: [{ type: "text" as const, text: JSON.stringify(value) }] };
}
