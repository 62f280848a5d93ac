import type { FixKind } from "../../model/finding.ts";
import type { AcceptedFinding } from "../../service/acceptance.ts";
import type { Engine } from "../engine.ts";

/** What an engine is told without an answer; each carries which engine is meant. */
export type Order =
  | { readonly kind: "create"; readonly root: string; readonly documentsOnly: boolean }
  | { readonly kind: "setDocument"; readonly path: string; readonly text: string }
  | { readonly kind: "closeDocument"; readonly path: string }
  | { readonly kind: "filesChanged"; readonly paths: readonly string[] | undefined }
  | { readonly kind: "dispose" };

/** What an engine is asked. */
export type Question =
  | { readonly kind: "analyse"; readonly cancelled: SharedArrayBuffer }
  | { readonly kind: "fixAll"; readonly path: string; readonly kinds: readonly FixKind[] }
  | { readonly kind: "accept"; readonly finding: AcceptedFinding; readonly reason: string }
  | { readonly kind: "explain"; readonly subject: string }
  | { readonly kind: "describePlace"; readonly path: string; readonly line: number };

export type ToThread = { readonly engine: number } & (
  | { readonly order: Order }
  | { readonly question: Question; readonly id: number }
);

export type FromThread =
  | {
      readonly kind: "progress";
      readonly engine: number;
      readonly done: number;
      readonly total: number;
      readonly what: string;
    }
  | { readonly kind: "answer"; readonly id: number; readonly value: AnswerTo<Question["kind"]> }
  | {
      readonly kind: "failure";
      readonly id: number;
      readonly how: "cancelled" | "lost" | "failed";
      readonly error: unknown;
    };

/** The answer to each kind of question. */
export type AnswerTo<K extends Question["kind"]> = Awaited<ReturnType<Engine[K]>>;
