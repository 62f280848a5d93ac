import { describe, expect, test } from "vitest";
import { effectOf } from "../../scripts/facts/google/effects.ts";
import { readApi } from "../../scripts/facts/google/read-package.ts";
import { onlyReads } from "../../scripts/facts/google/scopes.ts";
import { AUTH } from "./google-facts.ts";

describe("reading the package", () => {
  const javascript = `
    /**
     * Shelf API
     *
     */
    class Shelf {
        constructor(options, google) {
            this.books =
                new Resource$Books(this.context);
        }
    }
    class Resource$Books {
        constructor(context) {
            this.context = context;
        }
        lend(paramsOrCallback, optionsOrCallback, callback) {
            const rootUrl = options.rootUrl || 'https://shelf.googleapis.com/';
            const parameters = {
                options: Object.assign({
                    url: (rootUrl + '/v1/{+name}:lend').replace(/([^:]\\/)\\/+/g, '$1'),
                    method: 'POST',
                }, options),
            };
        }
    }`;
  const declarations = `
    export class Resource$Books {
        /**
         * Lends a book.
         * @example
         *     scopes: [
         *       'https://www.googleapis.com/auth/shelf',
         *       'https://www.googleapis.com/auth/shelf.lending',
         *     ],
         *   const res = await shelf.books.lend({
         *     name: 'shelves/my-shelf/books/my-book',
         *   });
         */
        lend(params: Params$Resource$Books$Lend, options: StreamMethodOptions): Promise<unknown>;
    }`;

  test("name, request and scopes of a method; the parts of a resource name from its example", () => {
    expect(readApi("shelf/v1", javascript, declarations)).toEqual({
      title: "Shelf API",
      methods: [
        {
          name: "books.lend",
          verb: "POST",
          host: "shelf.googleapis.com",
          path: "/v1/shelves/{}/books/{}:lend",
          scopes: [`${AUTH}shelf`, `${AUTH}shelf.lending`],
          description: "Lends a book.",
        },
      ],
    });
  });

  test("a list without scopes states nothing", () => {
    const [method] = readApi("shelf/v1", javascript, declarations.replace(/\[[^\]]*\]/, "[]")).methods;
    expect(method).not.toHaveProperty("scopes");
  });

  test("a method of another shape stops the generator instead of getting lost", () => {
    expect(() => readApi("shelf/v1", javascript.replace("paramsOrCallback, ", ""), declarations)).toThrow(
      "shelf/v1: read 0 of 1 methods",
    );
    expect(() => readApi("shelf/v1", javascript.replace("rootUrl + '/v1", "base + '/v1"), declarations)).toThrow(
      "shelf/v1: books.lend: no request found",
    );
  });
});

describe("deriving an effect", () => {
  const effect = (verb: string, name: string, ...scopes: string[]) =>
    effectOf("shelf.v1", { name, verb, scopes: scopes.map((scope) => AUTH + scope) }, onlyReads);

  test("the verb speaks for itself, but for POST", () => {
    expect(effect("GET", "books.delete")).toBe("read");
    expect(effect("PUT", "books.get")).toBe("update");
    expect(effect("DELETE", "books.list")).toBe("delete");
  });

  test("for a POST the leading word of the name comes first", () => {
    expect(effect("POST", "books.batchGetByShelf", "shelf")).toBe("read");
    expect(effect("POST", "books.create", "shelf.readonly")).toBe("create");
    expect(effect("POST", "notes.send", "shelf")).toBe("send");
    expect(effect("POST", "books.setIamPolicy", "shelf")).toBe("administer");
  });

  test("then whether a scope that only reads will do", () => {
    expect(effect("POST", "books.summarise", "shelf", "shelf.readonly")).toBe("read");
    expect(effect("POST", "books.summarise", "shelf")).toBe("update");
  });
});
