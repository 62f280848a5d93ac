import type { Disposable, TextDocumentContentProvider } from "vscode";
import { EventEmitter, Uri, commands, workspace } from "vscode";

const SCHEME = "remit";

/** Answers of the server as read-only Markdown documents, shown rendered: one a subject, the latest. */
export class Answers implements TextDocumentContentProvider, Disposable {
  readonly #texts = new Map<string, string>();
  readonly #changed = new EventEmitter<Uri>();
  readonly #registration = workspace.registerTextDocumentContentProvider(SCHEME, this);
  readonly onDidChange = this.#changed.event;

  provideTextDocumentContent(uri: Uri): string {
    return this.#texts.get(uri.toString()) ?? "This answer is gone. Ask again.\n";
  }

  async show(title: string, markdown: string): Promise<void> {
    // A slash would end the name that the tab shows.
    const uri = Uri.from({ scheme: SCHEME, path: `/${title.replaceAll("/", "∕")}.md` });
    this.#texts.set(uri.toString(), markdown);
    this.#changed.fire(uri);
    await commands.executeCommand("markdown.showPreview", uri);
  }

  dispose(): void {
    this.#registration.dispose();
    this.#changed.dispose();
  }
}
