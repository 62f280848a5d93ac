import process from "node:process";
import { expect, it } from "vitest";
import { EDITORS } from "./support/editors.ts";
import { runNeovim, whyNoNeovim } from "./support/neovim.ts";
import { AGENT, AUTH, folder } from "./support/project.ts";

const missing = whyNoNeovim();
if (missing !== undefined) console.warn(`left out: Remit in Neovim; ${missing}`);

// Left out where it cannot be had; a machine that checks changes must have it.
it.skipIf(missing !== undefined && !process.env["CI"])(
  "in Neovim: shows a finding, applies its fix, and then has nothing left to say",
  () => {
    expect(missing).toBeUndefined();
    const project = folder({ ...AGENT, ".git/HEAD": "" });
    const seen = runNeovim(project, "src/auth.ts");
    expect(seen.failure).toBeUndefined();
    expect(seen.diagnostics).toEqual([
      {
        line: 5,
        column: 4,
        severity: 1,
        source: "remit",
        code: "unused-permission",
        message: expect.stringContaining("No call needs drive.readonly: presentations covers the one Google call."),
      },
    ]);
    expect(seen.actions).toEqual([
      "Stop requesting drive.readonly (the one call stays covered)",
      "Ignore unused-permission here (write the reason into the comment)",
    ]);
    expect(seen.text).toBe(AUTH.replace('    "https://www.googleapis.com/auth/drive.readonly",\n', ""));
    expect(seen.left).toBe(0);
    expect(seen.hover).toContain("**presentations**");
    // What is written down about this editor is what it says, where it is the one of Debian's package.
    const written = EDITORS.find(({ name }) => name === "Neovim 0.7")!;
    if (!Object.hasOwn(seen.capabilities, "general"))
      expect(sorted(seen.capabilities)).toMatchObject(written.capabilities);
  },
);

/** Lists of words in the order of their letters: Neovim's `""` comes first or last. */
function sorted(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value), (_key, each: unknown) =>
    Array.isArray(each) && each.includes("quickfix") ? [...(each as string[])].sort() : each,
  );
}
