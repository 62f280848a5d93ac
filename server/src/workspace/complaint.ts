/** The way to something in a configuration: keys, and numbers through lists. */
export type Path = readonly (string | number)[];

/** What is wrong at a place of a configuration, and what to write instead. */
export interface Complaint {
  readonly path: Path;
  readonly message: string;
}
