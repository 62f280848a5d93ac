import { describe, expect, test } from "vitest";
import { createFacts, type HttpOperation } from "../../server/src/facts/lookup.ts";
import { argumentsOf, facts, readFactFile } from "./google-facts.ts";

const HOST = "graph.microsoft.com";

function find(request: string): HttpOperation | undefined {
  const [verb, path] = request.split(" ");
  return facts.byHttp(verb!, HOST, path!);
}

/** `Mail.Read, Mail.ReadWrite; Mail.ReadBasic`: what a request asks for, least first; what is enough if it was granted. */
function needs(request: string, kind: string, given: Record<string, string> = {}, unknown: string[] = []): string {
  const { pack, row } = find(request)!;
  const found = facts.requirement(pack, row, argumentsOf(given, unknown));
  const enough = new Set(found.enoughIfGranted?.[kind]);
  const text = (sets: readonly (readonly string[])[]) => sets.map((set) => set.join(" + ")).join(", ");
  const sets = found.requires?.[kind] ?? [];
  return [
    sets.filter((set) => !set.some((name) => enough.has(name))),
    sets.filter((set) => set.some((name) => enough.has(name))),
  ]
    .map(text)
    .join("; ")
    .replace(/; $/, "");
}

describe("how much there is", () => {
  const packs = facts.packIds("microsoft");
  const operations = packs.reduce((sum, id) => sum + facts.pack(id)!.operations.length, 0);

  test("a pack for each first segment of a path, all of one service", () => {
    expect(packs.length).toBeGreaterThanOrEqual(100);
    expect(new Set(packs.map((id) => facts.pack(id)!.service))).toEqual(new Set(["microsoft.graph"]));
    expect(operations).toBeGreaterThanOrEqual(11_000);
    expect(facts.permissions("microsoft").length).toBeGreaterThanOrEqual(917);
  });

  test("at most 200 KB, compressed", () => {
    const files = [...packs, "microsoft/permissions"].map((id) => readFactFile(`${id}.json.br`)!.length);
    expect(files.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(200_000);
  });

  test("only the pack that is asked for is read", () => {
    const read: string[] = [];
    const own = createFacts((path) => {
      read.push(path);
      return readFactFile(path);
    });
    own.byHttp("GET", HOST, "/v1.0/me/messages");
    own.operation("microsoft/graph.devicemanagement", "users.messages.list");
    own.permission("microsoft", "Mail.Read");
    expect(read).toEqual(["index.json", "microsoft/graph.me.json.br", "microsoft/permissions.json.br"]);
  });
});

describe("the request behind a path", () => {
  test.each([
    ["GET /me/messages", "GET /me/messages"],
    ["GET /v1.0/me/messages/", "GET /me/messages"],
    ["get /beta/ME/Messages?$top=5", "GET /me/messages"],
    ["GET me/messages", "GET /me/messages"],
    ["GET /users/{}/messages", "GET /users/{id}/messages"],
    ["GET /users('a@example.com')/messages", "GET /users/{id}/messages"],
    ["GET /users({})/messages/{}", "GET /users/{id}/messages/{id}"],
    ["GET /me/mailFolders('inbox')/messages", "GET /me/mailFolders/{id}/messages"],
    ["GET /applications(appId='1')", "GET /applications(appId={id})"],
    ["GET /me/drive/root:/a/b/{}.txt:/content", "GET /me/drive/root:/{path}:/content"],
    ["GET /me/drive/root:/a/b:/children", "GET /me/drive/items/{id}/children"],
    ["GET /drives/{}/items/{}:/c/d", "GET /drives/{id}/items/{id}"],
    ["GET /groups/{}/members/$count", "GET /groups/{id}/members"],
    ["GET /groups/{}/members/microsoft.graph.user", "GET /groups/{id}/members"],
    ["DELETE /groups/{}/members/{}/$ref", "DELETE /groups/{id}/members/{id}"],
    ["GET /me/photo/$value", "GET /me/photo"],
    ["GET /me/chats/{}/messages", "GET /me/chats/{id}/messages"],
    ["GET /me/drive/root%3A/a%20b/c.txt%3A/content", "GET /me/drive/root:/{path}:/content"],
  ])("%s", (request, name) => {
    expect(find(request)?.row.name).toBe(name);
  });

  test("what is found below a user and asked of /me is called so", () => {
    expect(find("POST /me/calendar/getSchedule")?.row.name).toBe("POST /me/calendar/getSchedule");
    expect(find("GET /me/licenseDetails")?.row.name).toBe("GET /me/licenseDetails");
  });

  test.each([
    "GET /{}/messages",
    "GET /me/{}",
    "GET /me/messages/$batch",
    "PUT /me/messages",
    "GET /messages",
    "GET /",
  ])("none for %s", (request) => {
    expect(find(request)).toBeUndefined();
  });

  test("only at Graph's own hosts", () => {
    expect(facts.byHttp("GET", "graph.facebook.com", "/me/messages")).toBeUndefined();
    expect(facts.byHttp("GET", "GRAPH.microsoft.com", "/v1.0/me")?.row.name).toBe("GET /me");
  });
});

describe("what a signed-in user needs", () => {
  test.each([
    ["POST /me/messages", "Mail.ReadWrite"],
    ["PATCH /me/messages/{}", "Mail.ReadWrite"],
    ["DELETE /me/messages/{}", "Mail.ReadWrite"],
    ["POST /me/messages/{}/move", "Mail.ReadWrite"],
    ["POST /me/messages/{}/createReply", "Mail.ReadWrite"],
    ["POST /me/messages/{}/reply", "Mail.Send"],
    ["POST /me/sendMail", "Mail.Send"],
    ["GET /me/contacts", "Contacts.Read, Contacts.ReadWrite"],
    ["POST /me/contacts", "Contacts.ReadWrite"],
    ["POST /me/events", "Calendars.ReadWrite"],
    ["GET /me/todo/lists", "Tasks.Read, Tasks.ReadWrite"],
    ["POST /me/todo/lists/{}/tasks", "Tasks.ReadWrite"],
    ["GET /me/onenote/pages/{}/content", "Notes.Read, Notes.Read.All, Notes.ReadWrite, Notes.ReadWrite.All"],
    ["GET /sites/{}/lists/{}/items", "Sites.Read.All, Sites.ReadWrite.All"],
    ["POST /sites/{}/lists/{}/items", "Sites.ReadWrite.All"],
    ["GET /me/mailboxSettings", "MailboxSettings.Read, MailboxSettings.ReadWrite"],
    ["PATCH /me/mailboxSettings", "MailboxSettings.ReadWrite"],
    ["GET /me/onlineMeetings/{}", "OnlineMeetings.Read, OnlineMeetings.ReadWrite"],
    ["GET /me/people", "People.Read, People.Read.All"],
    ["GET /auditLogs/signIns", "AuditLog.Read.All"],
    ["POST /roleManagement/directory/roleAssignments", "RoleManagement.ReadWrite.Directory"],
    ["POST /oauth2PermissionGrants", "DelegatedPermissionGrant.ReadWrite.All, Directory.ReadWrite.All"],
    ["GET /identity/conditionalAccess/policies", "Policy.Read.All"],
  ])("%s: %s", (request, permissions) => {
    expect(needs(request, "delegated")).toBe(permissions);
  });

  test.each([
    ["GET /me/messages", "Mail.Read, Mail.ReadWrite; Mail.ReadBasic"],
    ["GET /me/calendarView", "Calendars.Read, Calendars.ReadWrite; Calendars.ReadBasic"],
    [
      "GET /me/drive/root/children",
      "Files.Read, Files.Read.All, Files.ReadWrite, Files.ReadWrite.All; Sites.Read.All, Sites.ReadWrite.All",
    ],
    ["PUT /me/drive/items/{}/content", "Files.ReadWrite, Files.ReadWrite.All; Sites.ReadWrite.All"],
    ["GET /chats/{}/messages", "Chat.Read; Chat.ReadWrite, Chat.ReadWrite.All"],
    ["POST /teams/{}/channels/{}/messages", "ChannelMessage.Send; Group.ReadWrite.All"],
    ["GET /me/presence", "Presence.Read, Presence.Read.All; Presence.ReadWrite"],
    [
      "POST /servicePrincipals/{}/appRoleAssignments",
      "AppRoleAssignment.ReadWrite.All + Application.Read.All, AppRoleAssignment.ReadWrite.All + Directory.Read.All; Application.ReadWrite.All",
    ],
  ])("%s: asked for; enough if granted", (request, permissions) => {
    expect(needs(request, "delegated")).toBe(permissions);
  });
});

test("what the table lacks is from pages of the reference", () => {
  const from = (request: string) => find(request)!.pack.sources[find(request)!.row.source]!.name.replace(/^.*\//, "");
  expect(needs("GET /me/messages/{}/attachments/{}/$value", "delegated")).toBe("Mail.Read; Mail.ReadWrite");
  expect(from("GET /me/messages/{}/attachments/{}")).toBe("attachment-get.md");
  expect(needs("PATCH /me/calendar", "delegated")).toBe("Calendars.ReadWrite");
  expect(from("PATCH /me/calendar")).toBe("calendar-update.md");
  expect(needs("POST /groups/{}/members/$ref", "application")).toMatch(/^GroupMember\.ReadWrite\.All; /);
  expect(needs("PATCH /chats/{}/messages/{}", "delegated")).toMatch(/^Chat\.ReadWrite; /);
});

describe("what an application needs by itself", () => {
  test.each([
    ["GET /users/{}/messages", "Mail.Read, Mail.ReadWrite; Mail.ReadBasic.All"],
    ["POST /users/{}/sendMail", "Mail.Send"],
    ["GET /communications/callRecords/{}", "CallRecords.Read.All"],
    ["POST /teams/{}/channels/{}/messages", "Teamwork.Migrate.All"],
  ])("%s: %s", (request, permissions) => {
    expect(needs(request, "application")).toBe(permissions);
  });

  test("what is open to applications alone has no column for users", () => {
    const { pack, row } = find("GET /communications/callRecords/{}")!;
    expect(Object.keys(facts.requirement(pack, row, argumentsOf({})).requires!)).toEqual(["application"]);
  });
});

describe("flags of least permission that are not believed", () => {
  const source = (request: string) =>
    facts.requirement(find(request)!.pack, find(request)!.row, argumentsOf({})).source;

  test("a calendar's for the attachment of a message", () => {
    const request = "POST /me/messages/{}/attachments/createUploadSession";
    expect(needs(request, "delegated")).toBe("Mail.ReadWrite; Calendars.ReadWrite");
    expect(source(request).name).toContain("least permission corrected");
    expect(source("GET /me/messages").name).not.toContain("corrected");
  });

  test("one that writes, where the request reads and one of the family that reads is accepted", () => {
    for (const id of facts.packIds("microsoft"))
      for (const row of facts.pack(id)!.operations.filter(({ effect }) => effect === "read")) {
        const { requires, enoughIfGranted } = facts.requirement(facts.pack(id)!, row, argumentsOf({}));
        for (const [kind, sets] of Object.entries(requires!)) {
          const asked = sets.flat().filter((name) => !enoughIfGranted?.[kind]?.includes(name));
          if (asked[0]?.includes(".ReadWrite"))
            expect(asked, `${row.name}, ${kind}`).not.toContain(asked[0].replace(".ReadWrite", ".Read"));
        }
      }
  });

  test("one that only reads, where the request writes; it may be needed besides", () => {
    const request = "POST /identity/conditionalAccess/policies";
    expect(needs(request, "delegated")).toMatch(/^Policy\.ReadWrite\.ConditionalAccess; /);
    const { pack, row } = find(request)!;
    expect(facts.requirement(pack, row, argumentsOf({})).mayNeed).toEqual(["Application.Read.All", "Policy.Read.All"]);
  });

  test("everybody's, below /me, where one's own is less", () => {
    expect(needs("GET /me/cloudLicensing/assignmentErrors", "delegated")).toMatch(/^User\.Read, /);
  });
});

describe("bodies", () => {
  const asked = (given: Record<string, string>, unknown?: string[]) =>
    needs("GET /me/messages", "delegated", given, unknown).split(";")[0];

  test("a basic permission is asked for where nothing but basic properties is selected", () => {
    expect(asked({ $select: "subject,From, receivedDateTime" })).toBe("Mail.ReadBasic, Mail.Read, Mail.ReadWrite");
    expect(asked({ $select: "subject,body" })).toBe("Mail.Read, Mail.ReadWrite");
    expect(asked({})).toBe("Mail.Read, Mail.ReadWrite");
  });

  test("not where a filter, a search or an expansion may look at others", () => {
    for (const parameter of ["$filter", "$search", "$expand"])
      expect(asked({ $select: "subject", [parameter]: "x" })).toBe("Mail.Read, Mail.ReadWrite");
  });

  test("not where it is not known what is selected", () => {
    expect(asked({}, ["$select"])).toBe("Mail.Read, Mail.ReadWrite");
    const { pack, row } = find("GET /me/messages")!;
    expect(facts.requirement(pack, row, argumentsOf({}, ["$select"])).argumentUnknown).toBe(false);
  });

  test("what a search looks for is in its body: what it needs is not known", () => {
    const { pack, row } = find("POST /search/query")!;
    expect(facts.requirement(pack, row, argumentsOf({})).argumentUnknown).toBe(true);
  });
});

describe("what a request does", () => {
  test.each([
    ["GET /me/messages/delta", "read"],
    ["POST /search/query", "read"],
    ["POST /me/calendar/getSchedule", "read"],
    ["POST /me/findMeetingTimes", "read"],
    ["POST /groups/{}/checkMemberGroups", "read"],
    ["POST /me/messages", "create"],
    ["POST /me/messages/{}/createForward", "create"],
    ["POST /me/messages/{}/copy", "create"],
    ["POST /me/messages/{}/move", "update"],
    ["POST /me/events/{}/accept", "update"],
    ["PUT /me/drive/items/{}/content", "update"],
    ["PATCH /me/events/{}", "update"],
    ["DELETE /me/events/{}", "delete"],
    ["POST /me/messages/{}/permanentDelete", "delete"],
    ["POST /me/sendMail", "send"],
    ["POST /me/messages/{}/replyAll", "send"],
    ["POST /me/messages/{}/forward", "send"],
    ["POST /chats/{}/messages", "send"],
    ["POST /me/drive/items/{}/createLink", "administer"],
    ["POST /me/drive/items/{}/invite", "administer"],
    ["POST /applications/{}/addPassword", "administer"],
    ["POST /oauth2PermissionGrants", "administer"],
    ["DELETE /users/{}/appRoleAssignments/{}", "administer"],
    ["PATCH /policies/authorizationPolicy", "administer"],
  ])("%s: %s", (request, effect) => {
    expect(find(request)?.row.effect).toBe(effect);
  });

  test("a GET reads, a DELETE never does", () => {
    for (const id of facts.packIds("microsoft"))
      for (const { name, effect } of facts.pack(id)!.operations) {
        if (name.startsWith("GET ")) expect(effect, name).toBe("read");
        if (name.startsWith("DELETE ")) expect(["delete", "update", "administer"], name).toContain(effect);
      }
  });
});

describe("permissions", () => {
  const permission = (spelled: string) => facts.permission("microsoft", spelled);

  test.each([
    "Mail.Read",
    "mail.read",
    "https://graph.microsoft.com/Mail.Read",
    "HTTPS://graph.microsoft.com/mail.READ",
    "570282fd-fa5c-430d-a7fd-fc8dc98a9dca",
    "810c84a8-4a9e-49e6-bf7d-12d183f40d01",
  ])("%s is Mail.Read", (spelled) => {
    expect(permission(spelled)).toMatchObject({ name: "Mail.Read", effect: "read", tier: "sensitive", family: "Mail" });
  });

  test("not of another resource", () => {
    expect(permission("https://outlook.office.com/Mail.Read")).toBeUndefined();
  });

  test.each([
    ["Mail.Send", "send", "sensitive"],
    ["User.ReadWrite.All", "administer", "admin"],
    ["Directory.Read.All", "read", "admin"],
    ["RoleManagement.ReadWrite.Directory", "administer", "admin"],
  ])("%s: effect %s, tier %s", (name, effect, tier) => {
    expect(permission(name)).toMatchObject({ effect, tier });
  });

  test("who the user is, is never excess", () => {
    const identities = facts.permissions("microsoft").filter(({ identity }) => identity);
    expect(identities.map(({ name }) => name)).toEqual(["User.Read", "email", "offline_access", "openid", "profile"]);
  });

  test("one includes another by the data, or because it is for what is shared", () => {
    expect(permission("Mail.Read")?.implies).toContain("Mail.ReadBasic");
    expect(permission("Calendars.Read.Shared")?.implies).toContain("Calendars.Read");
    expect(permission("Sites.Read.All")?.implies ?? []).not.toContain("Files.Read.All");
  });

  test("what somebody chooses by hand is never judged; what reaches a part is marked", () => {
    expect(permission("Sites.Selected")).toMatchObject({ unlisted: true, partial: true });
    expect(permission("ChannelMessage.Read.Group")).toMatchObject({ partial: true });
    expect(permission("Application.ReadWrite.OwnedBy")).toMatchObject({ partial: true });
  });

  test.each([
    ["Mail.Reed", "Mail.Read"],
    ["Calender.Read", "Calendars.Read"],
  ])("%s was probably meant as %s", (spelled, meant) => {
    expect(facts.nearMisses("microsoft", spelled)).toContain(meant);
  });
});
