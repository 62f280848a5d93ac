import type { FunctionModel, Library, Way } from "../model.ts";
import { calling, library, passing } from "./library.ts";

/** Where an Octokit with pagination comes from. */
const OCTOKITS: readonly Way[] = [
  "@octokit/rest#Octokit.new()",
  "octokit#Octokit.new()",
  "@actions/github#getOctokit()",
  "probot#*.octokit",
];

/** Helpers of SDKs and of servers, and telemetry: what they do on one's behalf. */
export const HELPERS: readonly Library[] = [
  library("@middy/core", "6.4.5", "index.d.ts", { wrappers: [passing("@middy/core#default")] }),
  library("@octokit/plugin-paginate-rest", "16.0.0", "dist-src/paginate.js, dist-src/iterator.js", {
    wrappers: OCTOKITS.flatMap(paginating),
  }),
  library(
    "@opentelemetry/api",
    "1.10.0",
    "dist/api/trace.d.cts, dist/trace/tracer_provider.d.cts, dist/trace/tracer.d.cts, dist/api/context.d.cts",
    {
      wrappers: [
        calling("@opentelemetry/api#trace.getTracer().startActiveSpan", "1..."),
        { call: "@opentelemetry/api#context.with", calls: 1, with: ["3..."], returns: "result" },
      ],
      harmless: ["@opentelemetry/api#*"],
    },
  ),
  library("@sentry/node", "11.12.0", "build/types/index.d.ts; @sentry/core@11.12.0: build/types/tracing/trace.d.ts", {
    wrappers: [calling("@sentry/node#startSpan", 1), calling("@sentry/node#startSpanManual", 1)],
    harmless: ["@sentry/node#captureException", "@sentry/node#captureMessage", "@sentry/node#setContext"],
  }),
  library("express-async-handler", "1.2.0", "index.d.ts", { wrappers: [passing("express-async-handler#default")] }),
];

/** `octokit.paginate(octokit.rest.issues.list, parameters, map?)` requests page after page, and gives their items in one list. */
function paginating(octokit: Way): FunctionModel[] {
  return [
    { call: `${octokit}.paginate`, calls: 0, with: [1], returns: "result.data" },
    { call: `${octokit}.paginate.iterator`, calls: 0, with: [1], returns: ["result"] },
  ];
}
