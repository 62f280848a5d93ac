import { expect, it } from "vitest";
import { Service } from "../../server/src/service/service.ts";
import { CASES, coldReport, reportOf } from "./cases.ts";
import { Typist } from "./edits.ts";
import { Random } from "./random.ts";

const SESSIONS = 20;
const EDITS = 15;

/**
 * An editor keeps one service for days. After each of 300 edits it must say, byte for byte, what a run says that has just
 * been started. The seed and the edits name a failure.
 */
it.each(Array.from({ length: SESSIONS }, (_, seed) => seed))(
  "session %i: after every edit the same as a cold run",
  async (seed) => {
    const random = new Random(seed);
    const { name, files } = random.of(CASES);
    const service = await Service.create({ root: "/", files });
    const typist = new Typist(files, service.workspace, random);
    const edits: string[] = [];
    for (let count = 0; count < EDITS; count++) {
      edits.push(typist.edit());
      const report = await reportOf(service);
      expect(report, `${name}\n${edits.join("\n")}`).toBe(await coldReport(typist.files));
    }
  },
);
