import { Service } from "../../server/src/service/service.ts";
import type { Analyse } from "./verify.ts";

/** The real engine over a workspace in memory. */
export const runCase: Analyse = async (files, options = {}) => {
  const service = await Service.create({ root: "/", files, ...options });
  return service.analyse();
};
