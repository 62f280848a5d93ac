import type { ClientModel, Library, Way } from "../model.ts";
import { library } from "./library.ts";

/**
 * Servers of HTTP: what they pass to handlers is the same request or context for all of them, and what one puts there
 * another finds.
 */
export const SERVERS: readonly Library[] = [
  library("express", "5.3.0", "@types/express-serve-static-core: index.d.ts", {
    clients: ["express#default()", "express#Router()"].flatMap((app) => [
      ...passing(app, "express#Request.new()", "express#Response.new()"),
      ...["Request", "Response"].map((name) => ({ way: `express#${name}.new().app`, is: "express#default()" })),
      { way: "express#Request.new().res", is: "express#Response.new()" },
      { way: "express#Response.new().req", is: "express#Request.new()" },
    ]),
    harmless: ["express#default().*", "express#Router().*", "express#Request.new().*", "express#Response.new().*"],
  }),
  library("fastify", "5.12.8", "types/instance.d.ts, types/request.d.ts", {
    clients: ["fastify#default()", "fastify#fastify()"].flatMap((app) => [
      { way: `${app}.register(0→0)`, is: "fastify#default()" },
      ...passing(app, "fastify#Request.new()", "fastify#Reply.new()"),
      { way: "fastify#Request.new().server", is: "fastify#default()" },
      { way: "fastify#Reply.new().request", is: "fastify#Request.new()" },
    ]),
    stores: ["fastify#default()", "fastify#fastify()"].flatMap((app) => [
      { call: `${app}.decorate`, keeps: 1, under: 0, in: "fastify#default()" },
      { call: `${app}.decorateRequest`, keeps: 1, under: 0, in: "fastify#Request.new()" },
    ]),
    harmless: ["fastify#default().*", "fastify#fastify().*", "fastify#Request.new().*", "fastify#Reply.new().*"],
  }),
  library("hono", "4.13.19", "dist/types/context.d.ts", {
    clients: [{ way: "hono#Hono.new().*(*→0)", is: "hono#Context.new()" }],
    stores: [
      { call: "hono#Context.new().set", keeps: 1, under: 0, in: "hono#Context.new().var" },
      { call: "hono#Context.new().get", returns: "kept", under: 0, in: "hono#Context.new().var" },
    ],
    harmless: ["hono#Hono.new().*", "hono#Context.new().*"],
  }),
  library("koa", "3.3.0", "@types/koa: index.d.ts", {
    clients: [
      { way: "koa#default.new().*(*→0)", is: "koa#Context.new()" },
      { way: "koa#default.new().context", is: "koa#Context.new()" },
      { way: "koa#Context.new().app", is: "koa#default.new()" },
    ],
    harmless: ["koa#default.new().*", "koa#Context.new().*"],
  }),
];

/** Handlers get the request first, the response second. */
function passing(app: Way, request: Way, response: Way): ClientModel[] {
  return [
    { way: `${app}.*(*→0)`, is: request },
    { way: `${app}.*(*→1)`, is: response },
  ];
}
