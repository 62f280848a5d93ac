import { describe, expect, test } from "vitest";
import { operationByPath } from "../../server/src/facts/http.ts";
import type { OperationRow, Pack } from "../../server/src/model/pack.ts";
import { facts } from "./google-facts.ts";

function found(request: string): string | undefined {
  const [verb, url] = request.split(" ");
  const [, host, path] = /^([^/]+)(\/.*)$/.exec(url!)!;
  const operation = facts.byHttp(verb!, host!, path!);
  return (
    operation &&
    `${operation.pack.id.slice("google/".length)} ${operation.row.name}${operation.upload ? " (upload)" : ""}`
  );
}

describe("the operation behind a request", () => {
  test.each([
    ["GET gmail.googleapis.com/gmail/v1/users/me/messages", "gmail.v1 users.messages.list"],
    ["GET gmail.googleapis.com/gmail/v1/users/me/messages/{}?format=metadata", "gmail.v1 users.messages.get"],
    ["get GMAIL.googleapis.com/gmail/v1/users/{}/messages/", "gmail.v1 users.messages.list"],
    ["POST www.googleapis.com/calendar/v3/calendars/primary/events", "calendar.v3 events.insert"],
    ["GET www.googleapis.com/drive/v3/files/{}", "drive.v3 files.get"],
    ["GET www.googleapis.com/drive/v3/files/generateIds", "drive.v3 files.generateIds"],
    ["POST slides.googleapis.com/v1/presentations/{}:batchUpdate", "slides.v1 presentations.batchUpdate"],
    ["GET slides.googleapis.com/v1/presentations/{}", "slides.v1 presentations.get"],
    ["GET sheets.googleapis.com/v4/spreadsheets/{}/values/Sheet1!A1:B2", "sheets.v4 spreadsheets.values.get"],
    ["POST sheets.googleapis.com/v4/spreadsheets/{}/values/{}:append", "sheets.v4 spreadsheets.values.append"],
    ["GET people.googleapis.com/v1/people/me", "people.v1 people.get"],
    ["GET people.googleapis.com/v1/people/me/connections", "people.v1 people.connections.list"],
    ["GET chat.googleapis.com/v1/spaces/{}/messages/{}", "chat.v1 spaces.messages.get"],
    ["GET www.googleapis.com/oauth2/v2/userinfo", "oauth2.v2 userinfo.get"],
  ])("%s", (request, operation) => {
    expect(found(request)).toBe(operation);
  });

  test("Gmail also answers where it used to", () => {
    expect(found("GET www.googleapis.com/gmail/v1/users/me/labels")).toBe("gmail.v1 users.labels.list");
  });

  test("content is sent to the same path behind /upload", () => {
    expect(found("POST www.googleapis.com/upload/drive/v3/files?uploadType=multipart")).toBe(
      "drive.v3 files.create (upload)",
    );
    expect(found("POST gmail.googleapis.com/resumable/upload/gmail/v1/users/me/messages/send")).toBe(
      "gmail.v1 users.messages.send (upload)",
    );
  });

  test("text that is not known is a parameter, never the name of a resource", () => {
    expect(found("GET www.googleapis.com/drive/v3/{}")).toBeUndefined();
    expect(found("GET gmail.googleapis.com/gmail/v1/users/me/{}")).toBeUndefined();
  });

  test.each([
    "GET example.com/gmail/v1/users/me/messages",
    "PUT gmail.googleapis.com/gmail/v1/users/me/messages",
    "GET gmail.googleapis.com/nothing",
    "GET gmail.googleapis.com/",
  ])("nothing for %s", (request) => {
    expect(found(request)).toBeUndefined();
  });
});

describe("path templates", () => {
  const row = (name: string, path: string, effect: OperationRow["effect"] = "read"): OperationRow => ({
    name,
    http: ["GET", "h", path],
    effect,
    source: 0,
  });
  const pack = (...operations: OperationRow[]): Pack => ({
    format: 1,
    id: "p/a",
    provider: "p",
    service: "p.a",
    title: "",
    sources: [],
    permissions: [],
    operations,
  });
  const match = (path: string, ...operations: OperationRow[]) =>
    operationByPath(pack(...operations), "GET", path)?.name;

  test("a literal is closer than a parameter", () => {
    const rows = [row("one", "/files/{}"), row("trash", "/files/trash")];
    expect(match("/files/trash", ...rows)).toBe("trash");
    expect(match("/files/other", ...rows)).toBe("one");
  });

  test("a reserved parameter spans segments", () => {
    const rows = [row("get", "/v1/{+}"), row("run", "/v1/{+}:run"), row("children", "/v1/{+}/children")];
    expect(match("/v1/a/b/c", ...rows)).toBe("get");
    expect(match("/v1/a/b:run", ...rows)).toBe("run");
    expect(match("/v1/a/b/children", ...rows)).toBe("children");
  });

  test("two operations that fit alike are none, unless they need the same", () => {
    expect(match("/v1/x", row("a", "/v1/{}", "read"), row("b", "/v1/{}", "update"))).toBeUndefined();
    expect(match("/v1/x", row("a", "/v1/{}"), row("b", "/v1/{}"))).toBeDefined();
  });
});
