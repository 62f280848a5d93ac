import type { CodeAction, CodeActionParams, Hover } from "vscode-languageserver/node";
import { describe, expect, it } from "vitest";
import { EDITORS } from "./support/editors.ts";
import { AGENT, AUTH, folder, SLIDES } from "./support/project.ts";
import { codes, published, pulled, session } from "./support/session.ts";

/** Everything an editor of these may be asked; what it never said it can do must not be asked of it. */
const ANSWERS: Readonly<
  Record<string, { readonly needs: (capabilities: any) => boolean; readonly answer: () => unknown }>
> = {
  "workspace/configuration": { needs: ({ workspace }) => workspace.configuration === true, answer: () => [null] },
  "client/registerCapability": {
    needs: ({ workspace }) =>
      workspace.didChangeWatchedFiles?.dynamicRegistration || workspace.didChangeConfiguration?.dynamicRegistration,
    answer: () => null,
  },
  "window/workDoneProgress/create": { needs: ({ window }) => window.workDoneProgress === true, answer: () => null },
  "workspace/diagnostic/refresh": {
    needs: ({ workspace }) => workspace.diagnostics?.refreshSupport === true,
    answer: () => null,
  },
};

describe.each(EDITORS.map((editor) => [editor.name, editor] as const))("%s", (_name, { capabilities, diagnostics }) => {
  it("is shown the finding, its fix and its hover, in the way it announced, and asked nothing it did not", async () => {
    const answers = Object.fromEntries(
      Object.entries(ANSWERS)
        .filter(([, { needs }]) => needs(capabilities))
        .map(([method, { answer }]) => [method, answer]),
    );
    const project = folder(AGENT);
    const talk = await session({ capabilities, folders: [project], answers });
    expect(talk.initialized.capabilities.positionEncoding).toBe("utf-16");
    expect(talk.initialized.capabilities.diagnosticProvider !== undefined).toBe(diagnostics === "pull");
    const uri = project.at("src/auth.ts");
    talk.open(uri, AUTH);
    talk.open(project.at("src/slides.ts"), SLIDES);
    const items = diagnostics === "pull" ? (await pulled(talk, uri)).items! : (await published(talk, uri)).diagnostics;
    expect(codes(items)).toEqual(["unused-permission"]);

    const textDocument = { uri };
    const given: CodeActionParams = { textDocument, range: items[0]!.range, context: { diagnostics: [...items] } };
    const actions = await talk.client.request<CodeAction[]>("textDocument/codeAction", given);
    expect(actions.map(({ kind }) => kind)).toEqual(["quickfix", "quickfix", "source.fixAll.remit"]);
    const fixAll = actions[2]!.edit
      ? actions[2]!
      : await talk.client.request<CodeAction>("codeAction/resolve", actions[2]);
    expect(JSON.stringify(fixAll.edit)).toContain(JSON.stringify(uri));
    const hover = await talk.client.request<Hover>("textDocument/hover", {
      textDocument,
      position: items[0]!.range.start,
    });
    expect(hover.contents).toMatchObject({ kind: "markdown", value: expect.stringContaining("**drive\\.readonly**") });

    talk.change(project.at("src/slides.ts"), 2, "export {};\n");
    if (diagnostics === "pull") expect((await pulled(talk, uri)).items).toEqual([]);
    else await published(talk, uri, (all) => all.length === 0);
  });
});
