import { describe, expect, test } from "vitest";
import { accepted, argumentsOf, facts, requirement } from "./google-facts.ts";

const MAIL = "https://mail.google.com/";

describe("what a call needs, least first", () => {
  test.each([
    ["gmail.v1", "users.messages.delete", [MAIL]],
    ["gmail.v1", "users.messages.modify", ["gmail.modify", MAIL]],
    ["gmail.v1", "users.messages.trash", ["gmail.modify", MAIL]],
    [
      "gmail.v1",
      "users.messages.send",
      ["gmail.send", "gmail.compose", "gmail.modify", MAIL, "gmail.addons.current.action.compose"],
    ],
    ["gmail.v1", "users.settings.filters.create", ["gmail.settings.basic"]],
    ["drive.v3", "files.export", ["drive.readonly", "drive", "drive.meet.readonly", "drive.file"]],
    ["drive.v3", "files.emptyTrash", ["drive"]],
    ["docs.v1", "documents.get", ["documents.readonly", "drive.readonly", "documents", "drive", "drive.file"]],
    [
      "sheets.v4",
      "spreadsheets.values.get",
      ["spreadsheets.readonly", "drive.readonly", "spreadsheets", "drive", "drive.file"],
    ],
    ["calendar.v3", "events.insert", ["calendar.events", "calendar", "calendar.events.owned", "calendar.app.created"]],
    ["tasks.v1", "tasks.list", ["tasks.readonly", "tasks"]],
    ["people.v1", "people.connections.list", ["contacts.readonly", "contacts"]],
  ])("%s %s", (pack, operation, scopes) => {
    expect(accepted(pack, operation)).toEqual(scopes);
  });

  test("scopes for a part of the resources come last: they are no advice", () => {
    const scopes = accepted("calendar.v3", "events.list");
    expect(scopes[0]).toBe("calendar.events.readonly");
    expect(scopes.slice(4)).toContain("calendar.app.created");
  });

  test("a presentation is not changed by the scopes that are accepted for its charts", () => {
    expect(accepted("slides.v1", "presentations.batchUpdate")).toEqual(["presentations", "drive", "drive.file"]);
  });

  test("a scope that only reads does not do for a call that changes something", () => {
    expect(accepted("drive.v3", "files.copy")).toEqual(["drive", "drive.appdata", "drive.file"]);
  });

  test("but for a call that only makes another way to read it does", () => {
    expect(accepted("forms.v1", "forms.watches.create")).toContain("forms.responses.readonly");
  });

  test("what the package leaves open is filled from another source, which is named", () => {
    const filled = requirement("healthcare.v1", "projects.locations.datasets.consentStores.checkDataAccess");
    expect(filled.requires).toBeDefined();
    expect(filled.source.name).toBe("iann0036/iamlive");
  });

  test("a method that no source lists scopes for is unknown, not free", () => {
    expect(requirement("customsearch.v1", "cse.list").requires).toBeUndefined();
  });
});

describe("what a call does", () => {
  test.each([
    ["gmail.v1", "users.messages.list", "read"],
    ["gmail.v1", "users.drafts.create", "create"],
    ["gmail.v1", "users.drafts.send", "send"],
    ["gmail.v1", "users.messages.batchDelete", "delete"],
    ["gmail.v1", "users.messages.batchModify", "update"],
    ["gmail.v1", "users.settings.delegates.create", "administer"],
    ["drive.v3", "permissions.create", "administer"],
    ["calendar.v3", "acl.insert", "administer"],
    ["calendar.v3", "freebusy.query", "read"],
    ["calendar.v3", "events.quickAdd", "create"],
    ["chat.v1", "spaces.messages.create", "send"],
    ["sheets.v4", "spreadsheets.values.append", "create"],
    ["sheets.v4", "spreadsheets.values.batchGetByDataFilter", "read"],
    ["sheets.v4", "spreadsheets.values.clear", "delete"],
    ["slides.v1", "presentations.batchUpdate", "update"],
    ["analyticsdata.v1beta", "properties.runReport", "read"],
    ["script.v1", "scripts.run", "execute"],
    ["bigquery.v2", "jobs.query", "execute"],
    ["cloudresourcemanager.v1", "projects.setIamPolicy", "administer"],
    ["cloudresourcemanager.v1", "projects.testIamPermissions", "read"],
  ])("%s %s: %s", (pack, operation, effect) => {
    expect(requirement(pack, operation).effect).toBe(effect);
  });
});

describe("needs that depend on arguments", () => {
  test("gmail.metadata lists messages, but not with a query", () => {
    expect(accepted("gmail.v1", "users.messages.list")[0]).toBe("gmail.metadata");
    expect(accepted("gmail.v1", "users.messages.list", argumentsOf({ q: "is:unread" }))).toEqual([
      "gmail.readonly",
      "gmail.modify",
      MAIL,
    ]);
  });

  test("gmail.metadata reads a message in the formats metadata and minimal; the default is full", () => {
    const format = (value: string) => accepted("gmail.v1", "users.messages.get", argumentsOf({ format: value }));
    expect(format("metadata")).toContain("gmail.metadata");
    expect(format("minimal")).toContain("gmail.metadata");
    expect(format("raw")).not.toContain("gmail.metadata");
    expect(accepted("gmail.v1", "users.messages.get")).not.toContain("gmail.metadata");
  });

  test("scopes of an administrator of Chat do only where the call is made as one", () => {
    expect(accepted("chat.v1", "spaces.members.list")[0]).toBe("chat.memberships.readonly");
    expect(accepted("chat.v1", "spaces.members.list")).not.toContain("chat.admin.memberships.readonly");
    const asAdministrator = accepted("chat.v1", "spaces.members.list", argumentsOf({ useAdminAccess: true }));
    expect(asAdministrator).toContain("chat.admin.memberships.readonly");
  });

  test("metadata of a file is not its content", () => {
    expect(accepted("drive.v3", "files.get")[0]).toBe("drive.metadata.readonly");
    const content = accepted("drive.v3", "files.get", argumentsOf({ alt: "media" }));
    expect(content[0]).toBe("drive.readonly");
    expect(content).not.toContain("drive.metadata");
    expect(accepted("drive.v3", "files.update")).toContain("drive.metadata");
    expect(accepted("drive.v3", "files.update", argumentsOf({}, ["media"]))).not.toContain("drive.metadata");
  });

  test("an argument that cannot be read leaves what is enough in every case, and is marked", () => {
    const unread = requirement("drive.v3", "files.get", argumentsOf({}, ["alt"]));
    expect(unread.argumentUnknown).toBe(true);
    expect(accepted("drive.v3", "files.get", argumentsOf({}, ["alt"]))).toEqual(
      accepted("drive.v3", "files.get", argumentsOf({ alt: "media" })),
    );
    expect(accepted("gmail.v1", "users.messages.get", argumentsOf({}, ["format"]))).not.toContain("gmail.metadata");
    expect(requirement("drive.v3", "files.get").argumentUnknown).toBe(false);
    expect(requirement("gmail.v1", "users.messages.send", () => undefined).argumentUnknown).toBe(false);
  });

  test("where an argument decides in a way no source states, nothing is certain", () => {
    expect(requirement("people.v1", "people.get").argumentUnknown).toBe(true);
    expect(accepted("people.v1", "people.get")).not.toContain("userinfo.profile");
    expect(accepted("people.v1", "people.get", argumentsOf({ resourceName: "people/me" }))).toContain(
      "userinfo.profile",
    );
  });
});

describe("names", () => {
  test("a resource is told from an operation and from nothing", () => {
    expect(facts.hasNamespace("google/gmail.v1", "users")).toBe(true);
    expect(facts.hasNamespace("google/gmail.v1", "users.messages")).toBe(true);
    expect(facts.hasNamespace("google/gmail.v1", "users.messages.list")).toBe(false);
    expect(facts.hasNamespace("google/gmail.v1", "mailboxes")).toBe(false);
  });

  test("text from a user's program is never taken for more than a name", () => {
    for (const name of ["__proto__", "constructor", "toString", "hasOwnProperty", "../gmail.v1", ""]) {
      expect(facts.pack(name)).toBeUndefined();
      expect(facts.pack(`google/${name}`)).toBeUndefined();
      expect(facts.operation("google/gmail.v1", name)).toBeUndefined();
      expect(facts.hasNamespace("google/gmail.v1", name)).toBe(false);
      expect(facts.permission(name, name)).toBeUndefined();
      expect(facts.permission("google", name)).toBeUndefined();
      expect(facts.nearMisses(name, "drive")).toEqual([]);
      expect(facts.byHttp("GET", name, "/gmail/v1/users/me/messages")).toBeUndefined();
    }
    expect(facts.packIds("__proto__")).toEqual([]);
  });

  test("a citation names operation, source and date", () => {
    expect(facts.cite(requirement("gmail.v1", "users.messages.list"))).toEqual({
      operation: "gmail.users.messages.list",
      source: "googleapis 188.0.0",
      date: "2026-11-22",
    });
    expect(facts.date).toBe("2026-11");
  });
});
