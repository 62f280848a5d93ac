import { describe, expect, test } from "vitest";
import { AUTH, facts } from "./google-facts.ts";

const permission = (spelled: string) => facts.permission("google", spelled);

describe("spellings", () => {
  test("Google takes the full URL, not the short name", () => {
    expect(permission(`${AUTH}drive.readonly`)?.short).toBe("drive.readonly");
    expect(permission("drive.readonly")).toBeUndefined();
  });

  test("and a few names besides", () => {
    expect(permission("https://mail.google.com")?.name).toBe("https://mail.google.com/");
    expect(permission("email")?.name).toBe(`${AUTH}userinfo.email`);
    expect(permission("profile")?.name).toBe(`${AUTH}userinfo.profile`);
    expect(permission("openid")?.identity).toBe(true);
  });

  test.each([
    [`${AUTH}gmail.raedonly`, "gmail.readonly"],
    [`${AUTH}calender.readonly`, "calendar.readonly"],
    ["drive.readonly", "drive.readonly"],
    ["http://www.googleapis.com/auth/drive", "drive"],
    [`${AUTH}Drive.File`, "drive.file"],
    ["https://www.googleapis.com/gmail.send", "gmail.send"],
  ])("%s was probably meant as %s", (spelled, short) => {
    expect(facts.nearMisses("google", spelled)[0]).toBe(AUTH + short);
  });

  test.each([`${AUTH}gmail.readonly`, `${AUTH}quite.another.service`, "repo", "", "https://www.googleapis.com/auth/"])(
    "%s is like nothing",
    (spelled) => {
      expect(facts.nearMisses("google", spelled)).toEqual([]);
    },
  );
});

describe("power", () => {
  test("effect, tier, breadth, meaning and services", () => {
    expect(permission(`${AUTH}gmail.readonly`)).toMatchObject({
      short: "gmail.readonly",
      meaning: "View your email messages and settings.",
      tier: "restricted",
      effect: "read",
      breadth: 32,
      services: ["google.gmail"],
    });
    expect(permission("https://mail.google.com/")).toMatchObject({ tier: "restricted", breadth: 54 });
    expect(permission(`${AUTH}drive`)).toMatchObject({ effect: "administer", tier: "restricted" });
    expect(permission(`${AUTH}presentations`)).toMatchObject({ effect: "update", services: ["google.slides"] });
  });

  test("versions of one API count once: drive.file is broad, but not twice as broad for having a v2", () => {
    const files = facts.pack("google/drive.v3")!.operations.length + facts.pack("google/drive.v2")!.operations.length;
    expect(permission(`${AUTH}drive.meet.readonly`)!.breadth).toBeLessThan(files / 2);
  });

  test("a scope that only reads stays at read, whatever accepts it", () => {
    for (const row of facts.permissions("google"))
      if (row.short.endsWith(".readonly")) expect(row.effect, row.name).toBe("read");
  });

  test("scripts.run accepts what a script may need: that makes documents no broader", () => {
    expect(permission(`${AUTH}documents`)!.effect).toBe("update");
  });

  test("scopes for a part of the resources are marked", () => {
    for (const short of ["drive.file", "drive.appdata", "calendar.app.created", "calendar.events.owned"])
      expect(permission(AUTH + short)!.partial, short).toBe(true);
    expect(permission(`${AUTH}drive`)!.partial).toBeUndefined();
  });

  test("what a scope includes is transitively closed", () => {
    const rows = new Map(facts.permissions("google").map((row) => [row.name, row]));
    expect(permission("https://mail.google.com/")!.implies).toContain(`${AUTH}gmail.readonly`);
    for (const row of rows.values()) {
      for (const implied of row.implies ?? []) {
        for (const further of rows.get(implied)!.implies ?? [])
          if (further !== row.name) expect(row.implies, row.name).toContain(further);
      }
    }
  });

  test("a scope that no operation accepts still has a row", () => {
    expect(permission(`${AUTH}drive.install`)).toMatchObject({ breadth: 0, effect: "read" });
  });
});
