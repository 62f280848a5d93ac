import { expect, test } from "vitest";
import { classify } from "../../scripts/facts/typed/classify.ts";
import { readTypings } from "../../scripts/facts/typed/read-typings.ts";

/* Type declarations as a graph: which type a member, a call or a callback gives. */

const DECLARATIONS = `
  export interface Page { keyboard: Keyboard; goto(url: string): Promise<null | Response>; frames(): Array<Frame>;
    route(url: string, handler: (route: Route, request: Request) => void): Promise<void>; close: () => Promise<void>; readonly version: string }
  export interface Frame extends Base { page(): Page }
  interface Base { parent(): this }
  export class Browser { private secret(): Page; newPage(options?: {}): Promise<Page>; get pages(): Page[] }
  export interface Keyboard { press(key: string): Promise<void> }
  export interface Route { fulfil(): void }
  export interface Request {} export interface Response { text(): Promise<string> }
  type Launcher = { unrelated: true } & Browser;
  export declare const launcher: Launcher;
  declare namespace inner { interface Page { extra(): Frame } }
`;

test("members, results, lists, promises, unions, callbacks, bases, namespaces", () => {
  const { exports, types } = readTypings([DECLARATIONS]);
  expect(Object.fromEntries(exports)).toEqual({ Browser: "Browser", launcher: "Browser" });
  const page = types.get("Page")!;
  expect([...page.methods]).toEqual(["goto", "frames", "route", "close", "extra"]);
  expect(Object.fromEntries(page.leads)).toEqual({
    keyboard: "Keyboard",
    "goto()": "Response",
    "frames()": "Frame",
    "route(1→0)": "Route",
    "route(1→1)": "Request",
    "extra()": "Frame",
  });
  expect(types.get("Frame")!.bases).toEqual(["Base"]);
  expect([...types.get("Browser")!.methods]).toEqual(["newPage"]);
});

const SOURCE = { name: "x", version: "1", date: "2026-11-22", licence: "MIT" };

test("every method that can be reached is classified, or it is an error", () => {
  const rules = [{ methods: /\.(?:goto|press)$/, effect: "update", because: "acts" } as const];
  expect(() => classify(readTypings([DECLARATIONS]), { launcher: "Browser" }, [], rules, SOURCE)).toThrow(
    "no rule for Base.parent Browser.newPage Frame.page Page.close Page.extra Page.frames Page.route Response.text Route.fulfil",
  );
  const all = [...rules, { methods: /./, effect: null, because: "nothing" }];
  const { rows, types } = classify(readTypings([DECLARATIONS]), { launcher: "Browser" }, [], all, SOURCE);
  expect(rows.map(({ name }) => name)).toEqual(["Keyboard.press", "Page.goto"]);
  expect(types.types["Browser"]).toEqual({ leads: { "newPage()": "Page", pages: "Page" }, harmless: "newPage" });
});
