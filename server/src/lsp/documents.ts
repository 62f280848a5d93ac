import type { TextDocumentContentChangeEvent, TextDocumentItem } from "vscode-languageserver/node";
import { protocolSpan } from "./convert/range.ts";
import { pathOfUri } from "./uris.ts";

/** A document as the editor has it now, saved or not. */
export interface OpenDocument {
  /** As the client spells it. */
  readonly uri: string;
  /** Absolute; undefined for what is not on a disk. */
  readonly path: string | undefined;
  readonly version: number;
  readonly text: string;
}

/** The documents that are open in the editor. Changes are applied in the order in which they come. */
export class OpenDocuments {
  readonly #byUri = new Map<string, OpenDocument>();
  readonly #byPath = new Map<string, OpenDocument>();

  open({ uri, version, text }: TextDocumentItem): OpenDocument {
    return this.#keep({ uri, path: pathOfUri(uri), version, text });
  }

  /** Undefined if no such document is open. */
  change(uri: string, version: number, changes: readonly TextDocumentContentChangeEvent[]): OpenDocument | undefined {
    const document = this.#byUri.get(uri);
    return document && this.#keep({ ...document, version, text: changes.reduce(changed, document.text) });
  }

  close(uri: string): OpenDocument | undefined {
    const document = this.#byUri.get(uri);
    this.#byUri.delete(uri);
    if (document?.path !== undefined) this.#byPath.delete(document.path);
    return document;
  }

  at(path: string): OpenDocument | undefined {
    return this.#byPath.get(path);
  }

  all(): Iterable<OpenDocument> {
    return this.#byUri.values();
  }

  #keep(document: OpenDocument): OpenDocument {
    this.#byUri.set(document.uri, document);
    if (document.path !== undefined) this.#byPath.set(document.path, document);
    return document;
  }
}

function changed(text: string, change: TextDocumentContentChangeEvent): string {
  const range = "range" in change ? change.range : undefined;
  if (!range) return change.text;
  const { start, end } = protocolSpan(text, range);
  return text.slice(0, start) + change.text + text.slice(end);
}
