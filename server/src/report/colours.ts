import picocolors from "picocolors";

export type Colours = ReturnType<typeof picocolors.createColors>;

export function coloursFor(on: boolean): Colours {
  return picocolors.createColors(on);
}
