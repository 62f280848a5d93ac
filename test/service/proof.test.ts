import { describe, expect, it } from "vitest";
import type { Finding, Fix } from "../../server/src/model/finding.ts";
import { type Claim, type ProofInput, provenTogether, proveFixes } from "../../server/src/service/proof.ts";

/* Two files, a finding and a fix in each. What the edited texts are judged as is up to the test. */

const TEXTS: Readonly<Record<string, string>> = { "a.ts": "a", "b.ts": "b", "c.ts": "c" };

function claim(file: string): Claim {
  const place = { file, span: { start: 0, end: 1 } };
  const fix: Fix = {
    title: `fix ${file}`,
    kind: "narrows",
    safe: true,
    edits: [{ ...place, newText: "" }],
  };
  const finding = { ruleId: "unused-permission", place, fingerprint: file, fixes: [fix] } as unknown as Finding;
  return { fix, finding };
}

const CLAIMS = Object.keys(TEXTS).map(claim);

/** `after` says which findings there are when some files are edited. */
function input(after: (edited: ReadonlySet<string>) => string[]): ProofInput & { readonly tried: string[] } {
  const tried: string[] = [];
  return {
    tried,
    findings: CLAIMS.map(({ finding }) => finding),
    problems: 0,
    textOf: (file) => TEXTS[file],
    judgeEdited(texts) {
      const edited = new Set(texts.keys());
      tried.push([...edited].join("+"));
      const findings = after(edited).map((fingerprint) => ({ fingerprint }) as Finding);
      return { judgement: { findings, suppressed: [], problems: [] }, problems: 0 };
    },
  };
}

const fixed = (edited: ReadonlySet<string>): string[] => Object.keys(TEXTS).filter((file) => !edited.has(file));

describe("fixes prove themselves", () => {
  it("all at once where that does", () => {
    const world = input(fixed);
    expect(proveFixes(world).flatMap(({ fixes }) => fixes.map(({ safe }) => safe))).toEqual([true, true, true]);
    expect(world.tried).toEqual(["a.ts+b.ts+c.ts"]);
  });

  it("each alone where they do not go together", () => {
    const world = input((edited) => [...fixed(edited), ...(edited.has("b.ts") ? ["another"] : [])]);
    expect(proveFixes(world).flatMap(({ fixes }) => fixes.map(({ safe }) => safe))).toEqual([true, false, true]);
    expect(world.tried).toEqual(["a.ts+b.ts+c.ts", "a.ts", "b.ts", "c.ts"]);
  });
});

describe("fixes that are applied together", () => {
  it("are all of them where they hold together", () => {
    expect(provenTogether(CLAIMS, input(fixed))).toEqual(CLAIMS);
    expect(provenTogether([], input(fixed))).toEqual([]);
  });

  it("are as many as do: what each proved alone says nothing of that", () => {
    // Of two scopes that each do what the other does, one has to stay.
    const world = input((edited) => [
      ...fixed(edited),
      ...(edited.has("a.ts") && edited.has("b.ts") ? ["missing"] : []),
    ]);
    expect(provenTogether(CLAIMS, world).map(({ fix }) => fix.title)).toEqual(["fix a.ts", "fix c.ts"]);
  });
});
