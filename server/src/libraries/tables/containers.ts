import type { Library, StoreModel, Way } from "../model.ts";
import { library } from "./library.ts";

/**
 * Containers that make what classes ask for. All containers of a library are taken for one; a class that is asked for and
 * that nobody registered is made, with what its own constructor asks for.
 */
export const CONTAINERS: readonly Library[] = [
  library(
    "@nestjs/common",
    "12.5.1",
    "decorators/core/inject.decorator.d.ts, decorators/modules/module.decorator.d.ts, interfaces/modules/provider.interface.d.ts",
    {
      stores: [
        injecting("@nestjs/common#Inject", "@nestjs/core#container"),
        {
          call: "@nestjs/common#Module",
          each: "0.providers[]",
          calls: "each.useFactory",
          keeps: "each.useValue or new each.useClass or result",
          under: "each.provide",
          in: "@nestjs/core#container",
        },
      ],
    },
  ),
  library("@nestjs/core", "12.5.1", "nest-factory.d.ts, nest-application-context.d.ts, injector/module-ref.d.ts", {
    stores: [
      "NestFactory.create()",
      "NestFactory.createApplicationContext()",
      "NestFactory.createMicroservice()",
      "ModuleRef.new()",
    ].flatMap((receiver) => getting(`@nestjs/core#${receiver}`, ["get", "resolve"], "@nestjs/core#container")),
  }),
  library(
    "inversify",
    "8.2.3",
    "@inversifyjs/container@3.1.3: lib/container/services/Container.d.ts, lib/binding/models/BindingFluentSyntax.d.ts; @inversifyjs/core@15.0.1: lib/metadata/decorators/inject.d.ts",
    {
      stores: [
        injecting("inversify#inject", "inversify#container"),
        // Named like a method of functions; what it gives says what is bound.
        { call: "inversify#Container.new().bind" },
        ...getting("inversify#Container.new()", ["get", "getAsync"], "inversify#container"),
        binding("toConstantValue", { keeps: 0 }),
        binding("to", { keeps: "new 0" }),
        binding("toDynamicValue", { calls: 0, keeps: "result" }),
        binding("toResolvedValue", { calls: 0, keeps: "result" }),
      ],
    },
  ),
  library(
    "tsyringe",
    "4.10.0",
    "dist/typings/types/dependency-container.d.ts, dist/typings/dependency-container.d.ts, dist/typings/decorators/inject.d.ts",
    {
      clients: [{ way: "tsyringe#container.createChildContainer()", is: "tsyringe#container" }],
      stores: [
        injecting("tsyringe#inject", "tsyringe#container.kept"),
        {
          call: "tsyringe#container.register",
          calls: "1.useFactory",
          with: ["tsyringe#container"],
          keeps: "1.useValue or new 1.useClass or new 1 or result",
          under: 0,
          in: "tsyringe#container.kept",
        },
        { call: "tsyringe#container.registerInstance", keeps: 1, under: 0, in: "tsyringe#container.kept" },
        { call: "tsyringe#container.registerSingleton", keeps: "new 1", under: 0, in: "tsyringe#container.kept" },
        { call: "tsyringe#container.registerType", keeps: "new 1", under: 0, in: "tsyringe#container.kept" },
        ...getting("tsyringe#container", ["resolve"], "tsyringe#container.kept"),
      ],
    },
  ),
  library("typedi", "0.10.0", "types/container.class.d.ts, types/decorators/inject.decorator.d.ts", {
    stores: [
      injecting("typedi#Inject", "typedi#container"),
      ...["default", "Container"].flatMap((name): StoreModel[] => [
        { call: `typedi#${name}.set`, keeps: 1, under: 0, in: "typedi#container" },
        ...getting(`typedi#${name}`, ["get"], "typedi#container"),
      ]),
    ],
  }),
];

/** A decorator that names what a parameter or field is given. */
function injecting(decorator: Way, place: Way): StoreModel {
  return { call: `${decorator}()`, returns: "kept or new 0", under: 0, in: place };
}

function getting(receiver: Way, names: readonly string[], place: Way): StoreModel[] {
  return names.map((name) => ({ call: `${receiver}.${name}`, returns: "kept or new 0", under: 0, in: place }));
}

/** Inversify's `bind(token).to(…)`. */
function binding(name: string, says: Pick<StoreModel, "calls" | "keeps">): StoreModel {
  return { call: `inversify#Container.new().bind().${name}`, ...says, under: "of.0", in: "inversify#container" };
}
