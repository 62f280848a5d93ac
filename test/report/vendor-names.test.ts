import { expect, it } from "vitest";
import { asGranted } from "../../server/src/model/vendor-names.ts";

it("writes what GitHub grants as its manifests do, and every other name as it is", () => {
  expect(asGranted("github", "pull_requests:write")).toBe("pull_requests: write");
  expect(asGranted("github", "read:org")).toBe("read:org");
  expect(asGranted("slack", "chat:write")).toBe("chat:write");
});
