import { describe, expect, it } from "vitest";
import { Service } from "../../server/src/service/service.ts";
import { filesOf } from "./registry-package.ts";
import type { RegistryPackage } from "./registry-package.ts";
import { whatIsSaid } from "./what-is-said.ts";
import type { WhatIsSaid } from "./what-is-said.ts";

/**
 * Published MCP servers as npm delivers them: compiled, without their sources. Somebody read each to its last line and
 * wrote down what there is to say; nothing may be missing and nothing may be added.
 */
async function said(wanted: RegistryPackage): Promise<WhatIsSaid> {
  const service = await Service.create({ root: "/", files: filesOf(wanted) });
  return whatIsSaid(await service.analyse());
}

/** Low-level handlers joined by name through a switch, helpers in two other files that are handed the client. */
describe("@gongrzhe/server-gmail-autoauth-mcp", () => {
  const gmail: RegistryPackage = {
    name: "@gongrzhe/server-gmail-autoauth-mcp",
    version: "1.1.11",
    integrity: "sha512-IP9nbCmJZ5h8wrtld0LBpJCV7coyfeOrhsNdPhIbkFzKBmgf06Gy4bnsr3zVOi8Leey0az3s4UPIdcQmIb/iJw==",
  };

  it("deletes messages for good, which neither of its two scopes allows", async () => {
    const { findings, grants } = await said(gmail);
    const message =
      "error, certain missing-permission: messages.delete needs mail.google.com, which gmail.modify and gmail.settings.basic do not cover. " +
      "[widens: Request mail.google.com instead of gmail.modify (more power)]";
    expect(findings).toEqual([`dist/index.js:622 ${message}`, `dist/index.js:702 ${message}`]);
    expect(grants).toEqual([
      "dist/index.js:102 gmail.modify by generateAuthUrl",
      "dist/index.js:103 gmail.settings.basic by generateAuthUrl",
    ]);
  });

  it("has nineteen tools, each with its calls", async () => {
    const { tools, outsideTools, blindSpots, asides } = await said(gmail);
    // One case serves send_email and draft_email; what it does hangs on `name === "send_email" ? "send" : "draft"`.
    expect(tools).toEqual({
      send_email: [
        "dist/index.js:377 gmail.users.messages.send (send)",
        "dist/index.js:434 gmail.users.messages.send (send)",
        "dist/utl.js:103 fs.existsSync (read)",
      ],
      draft_email: [
        "dist/index.js:403 gmail.users.drafts.create (create)",
        "dist/index.js:448 gmail.users.drafts.create (create)",
        "dist/utl.js:103 fs.existsSync (read)",
      ],
      read_email: ["dist/index.js:509 gmail.users.messages.get (read)"],
      search_emails: [
        "dist/index.js:562 gmail.users.messages.list (read)",
        "dist/index.js:569 gmail.users.messages.get (read)",
      ],
      modify_email: ["dist/index.js:606 gmail.users.messages.modify (update)"],
      delete_email: ["dist/index.js:622 gmail.users.messages.delete (delete)"],
      list_email_labels: ["dist/label-manager.js:99 gmail.users.labels.list (read)"],
      batch_modify_emails: ["dist/index.js:667 gmail.users.messages.modify (update)"],
      batch_delete_emails: ["dist/index.js:702 gmail.users.messages.delete (delete)"],
      create_label: ["dist/label-manager.js:17 gmail.users.labels.create (create)"],
      update_label: [
        "dist/label-manager.js:45 gmail.users.labels.get (read)",
        "dist/label-manager.js:49 gmail.users.labels.update (update)",
      ],
      delete_label: [
        "dist/label-manager.js:72 gmail.users.labels.get (read)",
        "dist/label-manager.js:79 gmail.users.labels.delete (delete)",
      ],
      get_or_create_label: [
        "dist/label-manager.js:17 gmail.users.labels.create (create)",
        "dist/label-manager.js:99 gmail.users.labels.list (read)",
      ],
      create_filter: ["dist/filter-manager.js:18 gmail.users.settings.filters.create (create)"],
      list_filters: ["dist/filter-manager.js:38 gmail.users.settings.filters.list (read)"],
      get_filter: ["dist/filter-manager.js:59 gmail.users.settings.filters.get (read)"],
      delete_filter: ["dist/filter-manager.js:80 gmail.users.settings.filters.delete (delete)"],
      create_filter_from_template: ["dist/filter-manager.js:18 gmail.users.settings.filters.create (create)"],
      download_attachment: [
        "dist/index.js:932 gmail.users.messages.attachments.get (read)",
        "dist/index.js:948 gmail.users.messages.get (read)",
        "dist/index.js:970 fs.existsSync (read)",
        "dist/index.js:971 fs.mkdirSync (create)",
        "dist/index.js:975 fs.writeFileSync (update)",
      ],
    });
    expect({ outsideTools, blindSpots, asides }).toEqual({
      outsideTools: [
        "dist/index.js:60 fs.existsSync (read)",
        "dist/index.js:61 fs.mkdirSync (create)",
        "dist/index.js:66 fs.existsSync (read)",
        "dist/index.js:68 fs.copyFileSync (create)",
        "dist/index.js:71 fs.existsSync (read)",
        "dist/index.js:75 fs.readFileSync (read)",
        "dist/index.js:85 fs.existsSync (read)",
        "dist/index.js:86 fs.readFileSync (read)",
        "dist/index.js:107 open.open (execute)",
        "dist/index.js:122 fs.writeFileSync (update)",
      ],
      blindSpots: [],
      asides: [],
    });
  });
});

/** CommonJS with esModuleInterop; an Express server, "MCP" only by name: singletons, a scope list in a module of settings. */
describe("google-calendar-mcp", () => {
  const calendar: RegistryPackage = {
    name: "google-calendar-mcp",
    version: "1.0.9",
    integrity: "sha512-jaZre89TNHh3lVnx8qI3a/JeNXUAeGS+pgxidJPCeVdUpgKPjdW/PTAA12q+KipM7H0se9UO3wOtyBKInSH1Iw==",
  };

  it("asks for whole calendars, where events and the list of calendars would do", async () => {
    const { findings, grants } = await said(calendar);
    expect(grants).toEqual([
      "dist/config/environment.js:34 calendar by generateAuthUrl",
      "dist/config/environment.js:35 calendar.events by generateAuthUrl",
    ]);
    expect(findings).toEqual([
      "dist/config/environment.js:34 warning, certain broad-permission: No call needs all of calendar: " +
        "calendar.calendarlist.readonly and calendar.events cover all 6 Calendar calls. " +
        "It can see, edit, share, and permanently delete all the calendars the user can access using Google Calendar. " +
        "[narrows, safe: Request calendar.calendarlist.readonly instead of calendar (all 6 calls stay covered)]",
    ]);
  });

  it("has no tools a model could call, and ten calls behind its routes", async () => {
    const { tools, outsideTools, blindSpots, asides } = await said(calendar);
    expect(tools).toEqual({});
    expect(outsideTools).toEqual([
      "dist/services/auth/directAuthService.js:56 fs.promises.writeFile (update)",
      "dist/services/auth/directAuthService.js:66 fs.promises.readFile (read)",
      "dist/services/googleCalendarService.js:49 fs.promises.writeFile (update)",
      "dist/services/googleCalendarService.js:59 fs.promises.readFile (read)",
      "dist/services/googleCalendarService.js:76 calendar.calendarList.list (read)",
      "dist/services/googleCalendarService.js:88 calendar.events.list (read)",
      "dist/services/googleCalendarService.js:110 calendar.events.get (read)",
      "dist/services/googleCalendarService.js:123 calendar.events.insert (create)",
      "dist/services/googleCalendarService.js:146 calendar.events.update (update)",
      "dist/services/googleCalendarService.js:170 calendar.events.delete (delete)",
    ]);
    expect({ blindSpots, asides }).toEqual({ blindSpots: [], asides: [] });
  });
});

/** One file; the client has no credential of its own, `google.options({ auth })` gives it one; signing in is a mode of the same program. */
describe("@modelcontextprotocol/server-gdrive", () => {
  const drive: RegistryPackage = {
    name: "@modelcontextprotocol/server-gdrive",
    version: "2025.1.14",
    integrity: "sha512-MWrvgaHARzAsFEYpzOrG/ewYoWrDSvF1ybmW56cMIrnVQekTP0iGWKC/aEXVcc+V5hAmMGm7iABSJFNrBX9a0A==",
  };

  it("asks for exactly what it needs: export and download take drive.readonly", async () => {
    expect(await said(drive)).toEqual({
      tools: { search: ["dist/index.js:127 drive.files.list (read)"] },
      // Resources: the host reads them, no model calls them.
      outsideTools: [
        "dist/index.js:28 drive.files.list (read)",
        "dist/index.js:42 drive.files.get (read)",
        "dist/index.js:65 drive.files.export (read)",
        "dist/index.js:77 drive.files.get (read)",
        "dist/index.js:154 fs.writeFileSync (update)",
        "dist/index.js:158 fs.existsSync (read)",
        "dist/index.js:162 fs.readFileSync (read)",
      ],
      grants: ["dist/index.js:152 drive.readonly by authenticate"],
      blindSpots: [],
      findings: [],
      asides: [],
    });
  });
});
