import type { ExternalCall } from "../../trace/external-call.ts";
import type { Reading } from "../../trace/reading.ts";
import { constantText } from "../../trace/texts.ts";
import type { ExternalValue, ValueSet } from "../../trace/values.ts";
import { NOTHING, externalChain } from "../../trace/values.ts";
import { addressTexts, joinedAddresses } from "./addresses.ts";
import { namedArguments } from "../arguments.ts";
import type { Outgoing } from "./outgoing.ts";

/**
 * HTTP clients of Python: `requests`, `httpx`, `aiohttp`, `urllib3` and the standard library. What they take has names:
 * `requests.post(url, json=…, headers=…)`.
 */

export const PYTHON_HTTP_PACKAGES = ["requests", "httpx", "aiohttp", "urllib3", "urllib"];

const VERBS = "get|post|put|patch|delete|head|options";

interface Form {
  readonly path: RegExp;
  /** Positions of verb and address where they are not named; no verb: the method's own name says it. */
  readonly verb?: number;
  readonly address: number;
  /** The verb where neither the name nor an argument says it. */
  readonly fixed?: string;
}

const FORMS: readonly Form[] = [
  { path: new RegExp(`^python:(?:requests|httpx)#(${VERBS})$`), address: 0 },
  { path: /^python:(?:requests|httpx)#(?:request|stream)$/, verb: 0, address: 1 },
  { path: new RegExp(`^python:requests#(?:sessions\\.)?[sS]ession\\(\\)\\.(${VERBS})$`), address: 0 },
  { path: /^python:requests#(?:sessions\.)?[sS]ession\(\)\.request$/, verb: 0, address: 1 },
  { path: new RegExp(`^python:httpx#(?:Async)?Client\\(\\)\\.(${VERBS})$`), address: 0 },
  { path: /^python:httpx#(?:Async)?Client\(\)\.(?:request|stream|build_request)$/, verb: 0, address: 1 },
  { path: new RegExp(`^python:aiohttp#(?:client\\.)?ClientSession\\(\\)\\.(${VERBS})$`), address: 0 },
  { path: /^python:aiohttp#(?:client\.)?(?:ClientSession\(\)\.)?_?request$/, verb: 0, address: 1 },
  { path: /^python:urllib3#(?:PoolManager\(\)\.)?request(?:_encode_\w+)?$/, verb: 0, address: 1 },
  { path: /^python:urllib#request\.urlopen$/, address: 0, fixed: "GET" },
  { path: /^python:urllib#request\.urlretrieve$/, address: 0, fixed: "GET" },
];

export function sentByPython(call: ExternalCall, reading: Reading): Outgoing | undefined {
  const { path } = call.callee;
  if (!path.startsWith("python:")) return undefined;
  const form = FORMS.find((one) => one.path.test(path));
  if (!form) return undefined;
  const named = (name: string): ValueSet => call.named.get(name) ?? NOTHING;
  const request = requestObject(call, form);
  const address = request?.argument(0) ?? (named("url").length > 0 ? named("url") : call.argument(form.address));
  const made = clientOptions(call.callee);
  const base =
    made?.named.get("base_url") ?? (path.startsWith("python:aiohttp") ? (made?.argument(0) ?? NOTHING) : NOTHING);
  const options = [
    namedArguments(call, reading),
    ...(request ? [namedArguments(request, reading)] : []),
    ...(made ? [namedArguments(made, reading)] : []),
  ];
  return {
    verbs: verbsOf(call, form, request, reading),
    addresses: joinedAddresses(addressTexts(base, reading), addressTexts(address, reading)),
    body: [...named("json"), ...named("data"), ...named("content")],
    options,
    amended: false,
  };
}

/** `urlopen(Request(url, method=…))`. */
function requestObject(call: ExternalCall, form: Form): ExternalCall | undefined {
  if (form.fixed === undefined) return undefined;
  const given = call.argument(0).find((value): value is ExternalValue => value.kind === "external");
  return given?.path === "python:urllib#request.Request()" && given.step?.kind === "call"
    ? (given.step.call ?? undefined)
    : undefined;
}

/** What the client was made with: `httpx.Client(base_url=…, headers=…)`. */
function clientOptions(callee: ExternalValue): ExternalCall | undefined {
  const step = externalChain(callee).find((at) => at.step?.kind === "call")?.step;
  return step?.kind === "call" ? (step.call ?? undefined) : undefined;
}

function verbsOf(
  call: ExternalCall,
  form: Form,
  request: ExternalCall | undefined,
  reading: Reading,
): Outgoing["verbs"] {
  const own = form.path.exec(call.callee.path)?.[1];
  if (own !== undefined) return [own.toUpperCase()];
  const given =
    form.verb === undefined
      ? (request?.named.get("method") ?? NOTHING)
      : (call.named.get("method") ?? call.argument(form.verb));
  if (given.length === 0) return [hasData(call, request) ? "POST" : (form.fixed ?? undefined)];
  const verbs = reading.texts(given).map((text) => constantText(text.pieces)?.toUpperCase());
  return verbs.length === 0 ? [undefined] : [...new Set(verbs)];
}

/** `urlopen(url, data)` posts. */
function hasData(call: ExternalCall, request: ExternalCall | undefined): boolean {
  const given = [call.named.get("data"), call.argument(1), request?.named.get("data"), request?.argument(1)];
  return given.some((values) => values?.some((value) => !(value.kind === "literal" && value.value === null)));
}
