import type { ExternalCall } from "../../trace/external-call.ts";
import type { Reading } from "../../trace/reading.ts";
import { constantText, HOLE, joinPieces } from "../../trace/texts.ts";
import { isAbsolute } from "../../trace/url-texts.ts";
import { externalChain } from "../../trace/values.ts";
import type { Pieces } from "./addresses.ts";
import { addressTexts } from "./addresses.ts";
import type { Outgoing } from "./outgoing.ts";

const VERBS: Readonly<Record<string, string>> = {
  get: "GET",
  head: "HEAD",
  opts: "OPTIONS",
  post: "POST",
  put: "PUT",
  patch: "PATCH",
  delete: "DELETE",
};

/** `wretch("https://api.example.com").url("/items").auth(token).post(body)`: each step of the chain adds to the request. */
export function sentByWretch(call: ExternalCall, reading: Reading): Outgoing | undefined {
  if (call.callee.package !== "wretch") return undefined;
  const chain = externalChain(call.callee);
  const name = call.callee.step?.kind === "member" ? call.callee.step.name : "";
  const steps = stepsOf(chain);
  if ((!Object.hasOwn(VERBS, name) && name !== "fetch") || steps.length === 0) return undefined;
  let addresses: Pieces[] = [[]];
  for (const { name: step, call: made } of steps) {
    if (step === "wretch" || step === "url")
      addresses = extended(addresses, addressTexts(made?.argument(0) ?? [], reading));
  }
  const [first, second] = [call.argument(0), call.argument(1)];
  const isFetch = name === "fetch";
  const hasBody = ["post", "put", "patch"].includes(name);
  if (isFetch) addresses = extended(addresses, addressTexts(second, reading));
  else addresses = extended(addresses, addressTexts(hasBody ? second : first, reading));
  return {
    verbs: [isFetch ? (reading.constants(first).map((text) => text.toUpperCase())[0] ?? "GET") : VERBS[name]!],
    addresses,
    body: hasBody ? first : [],
    options: steps.filter((step) => step.name === "options").map((step) => step.call?.argument(0) ?? []),
    amended: steps.some((step) => ["auth", "headers", "middlewares", "addon"].includes(step.name)),
  };
}

interface ChainStep {
  readonly name: string;
  readonly call: ExternalCall | null;
}

function stepsOf(chain: ReturnType<typeof externalChain>): ChainStep[] {
  return chain.flatMap((link, at): ChainStep[] => {
    if (link.step?.kind !== "call") return [];
    const of = chain[at - 1]!.step;
    return [{ name: of?.kind === "member" && at > 2 ? of.name : "wretch", call: link.step.call }];
  });
}

/** An address that is no relative one takes the place of what was before. */
function extended(addresses: readonly Pieces[], more: readonly Pieces[]): Pieces[] {
  if (more.every((piece) => constantText(piece) === "")) return [...addresses];
  if (addresses.length * more.length > 32) return [[HOLE]];
  return addresses.flatMap((address) => more.map((piece) => (isAbsolute(piece) ? piece : joinPieces(address, piece))));
}
