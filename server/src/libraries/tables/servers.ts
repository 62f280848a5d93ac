import type { ClientModel, Library, StoreModel, Way } from "../model.ts";
import { ENDING, LISTENING, emitting, library, passing } from "./library.ts";

/** An application of Express, and what gives routers. */
const EXPRESS_APP: Way = "express#default()";
const EXPRESS: readonly Way[] = [EXPRESS_APP, "express#Router()"];
const KOA_ROUTER: readonly Way[] = ["@koa/router#default.new()", "@koa/router#Router.new()"];
const FASTIFY: readonly Way[] = ["fastify#default()", "fastify#fastify()"];

/**
 * Servers of HTTP: what they pass to handlers is the same request or context for all of them, and what one puts there
 * another finds.
 */
export const SERVERS: readonly Library[] = [
  library("@koa/router", "15.7.0", "dist/index.d.ts", {
    clients: KOA_ROUTER.flatMap((router) => [
      { way: `${router}.param(1→1)`, is: "koa#Context.new()" },
      { way: `${router}.*(*→0)`, is: "koa#Context.new()" },
    ]),
    harmless: KOA_ROUTER.map((router) => `${router}.*`),
  }),
  library(
    "express",
    "5.3.0",
    "@types/express-serve-static-core@5.1.3: index.d.ts; lib/application.js; @types/node@20.19.43: events.d.ts",
    {
      clients: EXPRESS.flatMap((app) => [
        ...handling(app, "express#Request.new()", "express#Response.new()"),
        ...["Request", "Response"].map((name) => ({ way: `express#${name}.new().app`, is: EXPRESS_APP })),
        { way: "express#Request.new().res", is: "express#Response.new()" },
        { way: "express#Response.new().req", is: "express#Request.new()" },
      ]),
      stores: [
        { call: `${EXPRESS_APP}.set`, keeps: 1, under: 0, in: `${EXPRESS_APP}.settings`, returns: "this" },
        // With a path and handlers it makes a route.
        { call: `${EXPRESS_APP}.get`, returns: "kept", under: 0, in: `${EXPRESS_APP}.settings` },
        ...emitting(EXPRESS_APP, LISTENING, ENDING),
      ],
      harmless: [...EXPRESS, "express#Request.new()", "express#Response.new()"].map((way) => `${way}.*`),
    },
  ),
  library("fastify", "5.12.8", "types/instance.d.ts, types/request.d.ts, types/reply.d.ts, types/register.d.ts", {
    clients: FASTIFY.flatMap((app) => [
      { way: `${app}.setErrorHandler(0→1)`, is: "fastify#FastifyRequest.new()" },
      { way: `${app}.setErrorHandler(0→2)`, is: "fastify#FastifyReply.new()" },
      ...handling(app, "fastify#FastifyRequest.new()", "fastify#FastifyReply.new()"),
      { way: "fastify#FastifyRequest.new().server", is: "fastify#default()" },
      { way: "fastify#FastifyReply.new().request", is: "fastify#FastifyRequest.new()" },
    ]),
    wrappers: FASTIFY.map((app) => ({
      call: `${app}.register`,
      calls: 0,
      with: ["fastify#default()", 1],
      returns: "this",
    })),
    stores: FASTIFY.flatMap((app) => [
      decorating(`${app}.decorate`, "fastify#default()"),
      decorating(`${app}.decorateRequest`, "fastify#FastifyRequest.new()"),
      decorating(`${app}.decorateReply`, "fastify#FastifyReply.new()"),
    ]),
    harmless: [...FASTIFY, "fastify#FastifyRequest.new()", "fastify#FastifyReply.new()"].map((way) => `${way}.*`),
  }),
  library(
    "hono",
    "4.13.19",
    "dist/types/context.d.ts, dist/types/hono-base.d.ts, dist/types/helper/factory/index.d.ts",
    {
      clients: [
        { way: "hono#Hono.new().onError(0→1)", is: "hono#Context.new()" },
        { way: "hono#Hono.new().*(*→0)", is: "hono#Context.new()" },
        { way: "hono/factory#createMiddleware(0→0)", is: "hono#Context.new()" },
      ],
      wrappers: [passing("hono/factory#createMiddleware")],
      stores: [
        { call: "hono#Context.new().set", keeps: 1, under: 0, in: "hono#Context.new().var" },
        { call: "hono#Context.new().get", returns: "kept", under: 0, in: "hono#Context.new().var" },
      ],
      harmless: ["hono#Hono.new().*", "hono#Context.new().*"],
    },
  ),
  library("koa", "3.3.0", "@types/koa@3.0.3: index.d.ts; @types/node@20.19.43: events.d.ts", {
    clients: [
      { way: "koa#default.new().on(1→1)", is: "koa#Context.new()" },
      { way: "koa#default.new().*(*→0)", is: "koa#Context.new()" },
      { way: "koa#default.new().context", is: "koa#Context.new()" },
      { way: "koa#Context.new().app", is: "koa#default.new()" },
    ],
    stores: emitting("koa#default.new()", LISTENING, ENDING),
    harmless: ["koa#default.new().*", "koa#Context.new().*"],
  }),
];

/** Handlers get the request first, the response second. */
function handling(app: Way, request: Way, response: Way): ClientModel[] {
  return [
    { way: `${app}.*(*→0)`, is: request },
    { way: `${app}.*(*→1)`, is: response },
  ];
}

/** What becomes a member of every request, reply or instance. */
function decorating(call: Way, of: Way): StoreModel {
  return { call, keeps: 1, under: 0, in: of, returns: "this" };
}
