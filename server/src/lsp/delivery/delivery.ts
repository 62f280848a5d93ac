import type { OpenDocument } from "../documents.ts";
import type { Project } from "../project.ts";
import type { Snapshot } from "../snapshot.ts";

/** How diagnostics reach the client: it pulls them, or they are pushed. */
export interface Delivery {
  /** Whether it is worth while to analyse before somebody asks. */
  wants(project: Project): boolean;
  /** A snapshot of the project's present state is there. */
  analysed(project: Project, snapshot: Snapshot): void;
  /** The project speaks no more: its folder went, or its settings turned it off. */
  withdrawn(project: Project): void;
  closed(document: OpenDocument): void;
}
